"""What the user said: one journal, one undo, one export for every said table.

A row is handled as a plain dict with natural keys (`photo`: the content hash in hex, paths as
text, as they are kept), so that the journal and an exported file mean the same on another computer,
and whatever row ids there are.
"""

from __future__ import annotations

import json
import os
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Float,
    Integer,
    Select,
    Table,
    select,
    update,
)
from sqlalchemy import func as sql
from sqlalchemy.exc import IntegrityError

from photosearch.catalog.contents import photo_by_content, photo_for_words, successor
from photosearch.catalog.places import insert_row, now
from photosearch.catalog.portable import myself
from photosearch.catalog.schema import (
    folders,
    journal,
    metadata,
    photos,
    removals,
    roots,
    said_tables,
)
from photosearch.catalog.shares import Name, Place, as_kept
from photosearch.errors import PhotoSearchError

SaidRow = dict[str, Any]

FORMAT = "photosearch-export"
FORMAT_VERSION = 1


MAX_TAG = 100
"""Longest name of a tag, in characters."""

_JOINERS = {0x200C: None, 0x200D: None}


def is_tag_name(name: str) -> bool:
    """Whether a tag can have this name: printable, tidied, neither blank nor too long."""
    return is_line(name, MAX_TAG)


def is_line(text: str, longest: int) -> bool:
    """Whether a text is one tidy line: printable, neither blank nor longer than `longest`."""
    joined = text.translate(_JOINERS)  # which emoji and Persian words have inside
    return 0 < len(text) <= longest and joined.isprintable() and text == " ".join(text.split())


@dataclass(frozen=True)
class Change:
    """One row of a said table: what it was (None: it was not there) and what it becomes."""

    table: str
    before: SaidRow | None
    after: SaidRow | None


def say(connection: Connection, action: str, changes: Iterable[Change]) -> int:
    """Make changes and journal them as one action that `undo` takes back; returns how many rows
    really changed. `action` says in words what was done, for the undo message."""
    real = [change for change in changes if change.before != change.after]
    for change in real:
        _apply(connection, change)
    if real:
        rows = [[change.table, change.before, change.after] for change in real]
        connection.execute(
            journal.insert().values(at=now(), action=action, changes=json.dumps(rows))
        )
    return len(real)


def undo(connection: Connection) -> str | None:
    """Take one's own last action back that was not yet; returns what it was, None where there is
    none (or it is a batch of removed files, which is not for this function to bring back).

    Raises PhotoSearchError (`undo-conflict`) where a row is no longer as the action left it.
    """
    while (entry := connection.execute(_last()).first()) is not None:
        if _batch_of(json.loads(entry.changes)) is not None:
            return None
        connection.execute(update(journal).where(journal.c.id == entry.id).values(undone=True))
        taken_back = 0
        for table, before, after in reversed(json.loads(entry.changes)):
            key = after if after is not None else before
            if _was_purged(connection, key):
                continue
            if said_row(connection, table, key) != after:
                raise _undo_conflict(entry.action)
            try:
                _apply(connection, Change(table, after, before))
            except IntegrityError as error:  # another row took its place
                raise _undo_conflict(entry.action) from error
            _follow(connection, Change(table, after, before))
            taken_back += 1
        if taken_back:
            return str(entry.action)
    return None


def newest(connection: Connection) -> tuple[str, int | None] | None:
    """The action that would be taken back next, in words, and the batch of removed files that it is
    (see `note_batch`; None: it is none); None where there is nothing to take back."""
    entry = connection.execute(_last()).first()
    return None if entry is None else (entry.action, _batch_of(json.loads(entry.changes)))


def newest_of_others(connection: Connection) -> tuple[str, str] | None:
    """The last action of somebody else that was not taken back: whose, and what, in words; None
    where there is none."""
    query = select(journal.c.who, journal.c.action).where(
        ~journal.c.undone, journal.c.who != myself()
    )
    row = connection.execute(query.order_by(journal.c.id.desc()).limit(1)).first()
    return None if row is None else (row.who, row.action)


def note_batch(connection: Connection, batch: int, action: str) -> None:
    """Give a batch of removed files its place among what was said, once."""
    changes = _batch_changes(batch)
    if connection.scalar(select(journal.c.id).where(journal.c.changes == changes)) is None:
        connection.execute(journal.insert().values(at=now(), action=action, changes=changes))


def batch_undone(connection: Connection, batch: int) -> None:
    """A batch of removed files was brought back."""
    changes = _batch_changes(batch)
    connection.execute(update(journal).where(journal.c.changes == changes).values(undone=True))


def _last() -> Select[Any]:
    """One's own last action that was not taken back. Words that a removed copy left to another
    photo are none by themselves: they are taken back with its file."""
    left = select(removals.c.journal_id).where(
        removals.c.journal_id.is_not(None), removals.c.state.in_(("moving", "removed"))
    )
    mine = ~journal.c.undone & (journal.c.who == myself())
    last = select(journal).where(mine, journal.c.id.not_in(left))
    return last.order_by(journal.c.id.desc()).limit(1)


