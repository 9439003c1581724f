"""Downloading an encoder, from a real HTTP server in this process to a folder open_clip loads."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import shutil
import subprocess
import sys
import threading
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import torch
import torchvision
from safetensors.torch import load_file, save_file

from photosearch.encoders import convert
from photosearch.encoders.available import AvailableModel, available_models, find_model
from photosearch.encoders.download import CHUNK, download, fetch
from photosearch.encoders.registry import installed_encoders
from photosearch.errors import DISK_FULL_ERRNOS, PhotoSearchError
from tests.conftest import Command, draw

pytestmark = pytest.mark.loopback

TINY = {
    "embed_dim": 8,
    "vision_cfg": {"image_size": 32, "layers": 1, "width": 16, "head_width": 8, "patch_size": 16},
    "text_cfg": {"context_length": 8, "vocab_size": 49408, "width": 8, "heads": 1, "layers": 1},
}
PREPROCESS = {
    "mean": [0.5, 0.5, 0.5],
    "std": [0.25, 0.25, 0.25],
    "interpolation": "bilinear",
    "resize_mode": "squash",
}
BLOB = bytes(range(256)) * 8192
"""Two million bytes for the tests that do not care what they mean."""


# The server


@dataclass
class Asked:
    """One request: its Range and If-Range headers, and how many bytes went out."""

    range: str | None
    if_range: str | None
    status: int = 0
    sent: int = 0


@dataclass
class Served:
    """A file on the server, and the server's manners."""

    data: bytes
    etag: str | None = '"one"'
    ranges: bool = True
    status: int = 200
    location: str | None = None
    cut: int | None = None
    """Close the connection after so many bytes."""
    announce: bool = True
    """Send Content-Length."""
    asked: list[Asked] = field(default_factory=list)


class Site:
    """Files served on 127.0.0.1 by path."""

    def __init__(self) -> None:
        self.files: dict[str, Served] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with suppress(ConnectionError):  # a client that hangs up is one of the tests
                    site.answer(self, site.files[self.path])

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.block_on_close = True
        self.server.daemon_threads = False
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}{path}"

    def serve(self, path: str, data: bytes, **manners: Any) -> Served:
        served = self.files[path] = Served(data, **manners)
        return served

    @staticmethod
    def answer(handler: BaseHTTPRequestHandler, file: Served) -> None:
        asked = Asked(handler.headers["Range"], handler.headers["If-Range"])
        file.asked.append(asked)
        status, start = file.status, 0
        if status == 200 and asked.range and file.ranges and asked.if_range in (None, file.etag):
            start = int(asked.range.removeprefix("bytes=").removesuffix("-"))
            status = 206 if start < len(file.data) else 416
        body = file.data[start:] if status in (200, 206) else b""
        asked.status = status
        handler.send_response(status)
        if file.location:
            handler.send_header("Location", file.location)
        if file.etag:
            handler.send_header("ETag", file.etag)
        if file.announce:
            handler.send_header("Content-Length", str(len(body)))
        if status == 206:
            end = len(file.data) - 1
            handler.send_header("Content-Range", f"bytes {start}-{end}/{len(file.data)}")
        handler.end_headers()
        body = body[: file.cut]
        asked.sent = len(body)
        handler.wfile.write(body)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture(autouse=True)
def _own_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHOTOSEARCH_MODELS", str(tmp_path / "models.json"))


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "tiny.part"


def listed(tmp_path: Path, url: str, data: bytes, /, **changes: Any) -> AvailableModel:
    """The model that a list in a file says is at `url`, with the hash of `data`."""
    entry = {
        "name": "tiny",
        "model_cfg": TINY,
        "preprocess": PREPROCESS,
        "url": url,
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "licence": "MIT",
        "languages": ["en"],
        **changes,
    }
    (tmp_path / "models.json").write_text(json.dumps({"models": [entry]}))
    return find_model(entry["name"])


def failure(work: Callable[[], object]) -> PhotoSearchError:
    with pytest.raises(PhotoSearchError) as raised:
        work()
    assert "\n" not in str(raised.value)
    return raised.value


# The bytes


