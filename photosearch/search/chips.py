"""The parts that a query is put together from, as they stand in its text, so that a window can show
each by itself, and take it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lark import Token

from photosearch.catalog.filters import Filter
from photosearch.search.language import format_condition, tokens_of


@dataclass(frozen=True)
class Chip:
    """A part of a query: its text from `start` to `end`. `kind`: words, filter, like, or group
    (with brackets, NOT or OR in it); `field` and `value` of a filter, else its text; `minus`: the
    opposite is asked for."""

    start: int
    end: int
    kind: str
    field: str
    value: str
    minus: bool


def chips(text: str) -> list[Chip]:
    """The parts of a query, in order. Where there is an OR at the top, all of it is one."""
    found: list[Chip] = []
    tokens = tokens_of(text)
    at = depth = 0
    if any(
        token.type == "_OR" and not _depth(tokens[:place]) for place, token in enumerate(tokens)
    ):
        start, end = _ends(tokens[0])[0], _ends(tokens[-1])[1]
        return [Chip(start, end, "group", "", text[start:end], False)]
    while at < len(tokens):
        first = at
        while tokens[at].type == "_NOT" and at + 1 < len(tokens):
            at += 1
        depth = 0
        while at < len(tokens):  # to the bracket that closes it
            depth += {"_OPEN": 1, "_CLOSE": -1}.get(tokens[at].type, 0)
            at += 1
            if depth <= 0:
                break
        part = tokens[first:at]
        if len(part) > 1 or part[0].type in ("_OPEN", "_NOT"):
            start, end = _ends(part[0])[0], _ends(part[-1])[1]
            found.append(Chip(start, end, "group", "", text[start:end], False))
        elif (chip := _single(part[0])) is not None:
            last = found[-1] if found else None
            if last and _goes_on(last, part[0], tokens[first - 1]):
                value = f"{last.value} {chip.value}"
                found[-1] = Chip(last.start, chip.end, "words", "", value, False)
            else:
                found.append(chip)
    return found


def _depth(tokens: Sequence[Token]) -> int:
    return sum({"_OPEN": 1, "_CLOSE": -1}.get(token.type, 0) for token in tokens)


def _goes_on(last: Chip, token: Token, before: Token) -> bool:
    """Whether a bare word goes on the words right before it."""
    return (
        token.type == "WORD"
        and last.kind == "words"
        and not last.minus
        and last.end == _ends(before)[1]
    )


def _single(token: Token) -> Chip | None:
    start, end = _ends(token)
    minus, text = token.startswith("-"), str(token).removeprefix("-")
    if token.type == "YEAR":
        return Chip(start, end, "filter", "on", str(token), False)
    if token.type == "FILTER":
        field, _, value = text.partition(":")
        return Chip(start, end, "filter", field.lower(), value.strip('"'), minus)
    if token.type == "LIKE":
        return Chip(start, end, "like", "", text.partition("like:")[2].strip('"'), minus)
    if token.type in ("WORD", "NEXT", "SIGNED", "QUOTED"):
        return Chip(start, end, "words", "", text.replace('"', ""), minus)
    return None  # AND, + and what has no place


def _ends(token: Token) -> tuple[int, int]:
    start = token.start_pos or 0
    return start, start + len(token)


def toggled(text: str, wanted: Filter) -> str:
    """A query's text without a filter if it has it, else with it: then in the place of another
    `on:`, since no photo was taken at two times."""
    there = [chip for chip in chips(text) if chip.kind == "filter" and not chip.minus]
    for chip in reversed(there):
        if (chip.field, chip.value.casefold()) == (wanted.field, wanted.value.casefold()):
            return without(text, chip)
    for chip in reversed(there):
        if chip.field == wanted.field == "on":
            text = without(text, chip)
    return f"{text.strip()} {format_condition(wanted)}".strip()


def without(text: str, chip: Chip) -> str:
    """A query's text without one of its parts."""
    return f"{text[: chip.start].rstrip()} {text[chip.end :].lstrip()}".strip()
