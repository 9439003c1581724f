"""The training recipe of the built-in encoder; see README.md for the commands."""