def test_progress_counts_bytes_to_the_total(site: Site, tmp_path: Path, part: Path) -> None:
    site.serve("/tiny.pt", BLOB)
    steps = list(fetch(listed(tmp_path, site.url("/tiny.pt"), BLOB), part))
    assert [step.done for step in steps] == [*range(CHUNK, len(BLOB), CHUNK), len(BLOB)]
    assert {(step.stage, step.total, step.unit) for step in steps} == {
        ("download", len(BLOB), "bytes")
    }
    assert part.read_bytes() == BLOB


@pytest.mark.parametrize("announce", [True, False])
def test_cut_in_the_middle_then_resumed(
    site: Site, tmp_path: Path, part: Path, announce: bool
) -> None:
    file = site.serve("/tiny.pt", BLOB, cut=1_000_000, announce=announce)
    model = listed(tmp_path, site.url("/tiny.pt"), BLOB)
    error = failure(lambda: list(fetch(model, part)))
    assert error.code == "download-failed"
    assert "127.0.0.1" in error.what
    have = part.stat().st_size
    assert 0 < have <= 1_000_000

    file.cut = None
    steps = list(fetch(model, part))
    again = file.asked[-1]
    assert (again.range, again.if_range) == (f"bytes={have}-", '"one"')
    assert again.sent == len(BLOB) - have
    assert (steps[0].done > have, steps[-1].done, steps[-1].total) == (True, len(BLOB), len(BLOB))
    assert part.read_bytes() == BLOB
    list(fetch(model, part))
    assert len(file.asked) == 2  # all is there: nobody is asked again


def test_cancelled_then_resumed(site: Site, tmp_path: Path, part: Path) -> None:
    file = site.serve("/tiny.pt", BLOB)
    model = listed(tmp_path, site.url("/tiny.pt"), BLOB)
    steps = fetch(model, part)
    next(steps)
    next(steps)
    steps.close()
    assert part.stat().st_size == 2 * CHUNK
    list(fetch(model, part))
    assert file.asked[-1].range == f"bytes={2 * CHUNK}-"
    assert part.read_bytes() == BLOB


def test_a_server_that_ignores_ranges_is_read_from_the_start(
    site: Site, tmp_path: Path, part: Path
) -> None:
    file = site.serve("/tiny.pt", BLOB, cut=1_000_000)
    model = listed(tmp_path, site.url("/tiny.pt"), BLOB)
    failure(lambda: list(fetch(model, part)))
    file.cut, file.ranges = None, False
    list(fetch(model, part))
    assert (file.asked[-1].status, file.asked[-1].sent) == (200, len(BLOB))
    assert part.read_bytes() == BLOB


@pytest.mark.parametrize("etag", ['"two"', None])
def test_a_file_that_changed_is_read_from_the_start(
    site: Site, tmp_path: Path, part: Path, etag: str | None
) -> None:
    """By its ETag, or (without one) because the rest does not fit: then at the next attempt."""
    file = site.serve("/tiny.pt", BLOB[::-1], cut=1_000_000, etag='"one"' if etag else None)
    model = listed(tmp_path, site.url("/tiny.pt"), BLOB)
    failure(lambda: list(fetch(model, part)))
    file.data, file.cut, file.etag = BLOB, None, etag
    if etag is None:
        assert failure(lambda: list(fetch(model, part))).code == "wrong-hash"
    list(fetch(model, part))
    assert (file.asked[-1].status, file.asked[-1].sent) == (200, len(BLOB))
    assert part.read_bytes() == BLOB


def test_a_part_of_another_pinned_file_is_not_gone_on_with(
    site: Site, tmp_path: Path, part: Path
) -> None:
    file = site.serve("/tiny.pt", BLOB, cut=1_000_000)
    failure(lambda: list(fetch(listed(tmp_path, site.url("/tiny.pt"), BLOB), part)))
    newer = BLOB[::-1]
    file.data, file.cut = newer, None
    list(fetch(listed(tmp_path, site.url("/tiny.pt"), newer), part))
    assert file.asked[-1].range is None
    assert part.read_bytes() == newer


def test_a_wrong_hash_deletes_what_came(site: Site, tmp_path: Path, part: Path) -> None:
    site.serve("/tiny.pt", BLOB[::-1])
    model = listed(tmp_path, site.url("/tiny.pt"), BLOB)
    error = failure(lambda: list(fetch(model, part)))
    assert error.code == "wrong-hash"
    assert "deleted" in error.what
    assert not list(tmp_path.glob("tiny.*"))


