"""The training recipe of the built-in encoder `pocket-v1`; see README.md for the commands."""
