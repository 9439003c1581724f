"""The library: the one door to everything the program does with one catalog of photos.

It is put together from parts, each in a file of its own: opening it and its models (`opened.py`),
looking at photos (`looking.py`), searching (`asking.py`), tags (`tagging.py`), what the user says
(`saying.py`), indexing (`runs.py`).
"""

from __future__ import annotations

from photosearch.catalog.database import CATALOG_FILE
from photosearch.library.looking import Looking
from photosearch.library.runs import Runs, Status
from photosearch.library.saying import Saying

__all__ = ["CATALOG_FILE", "Library", "Status"]


class Library(Looking, Saying, Runs):
    """An open library: a folder with the catalog and its caches. Use as a context manager."""
