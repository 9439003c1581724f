"""Encoders: models that turn pictures and words into vectors of one space. An encoder is a folder;
open_clip loads every one of them, with the preprocessing that the folder states."""
