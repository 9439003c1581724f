"""Fixtures for all tests: no network, an own data folder, pictures that the tests make, and a
small encoder of a real architecture with random weights."""

from __future__ import annotations

import io
import json
import os
import random
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from PIL import Image, ImageDraw

from tests.believer import make_believer
from tests.originals import State, changed, state_of
from tests.postgres import (  # noqa: F401  fixtures
    _own_server,
    databases,
    fewer_examples,
    kept_in,
    own_server,
)

TESTS = Path(__file__).parent
SHARED = TESTS.parent.parent / "shared"
ORIGINALS = pytest.StashKey[State]()

# How long an example takes says nothing on a busy machine, and is tested nowhere.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

# Guards this process; children find it by PYTHONPATH.
runpy.run_path(str(TESTS / "no_network" / "sitecustomize.py"))


@pytest.fixture(scope="session")
def resources_without_encoders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ships with the program, but for its encoders."""
    folder = tmp_path_factory.mktemp("resources")
    for file in (TESTS.parent / "resources").iterdir():
        if file.name != "encoders":
            (folder / file.name).symlink_to(file)
    return folder


@pytest.fixture(autouse=True)
def own_world(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    resources_without_encoders: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every test has its own data folder and finds no encoder but those it asks for; nothing may
    open a connection, but to 127.0.0.1 where the test is marked `loopback`."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")  # nobody's own
    for name in [name for name in os.environ if name.startswith("PHOTOSEARCH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PHOTOSEARCH_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PHOTOSEARCH_RESOURCES", str(resources_without_encoders))
    monkeypatch.setenv("PYTHONPATH", str(TESTS / "no_network"))
    if request.node.get_closest_marker("loopback"):
        monkeypatch.setenv("PHOTOSEARCH_TEST_LOOPBACK", "1")


def draw(seed: int, size: tuple[int, int] = (240, 180)) -> Image.Image:
    """A picture with structure of its own for each seed: shapes on a gradient."""
    dice = random.Random(seed)
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    pen = ImageDraw.Draw(image)
    for _ in range(8):
        left, top = dice.randrange(size[0]), dice.randrange(size[1])
        box = (left, top, left + dice.randrange(20, 120), top + dice.randrange(20, 120))
        colour = tuple(dice.randrange(256) for _ in range(3))
        (pen.ellipse if dice.random() < 0.5 else pen.rectangle)(box, fill=colour)
    return image


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """A folder with six drawn pictures in two folders."""
    return draw_album(tmp_path / "album")


def draw_album(folder: Path) -> Path:
    """Fill a folder with six drawn pictures in two folders."""
    for number in range(6):
        file = folder / ("summer" if number % 2 else "winter") / f"{number}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        draw(number).save(file, quality=90)
    return folder


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An open_clip folder: a CLIP with two small transformers and random weights (seed 0)."""
    import open_clip
    import torch
    from safetensors.torch import save_file

    folder = tmp_path_factory.mktemp("encoders") / "tiny"
    folder.mkdir()
    model_cfg = {
        "embed_dim": 32,
        "vision_cfg": {"image_size": 64, "layers": 2, "width": 64, "patch_size": 16},
        "text_cfg": {
            "context_length": 32,
            "vocab_size": 49408,
            "width": 32,
            "heads": 2,
            "layers": 2,
        },
    }
    torch.manual_seed(0)
    model = open_clip.CLIP(**model_cfg)
    save_file(model.state_dict(), str(folder / "open_clip_model.safetensors"))
    config = {
        "model_cfg": model_cfg,
        "preprocess_cfg": {
            "mean": [0.5, 0.5, 0.5],
            "std": [0.5, 0.5, 0.5],
            "interpolation": "bicubic",
            "resize_mode": "squash",
        },
    }
    (folder / "open_clip_config.json").write_text(json.dumps(config))
    (folder / "encoder.json").write_text(json.dumps({"id": "tiny", "licence": "none"}))
    return folder


