"""The window's process stays small: what computes lives in its children."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HEAVY = {"torch", "open_clip", "faiss", "numpy", "PIL", "sqlalchemy", "torchvision", "pi_heif"}
PARSER = "typer"
BEHIND = {"library", "indexing", "search", "catalog", "vectors", "media", "children", "doctor"}
"""What only the children may import (import-linter keeps the code to that; here it is seen)."""

OPEN = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import photosearch.gui.app as app
from photosearch.__main__ import main
def look():
    window = next(w for w in QApplication.topLevelWidgets() if w.windowTitle() == "PhotoSearch")
    if window.session.library.state is None:
        return
    timer.stop()
    window.search_for("a dog")
    assert window.isVisible()
    print(json.dumps(sorted(sys.modules)), flush=True)
    window.quit_now()
timer = QTimer()
timer.timeout.connect(look)
real = app.MainWindow.show
def show(window):
    real(window)
    timer.start(20)
app.MainWindow.show = show
main()
"""


def test_the_window_imports_nothing_heavy_and_nothing_from_behind_the_messages(
    tmp_path: Path,
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", OPEN, "--library", str(tmp_path / "library")],
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    modules: set[str] = set(json.loads(ran.stdout))
    assert not modules & {*HEAVY, PARSER}
    ours = {name for name in modules if name.startswith("photosearch")}
    assert not {f"photosearch.{name}" for name in BEHIND} & ours
    assert "photosearch.engine.server" not in ours
    assert "photosearch.gui.window" in ours
