"""What the user says of copies: which to keep, which are none, by which rules, and of which folders
nothing is removed. Each is one journalled action of `words.py`."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, select

from photosearch.catalog import shares
from photosearch.catalog.schema import keep_rules
from photosearch.catalog.schema import protected_folders as protected
from photosearch.catalog.words import Change, said_row, say
from photosearch.paths import printable


def keep(
    connection: Connection, content: bytes, path: bytes, instead_of: Collection[bytes], label: str
) -> None:
    """Keep this file; those that it is paired with are then no longer the ones to keep."""
    key = {"photo": content.hex()}
    after = {**key, "path": os.fsdecode(shares.of(connection).named(path))}
    changes = [Change("kept", said_row(connection, "kept", key), after)]
    for other in instead_of:
        before = said_row(connection, "kept", {"photo": other.hex()})
        changes.append(Change("kept", before, None))
    say(connection, f"keep {label}", changes)


def reject(connection: Connection, both: Iterable[tuple[bytes, bytes]], label: str) -> None:
    """Pairs of contents that are no duplicates of each other."""
    changes = []
    for first, second in both:
        for one, other in ((first, second), (second, first)):
            row = {"photo": one.hex(), "other": other.hex()}
            changes.append(
                Change("not_duplicates", said_row(connection, "not_duplicates", row), row)
            )
    say(connection, f"no duplicates of {label}", changes)


def rules(connection: Connection) -> tuple[str, ...]:
    """The rules that the user put first, in order."""
    return tuple(connection.scalars(select(keep_rules.c.rule).order_by(keep_rules.c.place)))


def set_rules(connection: Connection, names: Sequence[str]) -> None:
    """Put these rules first, in order, in place of those that were."""
    known = {name: place for place, name in enumerate(rules(connection))}
    changes = []
    for name in dict.fromkeys([*known, *names]):
        before = said_row(connection, "keep_rules", {"rule": name}) if name in known else None
        after = {"rule": name, "place": names.index(name)} if name in names else None
        changes.append(Change("keep_rules", before, after))
    say(connection, f"rules {' '.join(names)}", changes)


def protected_folders(connection: Connection) -> tuple[bytes, ...]:
    """The folders of which nothing is removed."""
    return tuple(connection.scalars(select(protected.c.path).order_by(protected.c.path)))


def protect(connection: Connection, folder: bytes, on: bool) -> None:
    """Remove nothing of this folder and those in it, or no longer so."""
    row = {"path": os.fsdecode(shares.of(connection).named(folder))}
    before = said_row(connection, "protected_folders", row)
    action = f"{'protect' if on else 'no longer protect'} {printable(row['path'])}"
    say(connection, action, [Change("protected_folders", before, row if on else None)])