@pytest.fixture(scope="session")
def believer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encoder with beliefs, random weights (see `tests/believer.py`)."""
    return make_believer(tmp_path_factory.mktemp("believer"))


@pytest.fixture
def with_encoder(tiny_encoder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny encoder is found by the program."""
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", str(tiny_encoder))
    return tiny_encoder


@pytest.fixture
def with_builtin(monkeypatch: pytest.MonkeyPatch) -> None:
    """The built-in, trained encoder is found by the program, as users have it."""
    monkeypatch.delenv("PHOTOSEARCH_RESOURCES")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The developers' real photos and files; skipped in a user's clone."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the developers' test photos are not beside this checkout")
    return SHARED / "data"


def pytest_sessionstart(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):  # once, in the process that has workers
        session.config.stash[ORIGINALS] = state_of(*originals())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The photos and files of the developers are as they were, or all of it has failed."""
    before = session.config.stash.get(ORIGINALS, None)
    if before is not None and (found := changed(before, state_of(*originals()))):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print(f"\n{len(found)} of the originals were changed by the tests: {found[:5]}")


def originals() -> list[Path]:
    """The folders that the tests index and must not change."""
    return [SHARED / "data" / "photos", SHARED / "data" / "formats"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest test goes first, so that no worker is left alone with it in the end."""
    items.sort(key=lambda item: "test_every_photo_is_indexed_once" not in item.name)


@dataclass(frozen=True)
class Ran:
    """A finished command: its exit code, its rows (with --json), and what it said."""

    code: int
    out: str
    err: str
    rows: list[dict[str, Any]] = field(default_factory=list)


Command = Callable[..., Ran]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Run `photosearch --library <own> …` as a user would, in a process of its own."""

    def run(*arguments: object, stdin: str | bytes = b"", env: dict[str, str] | None = None) -> Ran:
        line = [sys.executable, "-m", "photosearch", "--library", str(tmp_path / "library")]
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [*line, *map(str, arguments)],
            input=given,
            capture_output=True,
            env={**os.environ, **(env or {})},
            timeout=900,  # a hang, on however busy a machine
            check=False,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        rows = [json.loads(row) for row in out.splitlines()] if "--json" in arguments else []
        return Ran(done.returncode, out, err, rows)

    return run


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """As `command`, in this process: for tests of many commands that are not about processes, and
    need not pay for each to start (with torch, some seconds)."""
    from photosearch.__main__ import main
    from photosearch.indexing import throttle

    monkeypatch.setattr(throttle, "step_back", lambda: None)  # this process is not the command's

    def run(*arguments: object, stdin: str | bytes = b"") -> Ran:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        streams = [io.TextIOWrapper(io.BytesIO(each), "utf-8") for each in (given, b"", b"")]
        handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        line = ["photosearch", "--library", str(tmp_path / "library"), *map(str, arguments)]
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(sys, "argv", line)
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patched.setattr(sys, name, stream)
            try:
                main()
                code: str | int | None = 0
            except SystemExit as end:
                code = end.code
            finally:
                for number, handler in handlers.items():
                    signal.signal(number, handler)
        assert code is None or isinstance(code, int)
        texts = []
        for stream in streams[1:]:
            stream.flush()
            texts.append(stream.buffer.getvalue().decode())
        out, err = texts
        rows = [json.loads(row) for row in out.splitlines()] if "--json" in arguments else []
        return Ran(code or 0, out, err, rows)

    return run


@pytest.fixture
def children_end() -> Iterator[None]:
    """Fails a test that leaves a child process behind."""
    import psutil

    def command(process: psutil.Process) -> str:
        try:
            return " ".join(process.cmdline())
        except psutil.Error:  # it has just ended
            return ""

    me = psutil.Process()
    before = set(me.children(recursive=True))
    yield
    left = [child for child in me.children(recursive=True) if child not in before]
    # multiprocessing keeps one helper, its resource tracker, as long as this process lives
    left = [child for child in left if "resource_tracker" not in command(child)]
    _, alive = psutil.wait_procs(left, timeout=5)
    assert not alive, alive
