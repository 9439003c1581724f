"""The tables of the catalog, as the newest version has them.

A table that holds what the user said carries `info["said"]`: such tables are journalled, undone,
exported and imported by `words.py` without knowing them one by one. `info["said"]` names the
columns that identify a row; a column with `info["disk"]` is not the user's word and stays behind.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    false,
    text,
)

from photosearch.catalog.portable import myself
from photosearch.catalog.shares import Place
from photosearch.catalog.types import Halves, Text, Whole, partial

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

schema_version = Table(
    "schema_version",
    metadata,
    Column("version", Whole, primary_key=True),
    Column("applied_at", Text, nullable=False),
)

# A folder that the user gave to the program. A removed root keeps its rows, out of sight.
# `mounted`: it was a mount point when it was last seen; if it no longer is, its disk is away. (Of
# no use where several computers see it: `indexing/reach.py`.)
roots = Table(
    "roots",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("path", Place, nullable=False, unique=True),
    Column("removed", Boolean, nullable=False, server_default=false()),
    Column("mounted", Boolean, nullable=False, server_default=false(), info={"disk": True}),
    info={"said": ("path",)},
)

# What is left out of every root: a name with wildcards (`*.png`), or a path (`/photos/scans`) with
# all below it.
excludes = Table(
    "excludes",
    metadata,
    Column("pattern", Text, primary_key=True),
    info={"said": ("pattern",)},
)

folders = Table(
    "folders",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("root_id", ForeignKey("roots.id"), nullable=False),
    Column("path", LargeBinary, nullable=False),
    UniqueConstraint("root_id", "path"),
)

# Content, and what it says of itself (`media/facts.py` gives the units). `taken_at` is the camera's
# local time, `taken_offset` minutes east of UTC, `taken_ms` the milliseconds of the second.
# `rating` is the file's; the user's words are in `ratings`. `city`, `region`, `country`: the
# file's, else of the nearest place. `orphaned_at` is set while no file leads here: superseded (by
# `superseded_by`, where that shows the same picture), or known only from what the user said.
photos = Table(
    "photos",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("hash", LargeBinary(32), nullable=False, unique=True),
    Column("bytes", Whole),
    Column("width", Whole),
    Column("height", Whole),
    Column("format", Text),
    Column("taken_at", Text),
    Column("taken_offset", Whole),
    Column("camera_make", Text),
    Column("camera_model", Text),
    Column("phash", Whole),
    Column("pixels", LargeBinary(16)),
    Column("orphaned_at", Text),
    Column("superseded_by", ForeignKey("photos.id", ondelete="SET NULL")),
    Column("orientation", Whole),
    Column("taken_source", Text),
    Column("lens", Text),
    Column("exposure_time", Float),
    Column("f_number", Float),
    Column("iso", Whole),
    Column("focal_length", Float),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("altitude", Float),
    Column("rating", Float),
    Column("title", Text),
    Column("caption", Text),
    Column("city", Text),
    Column("region", Text),
    Column("country", Text),
    Column("taken_ms", Whole),
)

partial("photos_orphaned", photos.c.id, where=photos.c.orphaned_at.is_not(None))

# A place. `pending`: its bytes have not been read since the disk last said that they are new.
# `sidecar`: the name of the XMP file beside it that speaks of it, with its size and time. `still`:
# of a camera RAW, the name of the JPEG or HEIC beside it that is called the same; where these are
# one shot, `companion_of` is the photo in that file, and this one is not shown by itself: items.py.
files = Table(
    "files",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("folder_id", ForeignKey("folders.id"), nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("photo_id", ForeignKey("photos.id")),
    Column("size", Whole, nullable=False),
    Column("mtime_ns", Whole, nullable=False),
    Column("inode", Whole, nullable=False),
    Column("pending", Boolean, nullable=False),
    Column("problem", Text),
    Column("attempts", Whole, nullable=False, server_default=text("0")),
    Column("missing_since", Text),
    Column("sidecar", LargeBinary),
    Column("sidecar_size", Whole),
    Column("sidecar_mtime_ns", Whole),
    Column("still", LargeBinary),
    Column("companion_of", ForeignKey("photos.id", ondelete="SET NULL")),
    UniqueConstraint("folder_id", "name"),
)
Index("files_photo", files.c.photo_id)
partial("files_pending", files.c.pending, where=files.c.pending)
partial("files_missing", files.c.photo_id, where=files.c.missing_since.is_not(None))
partial("files_still", files.c.folder_id, files.c.still, where=files.c.still.is_not(None))
partial("files_companion", files.c.companion_of, where=files.c.companion_of.is_not(None))

# What a stage did for a photo: `status` is done, failed or skipped; for the last two, why.
outcomes = Table(
    "outcomes",
    metadata,
    Column("photo_id", ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True),
    Column("stage", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    sqlite_with_rowid=False,
)
Index("outcomes_stage", outcomes.c.stage, outcomes.c.version, outcomes.c.status)
partial("outcomes_failed", outcomes.c.photo_id, where=outcomes.c.status == "failed")

# Embeddings as little-endian fp16: unit vectors, where `encoder` is an encoder's `vectors_name`;
# pooled features as they are, where it is a trunk's `features_name`. `seq` only ever grows
# (AUTOINCREMENT) and a row is never changed in place, so that a cache of the first n rows can tell
# that it still is one. PostgreSQL has a table for each encoder, which is a part of this one (see
# `pgvector.py`), and no key in such a table that says nothing of the encoder.
vectors = Table(
    "vectors",
    metadata,
    Column("seq", Whole, autoincrement=True),
    Column("photo_id", ForeignKey("photos.id", ondelete="CASCADE"), nullable=False),
    Column("encoder", Text, nullable=False),
    Column("vector", Halves, nullable=False),
    PrimaryKeyConstraint("seq").ddl_if(dialect="sqlite"),
    UniqueConstraint("photo_id", "encoder"),
    sqlite_autoincrement=True,
    postgresql_partition_by="LIST (encoder)",
)
Index("vectors_encoder", vectors.c.encoder, vectors.c.seq)

ratings = Table(
    "ratings",
    metadata,
    Column("photo_id", ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True),
    Column("stars", Whole, CheckConstraint("stars BETWEEN 1 AND 5"), nullable=False),
    info={"said": ("photo_id",)},
)

favourites = Table(
    "favourites",
    metadata,
    Column("photo_id", ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True),
    info={"said": ("photo_id",)},
)

# `source`: user (what the user said), taught, zero-shot, classifier, file. Only the user's rows
# are words; the others can be computed again.
tags = Table(
    "tags",
    metadata,
    Column("photo_id", ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("encoder", Text),
    Column("confidence", Float),
    info={"said": ("photo_id", "name", "source"), "said_where": {"source": "user"}},
    sqlite_with_rowid=False,
)
Index("tags_name", tags.c.name)

# “Not this”: a tag that the user took away from a photo. No other source's row of that name is
# shown or written out, now or later.
rejected_tags = Table(
    "rejected_tags",
    metadata,
    Column("photo_id", ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    info={"said": ("photo_id", "name")},
    sqlite_with_rowid=False,
)

# Photos by which the user teaches a tag: those that show it, and (`shows` false) that do not.
tag_examples = Table(
    "tag_examples",
    metadata,
    Column("photo_id", ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("shows", Boolean, nullable=False),
    info={"said": ("photo_id", "name")},
    sqlite_with_rowid=False,
)

# What was learned from the examples of a tag (a cache): `numbers`, little-endian fp32, see
# `tagging/head.py`; `stamp` says of which examples; `quality` in words.
tag_heads = Table(
    "tag_heads",
    metadata,
    Column("name", Text, primary_key=True),
    Column("encoder", Text, nullable=False),
    Column("stamp", Text, nullable=False),
    Column("numbers", LargeBinary, nullable=False),
    Column("quality", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Two photos that were compared and show the same shot; photo_a has the lesser hash. `kind`:
# duplicate, edited-copy or similar-shot; `evidence`: JSON, see `duplicates/kinds.py`.
pairs = Table(
    "pairs",
    metadata,
    Column("photo_a", ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True),
    Column("photo_b", ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("pairs_b", pairs.c.photo_b)

# “Not a duplicate”: `other` is the content hash in hex. Said of both photos of a pair, each in a
# row of its own, so that whoever supersedes either inherits it.
not_duplicates = Table(
    "not_duplicates",
    metadata,
    Column("photo_id", ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True),
    Column("other", Text, primary_key=True),
    info={"said": ("photo_id", "other")},
    sqlite_with_rowid=False,
)

# Of the photos of a group, the one to keep, and which of its files.
kept = Table(
    "kept",
    metadata,
    Column("photo_id", ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True),
    Column("path", Place, nullable=False),
    info={"said": ("photo_id",)},
)

# Folders of which no file is ever removed.
protected_folders = Table(
    "protected_folders",
    metadata,
    Column("path", Place, primary_key=True),
    info={"said": ("path",)},
    sqlite_with_rowid=False,
)

# Which of several copies is the best: rules in order of `place` (see `duplicates/best.py`).
keep_rules = Table(
    "keep_rules",
    metadata,
    Column("rule", Text, primary_key=True),
    Column("place", Whole, nullable=False),
    info={"said": ("rule",)},
    sqlite_with_rowid=False,
)

# Every file that was moved out of the album. `batch`: what one command removed; `hash`, `path`,
# `size`, `mtime_ns` as it was; `kept`: the content hash of the photo that was kept for it; `place`:
# where it lies now; `state`: moving (begun), removed, restored, or given up; `journal_id`: the
# words that were merged into the kept photo.
removals = Table(
    "removals",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("batch", Whole, nullable=False),
    Column("at", Text, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("path", Place, nullable=False),
    Column("size", Whole, nullable=False),
    Column("mtime_ns", Whole, nullable=False),
    Column("kept", LargeBinary(32), nullable=False),
    Column("place", Place, nullable=False),
    Column("state", Text, nullable=False),
    Column("journal_id", Whole),
)

# A search under a name, which is asked anew whenever it is looked at (see `search.language`).
searches = Table(
    "searches",
    metadata,
    Column("name", Text, primary_key=True),
    Column("query", Text, nullable=False, info={"longest": 2000}),
    info={"said": ("name",)},
    sqlite_with_rowid=False,
)

# What was searched for in the window, to be suggested again: `at` is the last time.
search_history = Table(
    "search_history",
    metadata,
    Column("query", Text, primary_key=True),
    Column("at", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Albums that the user put together, and the photos in them.
albums = Table(
    "albums",
    metadata,
    Column("name", Text, primary_key=True),
    info={"said": ("name",)},
    sqlite_with_rowid=False,
)

album_photos = Table(
    "album_photos",
    metadata,
    Column("photo_id", ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True),
    Column("album", Text, primary_key=True),
    info={"said": ("photo_id", "album")},
    sqlite_with_rowid=False,
)
Index("album_photos_album", album_photos.c.album)

# Every change of a said table: `changes` is JSON, a list of {table, before, after} rows; `who` made
# it, which the database writes down itself.
journal = Table(
    "journal",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("at", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("undone", Boolean, nullable=False, server_default=false()),
    Column("who", Text, nullable=False, server_default=myself()),
)


def said_tables() -> list[Table]:
    """The tables that hold what the user said."""
    return [table for table in metadata.sorted_tables if "said" in table.info]