@pytest.mark.parametrize("size_known", [True, False])
def test_a_truncated_file_is_never_taken(
    site: Site, tmp_path: Path, part: Path, size_known: bool
) -> None:
    site.serve("/tiny.pt", BLOB[:-1000])
    size = len(BLOB) if size_known else None
    model = listed(tmp_path, site.url("/tiny.pt"), BLOB, size=size)
    error = failure(lambda: list(fetch(model, part)))
    assert error.code == ("download-failed" if size_known else "wrong-hash")
    assert part.exists() == size_known
    assert failure(lambda: list(fetch(model, part))).code == error.code


def test_a_server_without_end_does_not_fill_the_disk(
    site: Site, tmp_path: Path, part: Path
) -> None:
    site.serve("/tiny.pt", BLOB * 4, announce=False)
    model = listed(tmp_path, site.url("/tiny.pt"), BLOB)
    steps = fetch(model, part)
    error = failure(lambda: [step for step in steps if step.done > len(BLOB)])
    assert error.code == "wrong-hash"


@pytest.mark.parametrize("status", [404, 403, 500])
def test_an_http_error_is_named(site: Site, tmp_path: Path, part: Path, status: int) -> None:
    site.serve("/tiny.pt", b"", status=status)
    error = failure(lambda: list(fetch(listed(tmp_path, site.url("/tiny.pt"), BLOB), part)))
    assert error.code == "download-failed"
    assert str(status) in error.what


def test_a_refused_connection_is_named(site: Site, tmp_path: Path, part: Path) -> None:
    url = site.url("/tiny.pt")
    site.server.shutdown()
    site.server.server_close()
    error = failure(lambda: list(fetch(listed(tmp_path, url, BLOB), part)))
    assert error.code == "download-failed"
    assert "refused" in error.what


def test_a_redirect_is_followed(site: Site, tmp_path: Path, part: Path) -> None:
    site.serve("/old", b"", status=302, location="/tiny.pt")
    site.serve("/tiny.pt", BLOB)
    list(fetch(listed(tmp_path, site.url("/old"), BLOB), part))
    assert part.read_bytes() == BLOB


@pytest.mark.parametrize("location", ["http://example.org/tiny.pt", "file:///etc/passwd"])
def test_unencrypted_hosts_are_refused(
    site: Site, tmp_path: Path, part: Path, location: str
) -> None:
    """By address, and when a redirect leads there: no byte is asked of them."""
    site.serve("/old", b"", status=302, location=location)
    error = failure(lambda: list(fetch(listed(tmp_path, site.url("/old"), BLOB), part)))
    assert "not encrypted" in error.what
    model = listed(tmp_path, "http://example.org/tiny.pt", BLOB)
    assert "not encrypted" in failure(lambda: list(fetch(model, part))).what


def test_redirects_in_a_circle_end(site: Site, tmp_path: Path, part: Path) -> None:
    file = site.serve("/old", b"", status=302, location="/old")
    error = failure(lambda: list(fetch(listed(tmp_path, site.url("/old"), BLOB), part)))
    assert "redirects" in error.what
    assert len(file.asked) < 10


