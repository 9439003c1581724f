"""What the window remembers; a file full of nonsense never breaks a start."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from photosearch.gui.settings import LARGEST, SMALLEST, USUAL, WindowSettings
from photosearch.paths import data_dir


def test_values_are_kept(qtbot: QtBot) -> None:
    kept, window = WindowSettings(), QWidget()
    qtbot.addWidget(window)
    assert (kept.thumbnail_side, kept.folder) == (USUAL, "")
    assert not kept.restore_geometry(window)
    window.resize(555, 444)
    kept.thumbnail_side, kept.folder = 128, "/photos/ü"
    kept.keep_geometry(window)
    kept.sync()
    other, again = QWidget(), WindowSettings()
    qtbot.addWidget(other)
    assert (again.thumbnail_side, again.folder) == (128, "/photos/ü")
    assert again.restore_geometry(other)
    assert (other.width(), other.height()) == (555, 444)
    assert (data_dir() / "window.ini").is_file()


def test_what_was_not_finished_is_kept_for_each_library(tmp_path: Path, qapp: object) -> None:
    kept = WindowSettings()
    runs = [("/photos/ü", "/b"), ()]
    kept.keep_unfinished(tmp_path / "one", runs)
    kept.sync()
    again = WindowSettings()
    assert again.unfinished(tmp_path / "one") == runs
    assert again.unfinished(tmp_path / "another") == []
    again.keep_unfinished(tmp_path / "one", [])
    assert again.unfinished(tmp_path / "one") == []


@given_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.builds(
            lambda side, folder, geometry: (
                f"[General]\nthumbnail_side={side}\nfolder={folder}\ngeometry={geometry}\n".encode(
                    "utf-8", "replace"
                )
            ),
            st.one_of(st.integers(), st.text(max_size=9), st.just("@Variant(\\0\\0\\0\\x7f)")),
            st.one_of(st.text(max_size=9), st.just("@ByteArray(x)"), st.just("a, b")),
            st.one_of(st.text(max_size=9), st.just("@ByteArray(\\x1\\xd9\\xd0\\xcb\\0\\x3)")),
        ),
    )
)
def test_nonsense_is_as_good_as_nothing(qapp: object, garbage: bytes) -> None:
    data_dir().mkdir(parents=True, exist_ok=True)
    (data_dir() / "window.ini").write_bytes(garbage)
    kept, window = WindowSettings(), QWidget()
    assert SMALLEST <= kept.thumbnail_side <= LARGEST
    assert isinstance(kept.folder, str) and isinstance(kept.unfinished(data_dir()), list)
    kept.restore_geometry(window)
    assert window.width() > 0
    window.deleteLater()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_takes_no_file_is_no_reason_to_fail(tmp_path: Path) -> None:
    data_dir().mkdir(parents=True)
    data_dir().chmod(0o500)
    kept = WindowSettings()
    kept.thumbnail_side = 128
    kept.sync()
    assert kept.thumbnail_side == 128
