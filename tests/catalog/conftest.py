"""A catalog, and one transaction in it: with SQLite, and then with PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from photosearch.catalog.curate import add_root
from photosearch.catalog.database import Catalog
from tests.catalog.rows import ALBUM
from tests.postgres import Keeping


@pytest.fixture
def catalog(kept_in: Keeping, tmp_path: Path) -> Iterator[Catalog]:
    """An empty catalog with one root, ALBUM."""
    catalog = kept_in.catalog(tmp_path)
    with catalog.write() as connection:
        add_root(connection, ALBUM)
    yield catalog
    catalog.close()


@pytest.fixture
def connection(catalog: Catalog) -> Iterator[Connection]:
    """A write transaction in it, committed when the test ends."""
    with catalog.write() as connection:
        yield connection