def _batch_changes(batch: int) -> str:
    return json.dumps([[removals.name, None, {"batch": batch}]])


def _batch_of(changes: list[Any]) -> int | None:
    return changes[0][2]["batch"] if changes[0][0] == removals.name else None


def last_entry(connection: Connection) -> int:
    """The id of the newest action in the journal."""
    return connection.scalar(select(sql.max(journal.c.id))) or 0


def last_named(connection: Connection, action: str) -> tuple[int, str] | None:
    """One's own newest action that was not taken back and whose words begin so: its id, its
    words."""
    query = select(journal.c.id, journal.c.action).where(
        ~journal.c.undone,
        journal.c.who == myself(),
        journal.c.action.startswith(action, autoescape=True),
    )
    row = connection.execute(query.order_by(journal.c.id.desc()).limit(1)).first()
    return None if row is None else (row.id, row.action)


def take_back(connection: Connection, entry_id: int) -> None:
    """Take one action back, whatever was said since: of its rows those that still are as it left
    them. Nothing happens where it was undone already."""
    waiting = select(journal.c.changes).where(journal.c.id == entry_id, ~journal.c.undone)
    changes = connection.scalar(waiting)
    if changes is None:
        return
    connection.execute(update(journal).where(journal.c.id == entry_id).values(undone=True))
    for table, before, after in reversed(json.loads(changes)):
        key = after if after is not None else before
        if not _was_purged(connection, key) and said_row(connection, table, key) == after:
            _apply(connection, Change(table, after, before))
            _follow(connection, Change(table, after, before))


def _follow(connection: Connection, change: Change) -> None:
    """Make a change of a photo's row to the photos that inherited that row from it, too."""
    row = change.before or change.after
    while row and "photo" in row:
        later = successor(connection, bytes.fromhex(row["photo"]))
        if later is None:
            return
        photo = {"photo": later.hex()}
        change = Change(
            change.table,
            None if change.before is None else {**change.before, **photo},
            None if change.after is None else {**change.after, **photo},
        )
        row = change.before or change.after or {}
        if said_row(connection, change.table, row) != change.before:
            return  # it has had another word since
        _apply(connection, change)


def _was_purged(connection: Connection, row: SaidRow) -> bool:
    return "photo" in row and photo_by_content(connection, bytes.fromhex(row["photo"])) is None


def _undo_conflict(action: str) -> PhotoSearchError:
    return PhotoSearchError(
        "undo-conflict",
        f"Cannot undo “{action}”: what it changed has changed again since",
        "Set the value you want by hand.",
    )


def said_row(connection: Connection, table_name: str, key: Mapping[str, Any]) -> SaidRow | None:
    """The said row with the identifying columns of `key`, None where there is none."""
    table = metadata.tables[table_name]
    rows = list(_rows(connection, table, _matches(table, key)))
    return rows[0] if rows else None


def export(connection: Connection) -> dict[str, list[SaidRow]]:
    """All that the user said: for each said table its rows, in a stable order."""
    return {
        table.name: sorted(
            _rows(connection, table), key=lambda row: json.dumps(row, sort_keys=True)
        )
        for table in said_tables()
    }


def export_document(connection: Connection) -> dict[str, Any]:
    """`export`, with the format's name and version, ready for JSON."""
    head = {"format": FORMAT, "version": FORMAT_VERSION, "exported_at": now()}
    return {**head, **export(connection)}


