"""The command line, the engine and the search field answer the same query with the same photos."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from photosearch.engine.replies import Matches
from photosearch.engine.requests import Search
from photosearch.library import Library
from tests.conftest import Command
from tests.engine.talk import engine
from tests.gui.conftest import PATIENCE, OpenWindow

QUERIES = (
    "a red ball",
    "a red ball -green + 2:circles",
    "dog OR cat rating:>3",
    "is:favourite OR rating:>2",
    'NOT in:nowhere "two words" type:jpeg',
    "mistaken rating:>9 (",
)


def test_all_three_answer_alike(
    open_window: OpenWindow, library: Path, command: Command, qtbot: QtBot
) -> None:
    with Library(library) as opened:
        for stars, photo_id in enumerate(opened.photos()[:5], 1):
            opened.rate_photos([photo_id], stars)
        opened.favourite_photos(opened.photos()[4:9], True)
        like = opened.photo_path(opened.photos()[7])
    queries = (*QUERIES, f'like:"{like}" at night')
    found = command("search", "-", "-n", "500", "--json", stdin="\n".join(queries))
    typed: dict[str, list[int]] = {query: [] for query in queries}
    for row in found.rows:
        typed[row["query"]].append(row["photo_id"])
    with engine(library) as running:
        for query in queries:
            reply = running.answer(Search(query))
            assert isinstance(reply, Matches) and typed[query]
            assert [match.photo_id for match in reply.matches] == typed[query], query
    window = open_window(library)
    qtbot.waitUntil(lambda: window.session.search.state == "ready", timeout=PATIENCE)
    for query in queries:
        with qtbot.waitSignal(window.session.results.answered, timeout=PATIENCE):
            window.search_for(query)
        assert list(window.session.photos.ids) == typed[query], query
