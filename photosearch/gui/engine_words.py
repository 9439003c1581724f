"""What the engine says in English, in the language of the window.

Its sentences are known here by what they are made from: names and numbers stand in braces. One that
is not known stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_KNOWN = (
    # why a photo was found
    QT_TRANSLATE_NOOP("engine", "looks like “{what}”"),
    QT_TRANSLATE_NOOP("engine", "looks like {what}"),
    QT_TRANSLATE_NOOP("engine", "fits “{what}”"),
    QT_TRANSLATE_NOOP("engine", "tagged “{what}”"),
    QT_TRANSLATE_NOOP("engine", "file name has “{what}”"),
    # why a file could not be read
    QT_TRANSLATE_NOOP("engine", "the file is empty"),
    QT_TRANSLATE_NOOP("engine", "not a picture in a known format"),
    QT_TRANSLATE_NOOP("engine", "damaged or not supported: {why}"),
    QT_TRANSLATE_NOOP("engine", "decoding it takes more memory than allowed"),
    QT_TRANSLATE_NOOP("engine", "decoding took longer than {n} seconds"),
    QT_TRANSLATE_NOOP("engine", "the decoder crashed on it"),
    QT_TRANSLATE_NOOP("engine", "too large to decode safely ({width} x {height} pixels)"),
    # what is twice: what it is, and why one is kept
    QT_TRANSLATE_NOOP("engine", "the same bytes"),
    QT_TRANSLATE_NOOP("engine", "the same picture"),
    QT_TRANSLATE_NOOP("engine", "turned by a quarter"),
    QT_TRANSLATE_NOOP("engine", "upside down"),
    QT_TRANSLATE_NOOP("engine", "mirrored"),
    QT_TRANSLATE_NOOP("engine", "other brightness or colours"),
    QT_TRANSLATE_NOOP("engine", "without colours"),
    QT_TRANSLATE_NOOP("engine", "with a border or empty corners"),
    QT_TRANSLATE_NOOP("engine", "cropped to {n}%"),
    QT_TRANSLATE_NOOP("engine", "turned by {n}°"),
    QT_TRANSLATE_NOOP("engine", "retouched"),
    QT_TRANSLATE_NOOP("engine", "shot in the same second with the same camera"),
    QT_TRANSLATE_NOOP("engine", "shot {n} s apart with the same camera"),
    QT_TRANSLATE_NOOP("engine", "your favourite"),
    QT_TRANSLATE_NOOP("engine", "you gave it {n} stars"),
    QT_TRANSLATE_NOOP("engine", "not edited"),
    QT_TRANSLATE_NOOP("engine", "the most pixels ({width} × {height})"),
    QT_TRANSLATE_NOOP("engine", "the least compressed"),
    QT_TRANSLATE_NOOP("engine", "says most about when, where and how"),
    QT_TRANSLATE_NOOP("engine", "the format {format}"),
    QT_TRANSLATE_NOOP("engine", "the sharpest"),
    QT_TRANSLATE_NOOP("engine", "its name is not that of a copy"),
    QT_TRANSLATE_NOOP("engine", "the oldest file"),
    QT_TRANSLATE_NOOP("engine", "you want it kept"),
    QT_TRANSLATE_NOOP("engine", "it lies in a protected folder"),
    QT_TRANSLATE_NOOP("engine", "the same bytes; its name is not that of a copy"),
    QT_TRANSLATE_NOOP("engine", "the same bytes; the first of equals"),
    QT_TRANSLATE_NOOP("engine", "the first of equals"),
    # what was taken back
    QT_TRANSLATE_NOOP("engine", "1 photo"),
    QT_TRANSLATE_NOOP("engine", "{n} photos"),
    QT_TRANSLATE_NOOP("engine", "rate {what} {n}"),
    QT_TRANSLATE_NOOP("engine", "favourite {what} --off"),
    QT_TRANSLATE_NOOP("engine", "favourite {what}"),
    QT_TRANSLATE_NOOP("engine", "tag add {what}"),
    QT_TRANSLATE_NOOP("engine", "tag remove {what}"),
    QT_TRANSLATE_NOOP("engine", "teach {what}"),
    QT_TRANSLATE_NOOP("engine", "move copies to the trash"),
    QT_TRANSLATE_NOOP("engine", "put {what} into the album {name}"),
    QT_TRANSLATE_NOOP("engine", "take {what} out of the album {name}"),
    QT_TRANSLATE_NOOP("engine", "remove the album {name}"),
    QT_TRANSLATE_NOOP("engine", "rename the album {old} to {new}"),
    # how well a taught tag is known
    QT_TRANSLATE_NOOP("engine", "too few photos to say how well it works; mark some more"),
    QT_TRANSLATE_NOOP("engine", "it tells them apart well"),
    QT_TRANSLATE_NOOP("engine", "it tells most of them apart"),
    QT_TRANSLATE_NOOP("engine", "it is often wrong; mark some more photos"),
    QT_TRANSLATE_NOOP("engine", "{what}, as far as {n} photos show; 5 are better"),
    QT_TRANSLATE_NOOP(
        "engine", "it cannot tell them apart yet; mark more photos, and some that are not it"
    ),
    # what went wrong
    QT_TRANSLATE_NOOP("engine", "No space left to write {place}"),
    QT_TRANSLATE_NOOP("engine", "No permission for {place}"),
    QT_TRANSLATE_NOOP("engine", "Check who owns it and try again."),
    QT_TRANSLATE_NOOP("engine", "There is no {place}"),
    QT_TRANSLATE_NOOP("engine", "Check the path and try again."),
    QT_TRANSLATE_NOOP("engine", "Check the disk and try again."),
    QT_TRANSLATE_NOOP(
        "engine", "The part of the program that answers stopped while it worked on {what}"
    ),
    QT_TRANSLATE_NOOP("engine", "It was started again."),
    QT_TRANSLATE_NOOP("engine", "It does not start any more: try it once more."),
    QT_TRANSLATE_NOOP("engine", "What searches stopped while it looked for {what}"),
    QT_TRANSLATE_NOOP("engine", "It is started again with the next search."),
    QT_TRANSLATE_NOOP(
        "engine", "Searching cannot be made ready: what does it ends while it is loaded"
    ),
    QT_TRANSLATE_NOOP("engine", "Is there too little memory? Close other programs and try again."),
    QT_TRANSLATE_NOOP("engine", "Nothing is lost."),
    # in a library that several people share
    QT_TRANSLATE_NOOP("engine", "You may look at the library {place}, but not change it"),
    QT_TRANSLATE_NOOP("engine", "Ask whoever looks after it to make you a contributor."),
    QT_TRANSLATE_NOOP("engine", "The library {place} does not let you do this ({why})"),
    QT_TRANSLATE_NOOP("engine", "Ask whoever looks after it for a role that may."),
    QT_TRANSLATE_NOOP(
        "engine", "You have nothing to undo: the last change, “{what}”, is that of {name}"
    ),
    QT_TRANSLATE_NOOP("engine", "Set the value you want by hand."),
    QT_TRANSLATE_NOOP("engine", "{name} could not be downloaded from {host} ({why})"),
    QT_TRANSLATE_NOOP("engine", "{name} is in use in this library"),
    QT_TRANSLATE_NOOP("engine", "Choose another one first."),
)


def in_window(text: str) -> str:
    """A sentence of the engine's, or a part of one, as the window says it."""
    for known, pattern in _patterns():
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            if "what" in parts:
                parts["what"] = in_window(parts["what"])  # such as: 2 photos
            said = QCoreApplication.translate("engine", known)
            return said.format(**parts) if parts else said
    return text


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((str(known), _pattern(str(known))) for known in _KNOWN)


def _pattern(known: str) -> re.Pattern[str]:
    """What a sentence looks like whose names and numbers can be anything."""
    parts = re.split(r"\{(\w+)\}", known)
    made = [f"(?P<{part}>.+)" if place % 2 else re.escape(part) for place, part in enumerate(parts)]
    return re.compile("".join(made), re.DOTALL)
