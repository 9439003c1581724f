"""The models panel: downloads from a server on this computer, in a real child; used and deleted."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import open_clip
import psutil
import pytest
from pytestqt.qtbot import QtBot
from safetensors.torch import save_file

from photosearch.encoders.download import CHUNK
from photosearch.gui.models import ModelsPanel
from photosearch.gui.window import MainWindow
from photosearch.paths import data_dir
from tests.encoders.test_download import PREPROCESS, TINY, Served, Site
from tests.gui.conftest import PATIENCE, OpenWindow

pytestmark = pytest.mark.loopback


class SlowSite(Site):
    """Sends `first` bytes, and the rest when it is told to."""

    first = 2 * CHUNK

    def __init__(self) -> None:
        self.go_on = threading.Event()
        SlowSite.current = self
        super().__init__()

    current: SlowSite

    @staticmethod
    def answer(handler: BaseHTTPRequestHandler, file: Served) -> None:
        site, write = SlowSite.current, handler.wfile.write

        def slowly(data: Any) -> int:
            if len(data) < SlowSite.first:  # the head of the answer
                return write(data)
            write(data[: SlowSite.first])
            handler.wfile.flush()
            site.go_on.wait(PATIENCE / 1000)
            return write(data[SlowSite.first :])

        handler.wfile.write = slowly  # type: ignore[method-assign]
        Site.answer(handler, file)


@pytest.fixture
def weights(tmp_path: Path) -> bytes:
    file = tmp_path / "made.safetensors"
    save_file(open_clip.CLIP(**TINY).state_dict(), str(file))
    return file.read_bytes()


@pytest.fixture
def site(tmp_path: Path, weights: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowSite]:
    """A server with one model, `small`, of which a list tells."""
    site = SlowSite()
    site.serve("/small.safetensors", weights)
    entry = {
        "name": "small",
        "model_cfg": TINY,
        "preprocess": PREPROCESS,
        "url": site.url("/small.safetensors"),
        "sha256": hashlib.sha256(weights).hexdigest(),
        "size": len(weights),
        "licence": "MIT",
        "languages": ["en", "de"],
        "image_gflops": 4.0,
        "quality": {"imagenet_top1": 61.2, "coco_r1": 30.4, "source": "a test"},
    }
    (tmp_path / "models.json").write_text(json.dumps({"models": [entry]}))
    monkeypatch.setenv("PHOTOSEARCH_MODELS", str(tmp_path / "models.json"))
    yield site
    site.go_on.set()
    site.close()


@pytest.fixture
def panel(site: SlowSite, open_window: OpenWindow, library: Path, qtbot: QtBot) -> ModelsPanel:
    """The panel of a window, at the model `small`."""
    window = open_window(library)
    window.actions_.models.trigger()
    found = window.panels.models
    assert found is not None
    qtbot.waitUntil(lambda: found.list.count() == 2, timeout=PATIENCE)
    assert found.current() is not None and found.current().name == "tiny"  # type: ignore[union-attr]
    assert not found.use.isEnabled() and found.download.isHidden() and found.remove.isHidden()
    found.pick("small")
    return found


def partly(panel: ModelsPanel) -> int:
    model = panel.current()
    return -1 if model is None else model.partly


def test_it_is_downloaded_cancelled_gone_on_with_used_and_deleted(
    panel: ModelsPanel, site: SlowSite, weights: bytes, qtbot: QtBot
) -> None:
    window = panel.parent()
    assert isinstance(window, MainWindow)
    assert panel.facts["languages"].text() == "English, Deutsch"
    assert "127.0.0.1" in panel.facts["place"].text() and panel.facts["licence"].text() == "MIT"
    assert "61 of 100" in panel.facts["quality"].text()
    assert panel.use.isHidden() and panel.download.text() == "Download"
    panel.download.click()
    downloads = window.panels.downloads
    qtbot.waitUntil(lambda: downloads.progress is not None, timeout=PATIENCE)
    assert downloads.progress is not None and downloads.progress.total == len(weights)
    assert panel.bar.isVisible() and not panel.cancel.isHidden() and panel.download.isHidden()
    child = psutil.Process(downloads.pid or 0)
    panel.cancel.click()
    qtbot.waitUntil(lambda: partly(panel) > 0, timeout=PATIENCE)
    psutil.wait_procs([child], timeout=PATIENCE / 1000)
    assert "Cancelled" in panel.news.text() and panel.bar.isHidden()
    assert partly(panel) == SlowSite.first and "262 kB are here" in panel.download.text()
    site.go_on.set()
    panel.download.click()
    qtbot.waitUntil(lambda: bool(panel.current() and panel.current().path), timeout=PATIENCE)  # type: ignore[union-attr]
    asked = site.files["/small.safetensors"].asked
    assert asked[-1].range == f"bytes={SlowSite.first}-"
    assert "on this computer now" in panel.news.text() and panel.download.isHidden()
    panel.use.click()
    qtbot.waitUntil(lambda: not panel.use.isEnabled(), timeout=PATIENCE)
    assert not panel.remove.isEnabled()
    qtbot.waitUntil(lambda: not window.session.indexer.ours, timeout=PATIENCE)
    state = window.session.library
    qtbot.waitUntil(lambda: bool(state.state and state.state.encoder == "small"), timeout=PATIENCE)
    panel.pick("tiny")
    panel.use.click()
    qtbot.waitUntil(lambda: not panel.use.isEnabled(), timeout=PATIENCE)
    panel.pick("small")
    panel.remove.click()
    qtbot.waitUntil(lambda: not panel.current().path, timeout=PATIENCE)  # type: ignore[union-attr]
    assert not (data_dir() / "encoders" / "small").exists()
    qtbot.waitUntil(lambda: not window.session.indexer.ours, timeout=PATIENCE)


@pytest.mark.parametrize(
    ("manners", "said"),
    [
        ({"status": 404}, "404"),
        ({"data": b"x"}, "deleted"),
        ({"cut": 700}, "goes on from what is here"),
    ],
)
def test_what_goes_wrong_is_said_in_its_place(
    panel: ModelsPanel,
    site: SlowSite,
    weights: bytes,
    qtbot: QtBot,
    manners: dict[str, Any],
    said: str,
) -> None:
    site.go_on.set()
    for name, value in manners.items():
        sent = value * len(weights) if name == "data" else value
        setattr(site.files["/small.safetensors"], name, sent)
    panel.download.click()
    qtbot.waitUntil(lambda: said in panel.news.text(), timeout=PATIENCE)
    qtbot.waitUntil(panel.download.isEnabled, timeout=PATIENCE)
    assert panel.news.text().startswith("small: ") and panel.bar.isHidden()


def test_the_window_closes_while_one_is_under_way(
    panel: ModelsPanel, site: SlowSite, qtbot: QtBot
) -> None:
    window = panel.parent()
    assert isinstance(window, MainWindow)
    panel.download.click()
    qtbot.waitUntil(lambda: window.panels.downloads.progress is not None, timeout=PATIENCE)
    child = psutil.Process(window.panels.downloads.pid or 0)
    window.quit_now()
    psutil.wait_procs([child], timeout=PATIENCE / 1000)
    assert not child.is_running()
    part = data_dir() / "encoders" / ".partial" / "small.part"
    assert part.stat().st_size == SlowSite.first  # kept
    site.go_on.set()