@pytest.mark.skipif(sys.platform == "win32", reason="no RLIMIT_FSIZE there")
def test_a_full_disk_keeps_the_part(site: Site, tmp_path: Path, part: Path) -> None:
    """A process that may write no larger files meets what a full disk gives."""
    file = site.serve("/tiny.pt", BLOB)
    model = listed(tmp_path, site.url("/tiny.pt"), BLOB)
    code = """
import resource, sys
from pathlib import Path
from photosearch.encoders.available import find_model
from photosearch.encoders.download import fetch
from photosearch.errors import DISK_FULL_ERRNOS, PhotoSearchError
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
try:
    list(fetch(find_model("tiny"), Path(sys.argv[1])))
except PhotoSearchError as error:
    print(error.code, error)
"""
    command = [sys.executable, "-c", code, str(part)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("disk-full No space left to write")
    assert done.stdout.count("\n") == 1
    assert part.stat().st_size == 1_000_000
    list(fetch(model, part))
    assert file.asked[-1].range == "bytes=1000000-"


def test_too_little_space_is_said_before_anybody_is_asked(site: Site, tmp_path: Path) -> None:
    file = site.serve("/tiny.pt", BLOB)
    model = listed(tmp_path, site.url("/tiny.pt"), BLOB, size=10**18)
    error = failure(lambda: list(download(model, model.folder)))
    assert error.code == "disk-full"
    assert not file.asked


def test_two_at_once_do_not_harm_each_other(site: Site, tmp_path: Path) -> None:
    site.serve("/tiny.pt", BLOB)
    model = listed(tmp_path, site.url("/tiny.pt"), BLOB)
    first = download(model, model.folder)
    next(first)
    assert failure(lambda: list(download(model, model.folder))).code == "download-running"
    next(first)
    first.close()
    assert (model.folder.parent / ".partial" / "tiny.part").stat().st_size == 2 * CHUNK
    second = download(model, model.folder)  # the lock went with the first
    assert next(second).done == 3 * CHUNK
    second.close()


# From the bytes to an encoder


@pytest.fixture(scope="module")
def weights() -> dict[str, torch.Tensor]:
    """Random weights of the tiny architecture, by the names that open_clip gives them."""
    return tiny_model().state_dict()


def tiny_model() -> torch.nn.Module:
    from open_clip.model import CLIP

    torch.manual_seed(0)
    model: torch.nn.Module = CLIP(**TINY)
    return model.eval()


def pickled(what: object) -> bytes:
    file = io.BytesIO()
    torch.save(what, file)
    return file.getvalue()


def test_a_checkpoint_becomes_an_encoder(
    site: Site, tmp_path: Path, weights: dict[str, torch.Tensor]
) -> None:
    data = pickled({"state_dict": {f"module.{name}": value for name, value in weights.items()}})
    file = site.serve("/tiny.pt", data)
    model = listed(tmp_path, site.url("/tiny.pt"), data)
    stages = [step.stage for step in download(model, model.folder)]
    assert stages == sorted(stages, reverse=True)
    assert set(stages) == {"download", "convert"}

    [encoder] = installed_encoders()
    assert (encoder.id, encoder.path, encoder.licence) == ("tiny", model.folder, "MIT")
    assert (encoder.dimension, encoder.image_side, encoder.languages) == (8, 32, ("en",))
    config = json.loads((model.folder / "open_clip_config.json").read_text())
    assert config == {"model_cfg": TINY, "preprocess_cfg": PREPROCESS}
    saved = load_file(model.folder / "open_clip_model.safetensors")
    assert saved.keys() == weights.keys()
    assert all(torch.equal(saved[name], weights[name]) for name in weights)
    left = {path.name for path in model.folder.parent.rglob("*")} - {"tiny", ".partial"}
    assert left - {path.name for path in model.folder.iterdir()} <= {"tiny.lock"}
    assert list(download(model, model.folder)) == []  # it is there already
    assert len(file.asked) == 1


def test_weights_of_torchvision_become_a_tagger(
    site: Site, tmp_path: Path, with_encoder: Path, command: Command
) -> None:
    """Random weights of the real architecture, whose last layer is sure of one class."""
    torch.manual_seed(0)
    model = torchvision.models.mobilenet_v3_large()
    tabby = torchvision.models.MobileNet_V3_Large_Weights.DEFAULT.meta["categories"].index("tabby")
    with torch.no_grad():
        model.classifier[3].bias[tabby] += 100.0
    data = pickled(model.state_dict())
    names = {
        "name": "own",
        "library": "torchvision",
        "arch": "mobilenet_v3_large",
        "tag": "IMAGENET1K_V2",
    }
    site.serve("/own.pth", data)
    listed(tmp_path, site.url("/own.pth"), data, **names, model_cfg=None, preprocess={})
    assert command("models", "download", "own").code == 0
    rows = {row["name"]: row for row in command("models", "list", "--json").rows}
    assert (rows["own"]["installed"], rows["own"]["kind"]) == (True, "tagger")
    assert "own" not in [encoder.id for encoder in installed_encoders()]

    album = tmp_path / "album"
    album.mkdir()
    for seed in range(3):
        draw(seed, (64, 48)).save(album / f"{seed}.jpg")
    assert "tags the photos" in command("models", "use", "own").out
    assert command("index", album).code == 0
    tagged = command("tag", "list", album / "0.jpg", "--json").rows
    assert {"cat", "animal"} <= {row["tag"] for row in tagged}
    assert {(row["source"], row["encoder"]) for row in tagged} == {("classifier", "own")}


def test_the_command_line_tells_what_it_does(
    site: Site, tmp_path: Path, weights: dict[str, torch.Tensor]
) -> None:
    from typer.testing import CliRunner

    from photosearch.cli.models import app

    def run(*arguments: str) -> list[dict[str, Any]]:
        result = CliRunner().invoke(app, [*arguments, "--json"], catch_exceptions=False)
        return [json.loads(line) for line in result.stdout.splitlines()]

    save_file(weights, tmp_path / "tiny.safetensors")
    data = (tmp_path / "tiny.safetensors").read_bytes()
    site.serve("/tiny.safetensors", data)
    model = listed(tmp_path, site.url("/tiny.safetensors"), data)
    assert [(row["name"], row["installed"]) for row in run("list")] == [("tiny", False)]
    rows = run("download", "tiny")
    host = site.url("").removeprefix("http://")
    assert rows[0] == {"event": "connect", "model": "tiny", "host": host, "bytes": len(data)}
    progress = [row for row in rows if row["event"] == "progress"]
    assert progress[0].items() >= {"stage": "download", "total": len(data)}.items()
    done = {"event": "done", "model": "tiny", "path": str(model.folder)}
    assert rows[-1] == {**done, "downloaded": True}
    assert [(row["name"], row["installed"]) for row in run("list")] == [("tiny", True)]
    assert run("download", "tiny") == [{**done, "downloaded": False}]
    assert (model.folder / "open_clip_model.safetensors").read_bytes() == data


def test_a_malicious_pickle_is_refused_and_not_run(site: Site, tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    data = pickled({"state_dict": Malicious(touched)})
    pickle.loads(zipfile.ZipFile(io.BytesIO(data)).read("archive/data.pkl"))  # it does work
    touched.unlink()
    site.serve("/tiny.pt", data)
    model = listed(tmp_path, site.url("/tiny.pt"), data)
    error = failure(lambda: list(download(model, model.folder)))
    assert error.code == "bad-weights"
    assert "copyfile" in error.what
    assert not touched.exists()
    assert not installed_encoders()
    assert not list((model.folder.parent / ".partial").glob("*.part"))


class Malicious:
    """Writes a file when it is unpickled as Python unpickles."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return shutil.copyfile, (__file__, str(self.path))


def test_a_conversion_without_end_is_given_up_and_the_download_kept(
    site: Site, tmp_path: Path
) -> None:
    file = site.serve("/tiny.pt", BLOB)
    model = listed(tmp_path, site.url("/tiny.pt"), BLOB)
    for _ in range(2):
        error = failure(lambda: list(download(model, model.folder, convert_seconds=0)))
        assert error.code == "convert-failed"
    assert len(file.asked) == 1


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model as a TorchScript archive, as OpenAI published theirs: half precision, and
    with tensors among its attributes that are no weights."""
    model = tiny_model().half()
    model.input_resolution = torch.tensor(32)
    path = tmp_path_factory.mktemp("script") / "tiny.pt"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # TorchScript is deprecated; the files are there
        torch.jit.save(torch.jit.script(model), path)
    return path


def wanted(**changes: Any) -> dict[str, Any]:
    return {
        "name": "tiny",
        "library": "open_clip",
        "tag": None,
        "arch": None,
        "model_cfg": TINY,
        "preprocess": PREPROCESS,
        "safetensors": False,
        **changes,
    }


@pytest.mark.filterwarnings("ignore:.*TorchScript archive")
def test_a_torchscript_archive_becomes_an_encoder(
    script: Path, tmp_path: Path, weights: dict[str, torch.Tensor]
) -> None:
    with pytest.raises(RuntimeError, match="TorchScript"):  # why it needs code of ours
        torch.load(script, weights_only=True)
    assert "input_resolution" in convert.read_checkpoint(script, tmp_path)
    convert.make_folder(script, tmp_path / "made", wanted())
    saved = load_file(tmp_path / "made" / "open_clip_model.safetensors")
    assert saved.keys() == weights.keys()
    assert all(torch.equal(saved[name], weights[name].half()) for name in weights)


def test_a_malicious_torchscript_archive_is_refused_and_not_run(
    script: Path, tmp_path: Path
) -> None:
    """The names it may use are those of its own code, which is never read, and no others."""
    touched = tmp_path / "touched"
    bad = tmp_path / "bad.pt"
    with zipfile.ZipFile(script) as archive, zipfile.ZipFile(bad, "w") as copy:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith("/data.pkl"):
                data = pickle.dumps({"state": Malicious(touched)}, protocol=2)
            copy.writestr(name, data)
    error = failure(lambda: convert.make_folder(bad, tmp_path / "made", wanted()))
    assert error.code == "bad-weights"
    assert "copyfile" in error.what
    assert not touched.exists()


@pytest.mark.parametrize("what", ["text", "other weights", "no tensor", "nothing", "safetensors"])
def test_files_that_are_no_such_weights_are_refused(what: str, tmp_path: Path) -> None:
    contents = {
        "text": b"<html>please log in</html>",
        "other weights": pickled({"weight": torch.zeros(3)}),
        "no tensor": pickled({"epoch": 3}),
        "nothing": pickled({}),
        "safetensors": b"\xff" * 100,
    }
    source = tmp_path / "tiny.part"
    source.write_bytes(contents[what])
    model = wanted(safetensors=what == "safetensors")
    error = failure(lambda: convert.make_folder(source, tmp_path / "made", model))
    assert error.code == "bad-weights"
    assert source.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no RLIMIT_FSIZE there")
@pytest.mark.parametrize("kind", ["script", "checkpoint"])
def test_a_disk_that_fills_up_while_converting_is_told_from_bad_weights(
    kind: str, script: Path, tmp_path: Path, weights: dict[str, torch.Tensor]
) -> None:
    import resource

    source = tmp_path / "tiny.part"
    source.write_bytes(script.read_bytes() if kind == "script" else pickled(weights))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(OSError) as raised:
            convert.make_folder(source, tmp_path / "made", wanted())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert raised.value.errno in DISK_FULL_ERRNOS


# The list


def test_the_list_that_ships_says_what_open_clip_says(monkeypatch: pytest.MonkeyPatch) -> None:
    import open_clip
    from open_clip.pretrained import get_pretrained_cfg

    monkeypatch.delenv("PHOTOSEARCH_MODELS")
    models = [model for model in available_models() if model.library == "open_clip"]
    assert "ViT-B-32-openai" in [model.name for model in models]
    for model in models:
        assert model.arch and model.tag
        says = get_pretrained_cfg(model.arch, model.tag)
        assert {name: list(says[name]) for name in ("mean", "std")} == {
            name: model.preprocess[name] for name in ("mean", "std")
        }
        assert says["interpolation"] == model.preprocess["interpolation"]
        assert says["resize_mode"] == model.preprocess["resize_mode"]
        assert model.sha256 in says["url"] or says["hf_hub"].rstrip("/") in model.url
        config = open_clip.get_model_config(model.arch)
        assert config.get("quick_gelu", False) == says.get("quick_gelu", False)
        assert "hf_tokenizer_name" not in config["text_cfg"]
        assert model.url.startswith("https://")


def test_an_unknown_name_is_answered_with_the_closest(tmp_path: Path) -> None:
    listed(tmp_path, "https://example.org/tiny.pt", BLOB)
    error = failure(lambda: find_model("Tinny"))
    assert error.code == "unknown-model"
    assert "Did you mean tiny?" in error.todo


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "../../etc"},
        {"name": ".hidden"},
        {"sha256": "abc"},
        {"url": "ftp://example.org/tiny.pt"},
        {"size": -1},
        {"size": "large"},
        {"arch": "RN50"},
        {"model_cfg": None},
        {"languages": "en"},
        {"library": "elsewhere"},
        {"library": "torchvision"},
        {"surprise": 1},
    ],
)
def test_a_malformed_list_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    error = failure(lambda: listed(tmp_path, "https://example.org/tiny.pt", BLOB, **changes))
    assert error.code == "bad-model-list"
    assert str(tmp_path) in error.what


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"models": 3}', '{"models": [{}]}'])
def test_a_list_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "models.json").write_text(text)
    assert failure(available_models).code == "bad-model-list"
