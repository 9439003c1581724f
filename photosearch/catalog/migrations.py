"""Schema versions in order: each migration and its version row are one transaction.

A new catalog is made in its newest shape at once; MIGRATIONS take an older one there step by
step. A migration never changes once it has shipped.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, inspect, select
from sqlalchemy import func as sql

from photosearch.catalog.schema import metadata, schema_version
from photosearch.catalog.store import Store
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable


def _facts_and_sidecars(connection: Connection) -> None:
    """What photos say of themselves, and the sidecars of files. The new columns are empty until the
    next run fills them; no table is made anew, so no key that refers to one can be lost."""
    for column in (
        *("orientation INTEGER", "taken_source VARCHAR", "lens VARCHAR", "exposure_time FLOAT"),
        *("f_number FLOAT", "iso INTEGER", "focal_length FLOAT", "latitude FLOAT"),
        *("longitude FLOAT", "altitude FLOAT", "rating FLOAT", "title VARCHAR", "caption VARCHAR"),
        *("city VARCHAR", "region VARCHAR", "country VARCHAR"),
    ):
        connection.exec_driver_sql(f"ALTER TABLE photos ADD COLUMN {column}")
    for column in ("sidecar BLOB", "sidecar_size INTEGER", "sidecar_mtime_ns INTEGER"):
        connection.exec_driver_sql(f"ALTER TABLE files ADD COLUMN {column}")


def _duplicates(connection: Connection) -> None:
    """Pairs that show the same shot, what the user said of them, and what was removed."""
    photo = "REFERENCES photos (id) ON DELETE CASCADE"
    connection.exec_driver_sql("ALTER TABLE photos ADD COLUMN taken_ms INTEGER")
    for statement in (
        f"CREATE TABLE pairs (photo_a INTEGER NOT NULL {photo}, photo_b INTEGER NOT NULL {photo},"
        " kind VARCHAR NOT NULL, evidence VARCHAR NOT NULL, PRIMARY KEY (photo_a, photo_b))"
        " WITHOUT ROWID",
        "CREATE INDEX pairs_b ON pairs (photo_b)",
        f"CREATE TABLE not_duplicates (photo_id INTEGER NOT NULL {photo}, other VARCHAR NOT NULL,"
        " PRIMARY KEY (photo_id, other)) WITHOUT ROWID",
        f"CREATE TABLE kept (photo_id INTEGER NOT NULL PRIMARY KEY {photo}, path BLOB NOT NULL)",
        "CREATE TABLE protected_folders (path BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID",
        "CREATE TABLE keep_rules (rule VARCHAR NOT NULL PRIMARY KEY, place INTEGER NOT NULL)"
        " WITHOUT ROWID",
        "CREATE TABLE removals (id INTEGER NOT NULL PRIMARY KEY, batch INTEGER NOT NULL,"
        " at VARCHAR NOT NULL, hash BLOB NOT NULL, path BLOB NOT NULL, size INTEGER NOT NULL,"
        " mtime_ns INTEGER NOT NULL, kept BLOB NOT NULL, place BLOB NOT NULL,"
        " state VARCHAR NOT NULL, journal_id INTEGER)",
    ):
        connection.exec_driver_sql(statement)


def _excludes(connection: Connection) -> None:
    """Patterns of files and folders that are left out."""
    connection.exec_driver_sql("CREATE TABLE excludes (pattern VARCHAR NOT NULL PRIMARY KEY)")


def _taught_and_rejected_tags(connection: Connection) -> None:
    """Tags that the user took away from photos, and those that are taught by examples."""
    photo = "photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE"
    key = "PRIMARY KEY (photo_id, name)) WITHOUT ROWID"
    for statement in (
        f"CREATE TABLE rejected_tags ({photo}, name VARCHAR NOT NULL, {key}",
        f"CREATE TABLE tag_examples ({photo}, name VARCHAR NOT NULL, shows BOOLEAN NOT NULL, {key}",
        "CREATE TABLE tag_heads (name VARCHAR NOT NULL PRIMARY KEY, encoder VARCHAR NOT NULL,"
        " stamp VARCHAR NOT NULL, numbers BLOB NOT NULL, quality VARCHAR NOT NULL) WITHOUT ROWID",
    ):
        connection.exec_driver_sql(statement)


def _searches(connection: Connection) -> None:
    """Searches under a name, and what was searched for."""
    connection.exec_driver_sql(
        "CREATE TABLE searches (name VARCHAR NOT NULL, query VARCHAR NOT NULL, PRIMARY KEY (name))"
        " WITHOUT ROWID"
    )
    connection.exec_driver_sql(
        "CREATE TABLE search_history (query VARCHAR NOT NULL, at VARCHAR NOT NULL,"
        " PRIMARY KEY (query)) WITHOUT ROWID"
    )


def _albums(connection: Connection) -> None:
    """Albums put together by hand."""
    photo = "photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE"
    for statement in (
        "CREATE TABLE albums (name VARCHAR NOT NULL, PRIMARY KEY (name)) WITHOUT ROWID",
        f"CREATE TABLE album_photos ({photo}, album VARCHAR NOT NULL,"
        " PRIMARY KEY (photo_id, album)) WITHOUT ROWID",
        "CREATE INDEX album_photos_album ON album_photos (album)",
    ):
        connection.exec_driver_sql(statement)


def _companions(connection: Connection) -> None:
    """A RAW beside the JPEG of the same shot; the next scan finds out which there are."""
    for statement in (
        "ALTER TABLE files ADD COLUMN still BLOB",
        "ALTER TABLE files ADD COLUMN companion_of INTEGER REFERENCES photos (id)"
        " ON DELETE SET NULL",
        "CREATE INDEX files_still ON files (folder_id, still) WHERE still IS NOT NULL",
        "CREATE INDEX files_companion ON files (companion_of) WHERE companion_of IS NOT NULL",
    ):
        connection.exec_driver_sql(statement)


def _failed(connection: Connection) -> None:
    """What failed is found without looking through all that did not."""
    connection.exec_driver_sql(
        "CREATE INDEX outcomes_failed ON outcomes (photo_id) WHERE status = 'failed'"
    )


def _whose(connection: Connection) -> None:
    """Whose a change is."""
    shared = connection.dialect.name == "postgresql"
    kind, value = ('VARCHAR COLLATE "C"', "session_user") if shared else ("VARCHAR", "''")
    connection.exec_driver_sql(
        f"ALTER TABLE journal ADD COLUMN who {kind} DEFAULT {value} NOT NULL"
    )


# MIGRATIONS[0] takes version 1 to version 2, and so on.
MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    _facts_and_sidecars,
    _excludes,
    _searches,
    _taught_and_rejected_tags,
    _duplicates,
    _albums,
    _companions,
    _failed,
    _whose,
)


def newest() -> int:
    """The schema version that this program writes."""
    return 1 + len(MIGRATIONS)


def bring_up_to_date(store: Store, begin: Callable[[], None] | None = None) -> None:
    """Create the catalog's tables, or migrate them to the newest version after a backup. `begin` is
    called before anything is written.

    Raises PhotoSearchError (`newer-library`) for a catalog that a newer program wrote; nothing in
    it is touched then.
    """
    with store.reading() as connection:
        version = _version(connection)
    if version > newest():
        raise PhotoSearchError(
            "newer-library",
            f"The library {printable(store.folder)} was written by a newer PhotoSearch"
            f" (schema {version}, this one knows {newest()})",
            "Install the newer version, or use another library with --library.",
        )
    if begin is not None:
        begin()
    if version == 0:
        with store.writing() as connection:
            if _version(connection) == 0:  # no other process was faster
                metadata.create_all(connection)
                _stamp(connection, newest())
        return
    if version < newest():
        store.back_up(f"schema-{version}")
    for step in range(version, newest()):
        with store.writing() as connection:
            if _version(connection) == step:
                MIGRATIONS[step - 1](connection)
                _stamp(connection, step + 1)


def _version(connection: Connection) -> int:
    if not inspect(connection).has_table("schema_version"):
        return 0
    return connection.scalar(select(sql.max(schema_version.c.version))) or 0


def _stamp(connection: Connection, version: int) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(schema_version.insert().values(version=version, applied_at=now))