def import_document(connection: Connection, document: object) -> int:
    """Take over what an exported document says, as one action that can be undone; a row that is
    here already gets the document's value. Returns how many rows changed.

    Raises PhotoSearchError (`bad-import`) for anything that is no such document; the transaction
    must then be rolled back.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _bad_import("it is no PhotoSearch export")
    if document.get("version") != FORMAT_VERSION:
        raise _bad_import("it was made by a newer PhotoSearch")
    changes = []
    for table in said_tables():
        rows = document.get(table.name, [])
        if not isinstance(rows, list):
            raise _bad_import(f"“{table.name}” is no list")
        known = {_key(table, row): row for row in _rows(connection, table)} if rows else {}
        seen = set()
        for number, row in enumerate(rows, 1):
            after = _checked(table, row, number)
            key = _key(table, after)
            if key in seen:
                raise _bad_import(f"row {number} of “{table.name}” is there twice")
            seen.add(key)
            changes.append(Change(table.name, known.get(key), after))
    try:
        return say(connection, "import", changes)
    except IntegrityError as error:
        raise _bad_import(f"a value is out of its range ({error.orig})") from error


def _bad_import(why: str) -> PhotoSearchError:
    return PhotoSearchError(
        "bad-import",
        f"The file cannot be imported: {why}",
        "Nothing was changed; give a file that `photosearch export` wrote.",
    )


def _key(table: Table, row: SaidRow) -> tuple[Any, ...]:
    return tuple(row[_natural(name)] for name in table.info["said"])


def _columns(table: Table) -> list[str]:
    return [c.name for c in table.c if c.name != "id" and not c.info.get("disk")]


def _natural(name: str) -> str:
    return "photo" if name == "photo_id" else name


def _checked(table: Table, row: object, number: int) -> SaidRow:
    """A row of an imported document with exactly the table's columns and types."""
    where = f"row {number} of “{table.name}”"
    if not isinstance(row, dict):
        raise _bad_import(f"{where} is no object")
    checked: SaidRow = {}
    for name in _columns(table):
        column, key = table.c[name], _natural(name)
        value = row.get(key)
        if name == "photo_id":
            good = isinstance(value, str) and _is_hash(value)
        elif value is None:
            good = bool(column.nullable)
        elif isinstance(column.type, Boolean):
            good = isinstance(value, bool)
        elif isinstance(column.type, Integer):
            good = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
        elif isinstance(column.type, Place):
            good = isinstance(value, str) and _is_path(value)
        elif isinstance(column.type, Float):
            good = isinstance(value, float | int) and not isinstance(value, bool)
        else:
            longest = column.info.get("longest", MAX_TAG)
            good = isinstance(value, str) and is_line(value, longest)
        if not good:
            raise _bad_import(f"{where} has no good “{key}”")
        checked[key] = value
    return {**checked, **table.info.get("said_where", {})}


def _is_path(value: str) -> bool:
    try:
        os.fsencode(value)
    except UnicodeEncodeError:  # half a surrogate pair that no file name decodes to
        return False
    # Also one of another system: its root is then out of reach until it is relocated.
    absolute = PurePosixPath(value).is_absolute() or PureWindowsPath(value).is_absolute()
    return absolute and "\0" not in value and posixpath.normpath(value) == value


def _is_hash(value: str) -> bool:
    return len(value) == 64 and all(char in "0123456789abcdef" for char in value)


def _rows(connection: Connection, table: Table, *where: ColumnElement[bool]) -> Iterable[SaidRow]:
    names = _columns(table)
    columns = [photos.c.hash if name == "photo_id" else as_kept(table.c[name]) for name in names]
    query = select(*columns).select_from(table)
    if "photo_id" in table.c:
        query = query.join(photos, photos.c.id == table.c.photo_id)
    mine = [table.c[name] == value for name, value in table.info.get("said_where", {}).items()]
    for row in connection.execute(query.where(*mine, *where)):
        yield {
            _natural(name): _to_json(name, value) for name, value in zip(names, row, strict=True)
        }


def _to_json(name: str, value: Any) -> Any:
    if name == "photo_id":
        return value.hex()
    return os.fsdecode(value) if isinstance(value, bytes) else value


def _stored(connection: Connection, table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """A natural row as the table stores it."""
    values = {}
    for name in _columns(table):
        value = row[_natural(name)]
        if name == "photo_id":
            value = photo_for_words(connection, bytes.fromhex(value))
        elif isinstance(table.c[name].type, Place):
            value = Name(os.fsencode(value))
        values[name] = value
    return values


def _matches(table: Table, row: Mapping[str, Any]) -> ColumnElement[bool]:
    matches: ColumnElement[bool] | None = None
    for name in table.info["said"]:
        value = row[_natural(name)]
        clause: ColumnElement[bool]
        if name == "photo_id":
            content = bytes.fromhex(value)
            clause = table.c.photo_id.in_(select(photos.c.id).where(photos.c.hash == content))
        elif isinstance(table.c[name].type, Place):
            clause = as_kept(table.c[name]) == os.fsencode(value)
        else:
            clause = table.c[name] == value
        matches = clause if matches is None else matches & clause
    assert matches is not None
    return matches


def _was_indexed(connection: Connection, root: ColumnElement[bool]) -> bool:
    within = select(folders.c.id).join(roots, folders.c.root_id == roots.c.id).where(root)
    return connection.scalar(within.limit(1)) is not None


def _apply(connection: Connection, change: Change) -> None:
    table = metadata.tables[change.table]
    if change.after is None:
        assert change.before is not None
        gone = _matches(table, change.before)
        if table is roots and _was_indexed(connection, gone):
            # Out of sight, with all that is known of it.
            connection.execute(update(table).where(gone).values(removed=True))
        else:
            connection.execute(table.delete().where(gone))
        return
    values = _stored(connection, table, change.after)
    if change.before is not None:
        result = connection.execute(
            update(table).where(_matches(table, change.before)).values(**values)
        )
        if result.rowcount:
            return
    if "id" in table.c:
        insert_row(connection, table, **values)
    else:
        connection.execute(table.insert().values(**values))
