"""Numbers, dates, names and stages as a person reads them."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, Qt

from photosearch.engine.replies import Row
from photosearch.gui.engine_words import in_window
from photosearch.paths import printable

translate = QCoreApplication.translate


def locale() -> QLocale:
    """How numbers and dates are written: as the chosen language does (see `translations.py`), else
    the system; English where it says nothing."""
    usual = QLocale()
    if usual.language() == QLocale.Language.C:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    return usual


def number(value: int) -> str:
    """A whole number, grouped."""
    return locale().toString(value)


def photos(count: int) -> str:
    """So many photos."""
    if count == 1:
        return translate("words", "1 photo")
    return translate("words", "{n} photos").format(n=number(count))


def stage(name: str) -> str:
    """What an indexing run does just now."""
    names = {
        "scan": translate("words", "Looking for photos"),
        "read": translate("words", "Reading photos"),
        "encode": translate("words", "Understanding photos"),
        "duplicates": translate("words", "Comparing photos"),
        "tags": translate("words", "Tagging photos"),
        "taught": translate("words", "Tagging photos as taught"),
        "index": translate("words", "Sorting"),
        "waiting": translate("words", "Waiting for another computer"),
    }
    return names.get(name, translate("words", "Working"))


def speed(per_second: float) -> str:
    """Photos a second."""
    places = 0 if per_second >= 10 else 1
    text = locale().toString(per_second, "f", places)
    return translate("words", "{n} photos/s").format(n=text)


def time_left(seconds: float) -> str:
    """About how long it will still take."""
    if seconds < 10:
        return translate("words", "a few seconds left")
    if seconds < 55:
        tens = max(1, round(seconds / 10)) * 10
        return translate("words", "about {n} seconds left").format(n=tens)
    minutes = round(seconds / 60)
    if minutes <= 1:
        return translate("words", "about a minute left")
    if minutes < 100:
        return translate("words", "about {n} minutes left").format(n=minutes)
    hours = locale().toString(seconds / 3600, "f", 0 if seconds >= 36000 else 1)
    return translate("words", "about {n} hours left").format(n=hours)


def score(value: float) -> str:
    """How alike, as a cosine."""
    return locale().toString(value, "f", 2)


def file_name(path: str) -> str:
    """The name of a photo's file, in one line."""
    return printable(os.path.basename(path))


def date(taken_at: str | None) -> str:
    """When a photo was taken; "" where it is not known."""
    moment = QDateTime.fromString(taken_at or "", Qt.DateFormat.ISODate)
    if not moment.isValid():
        return ""
    return locale().toString(moment, translate("words", "d MMMM yyyy, HH:mm"))


def group(kind: str, name: str) -> str:
    """What a group of photos has in common: a day or month (ISO), or a folder's path."""
    if kind == "folder":
        return printable(name) or translate("words", "No folder")
    if not name:
        return translate("words", "Without a date")
    if kind == "month":
        return month(name)
    day = QDate.fromString(name, Qt.DateFormat.ISODate)
    return locale().toString(day, translate("words", "dddd, d MMMM yyyy")) or name


def month(name: str) -> str:
    """A month (2019-06) of a year."""
    first = QDate.fromString(f"{name}-01", Qt.DateFormat.ISODate)
    return locale().toString(first, translate("words", "MMMM yyyy")) or name


def stars(count: int) -> str:
    """A rating, for the ear."""
    if count == 1:
        return translate("words", "1 star")
    return translate("words", "{n} stars").format(n=count)


def spoken(row: Row) -> str:
    """A photo in one line, for a screen reader."""
    parts = [file_name(row.path), date(row.taken_at)]
    parts.append(stars(row.stars) if row.stars else "")
    parts.append(translate("words", "favourite") if row.favourite else "")
    return ", ".join(part for part in parts if part)


def tip(row: Row, reasons: tuple[str, ...] = (), relevance: float | None = None) -> str:
    """What a photo is, in a few lines; why it was found, and how likely it is what was meant."""
    lines = [file_name(row.path), date(row.taken_at), printable(os.path.dirname(row.path))]
    if not row.present:
        lines.append(translate("words", "The file was not there when it was last looked for."))
    lines += map(in_window, reasons)
    if relevance is not None:
        lines.append(fits(relevance))
    return "\n".join(line for line in lines if line)


def fits(relevance: float) -> str:
    """How likely a photo is what was meant."""
    return translate("words", "Fits to {n} %").format(n=round(100 * relevance))


def folder_name(path: str) -> str:
    """The folder of a photo's file, in one line; short where it is the person's own."""
    folder, home = os.path.dirname(path), os.path.expanduser("~")
    if folder.startswith(f"{home}{os.sep}"):
        folder = f"~{folder[len(home) :]}"
    return printable(folder)


def tag_query(name: str) -> str:
    """The query for all photos with a tag."""
    return f'tag:"{name}"' if '"' not in name else f"tag:{name}"


def chip(kind: str, field: str, value: str, *, minus: bool = False) -> str:
    """A part of a query in words."""
    text = printable(value)
    if kind == "filter":
        text = _filter(field, value)
    elif kind == "like":
        text = translate("words", "like {name}").format(name=file_name(value))
    return translate("words", "not {what}").format(what=text) if minus else text


def _filter(field: str, value: str) -> str:
    shown = printable(value)
    if field == "in":
        shown = file_name(value.rstrip("/")) or shown
    if field == "on" and len(value) == 7:
        shown = month(value)
    fixed = {
        ("is", "favourite"): translate("words", "Favourites"),
        ("is", "failed"): translate("words", "Problem files"),
        ("is", "untagged"): translate("words", "Without tags"),
        ("is", "duplicate"): translate("words", "Duplicates"),
        ("is", "edited-copy"): translate("words", "Edited copies"),
        ("is", "similar-shot"): translate("words", "Similar shots"),
        ("has", "gps"): translate("words", "With a position"),
        ("has", "date"): translate("words", "With a date"),
        ("has", "caption"): translate("words", "With a caption"),
    }
    if (field, value.lower()) in fixed:
        return fixed[field, value.lower()]
    frames = {
        "on": "{value}",
        "after": translate("words", "from {value} on"),
        "before": translate("words", "before {value}"),
        "in": translate("words", "in {value}"),
        "near": translate("words", "near {value}"),
        "camera": translate("words", "Camera: {value}"),
        "lens": translate("words", "Lens: {value}"),
        "place": translate("words", "Place: {value}"),
        "tag": translate("words", "Tag: {value}"),
        "album": translate("words", "Album: {value}"),
        "type": translate("words", "Kind: {value}"),
        "rating": translate("words", "Stars: {value}"),
        "size": translate("words", "Size: {value}"),
    }
    return frames.get(field, field + ": {value}").format(value=shown)


def device(name: str) -> str:
    """What a model works on."""
    return {
        "cpu": translate("words", "processor"),
        "cuda": translate("words", "graphics card"),
        "mps": translate("words", "graphics processor"),
    }.get(name, name)


def camera(name: str) -> str:
    """A camera's name, without its maker where the model names it, too."""
    parts = printable(name).split()
    again = [at for at, part in enumerate(parts) if at and part.casefold() == parts[0].casefold()]
    return " ".join(parts[again[0] :] if again else parts)


def size(count: int) -> str:
    """A size in bytes."""
    return locale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def exposure(seconds: float) -> str:
    """How long the shutter was open: 1/250 s."""
    if 0 < seconds < 0.4:
        return f"1/{round(1 / seconds)} s"
    return f"{locale().toString(seconds, 'g', 3)} s"
