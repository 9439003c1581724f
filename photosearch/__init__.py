"""PhotoSearch: find your own photos by saying what is in them, on your own computer."""

__version__ = "0.1.0"
