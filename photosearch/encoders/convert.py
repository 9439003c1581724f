"""Downloaded weights to a folder that open_clip or torchvision loads, without running what is in
them.

This is the code of a child process: weights come from outside, and reading them may fail in ways
that end a process. Checkpoints are read by torch's weights-only unpickler and nothing else.
"""

from __future__ import annotations

import json
import logging
import os
import pickletools
import re
import shutil
import warnings
import zipfile
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photosearch.children import send
from photosearch.encoders.available import TORCHVISION
from photosearch.encoders.registry import (
    BACKBONE,
    BACKBONE_WEIGHTS,
    CONFIG,
    IMAGENET,
    WEIGHTS,
)
from photosearch.errors import DISK_FULL_ERRNOS, PhotoSearchError
from photosearch.paths import printable

if TYPE_CHECKING:
    from torch import Tensor

DISK_FULL = "disk-full"
BAD_WEIGHTS = "bad-weights"


def main(connection: Connection, *arguments: str) -> None:
    """The child: `make_folder(*arguments)`, then one message, empty or with `code` and `what`."""
    warnings.simplefilter("ignore")
    logging.disable()
    source, folder, model = arguments
    try:
        make_folder(Path(source), Path(folder), json.loads(model))
    except PhotoSearchError as error:
        send(connection, {"code": error.code, "what": error.what, "todo": error.todo})
    except MemoryError:
        send(connection, {"code": "no-memory", "what": "there is too little memory"})
    except OSError as error:
        full = error.errno in DISK_FULL_ERRNOS
        send(connection, {"code": DISK_FULL if full else "disk-error", "what": _line(error)})
    else:
        send(connection, {})


def make_folder(source: Path, folder: Path, model: dict[str, Any]) -> None:
    """Write config and weights into `folder` and see that its library loads them, every one.

    `source`: the download, which is left as it is; `model`: name, library, arch, tag, model_cfg and
    preprocess of the AvailableModel, and `safetensors`, whether the download is such a file or a
    checkpoint.
    Raises PhotoSearchError (`bad-weights`) where the file does not hold this model, OSError where
    the disk refuses.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tensors = None if model["safetensors"] else read_checkpoint(source, folder)
    if model["library"] == TORCHVISION:
        _make_backbone(tensors, source, folder, model["arch"], model["tag"])
        return

    os.environ["HF_HUB_OFFLINE"] = "1"  # before open_clip brings the hub library in
    import open_clip

    config = model["model_cfg"] or open_clip.get_model_config(model["arch"])
    if config is None:
        raise _bad(f"open_clip knows no architecture {model['arch']}")
    text = json.dumps({"model_cfg": config, "preprocess_cfg": model["preprocess"]}, indent=2)
    (folder / CONFIG).write_text(text + "\n", "utf-8")
    if tensors is None:
        _link(source, folder / WEIGHTS)
    else:
        _write(tensors, folder, source)
    try:
        open_clip.create_model_from_pretrained(f"local-dir:{folder}", device="cpu")
    except Exception as error:
        raise _unless_memory(error, f"they do not fit the model: {_line(error)}") from error


def _make_backbone(
    tensors: dict[str, Tensor] | None, source: Path, folder: Path, arch: str, weights: str
) -> None:
    """Write the config of a backbone and its weights, the last layer by the name of a classifier
    (see `classifiers.load_classifiers`)."""
    import torch

    from photosearch.encoders.backbone import class_names, headless, network, own_weights

    if tensors is None:
        from safetensors.torch import load_file

        tensors = load_file(source)
    try:
        meant = own_weights(arch, weights)
        model = network(arch)
        model.load_state_dict(tensors, assign=True)
    except Exception as error:
        raise _unless_memory(error, f"they do not fit the model: {_line(error)}") from error
    head = headless(model)
    saved = dict(model.state_dict())
    saved |= {f"{IMAGENET}.weight": head.weight, f"{IMAGENET}.bias": head.bias}
    saved[f"{IMAGENET}.text"] = torch.zeros(len(head.weight), 0)  # it knows no words
    _save(saved, folder / BACKBONE_WEIGHTS)
    transforms = meant.transforms()
    side = max(*transforms.resize_size, *transforms.crop_size)
    config = {"arch": arch, "weights": weights, "side": side, "classes": class_names(meant)}
    (folder / BACKBONE).write_text(json.dumps(config, indent=2) + "\n", "utf-8")


def read_checkpoint(source: Path, scratch: Path) -> dict[str, Tensor]:
    """The tensors of a PyTorch checkpoint by name, on the CPU; nothing in it is executed.

    A state dict may sit under `state_dict`, and its names may begin with `module.`. A TorchScript
    archive (OpenAI's files) is read as the same: see `_read_torchscript`, which needs room in
    `scratch`. Raises PhotoSearchError (`bad-weights`) for anything else.
    """
    import torch

    try:
        if _is_torchscript(source):
            return _read_torchscript(source, scratch)
        found: Any = torch.load(source, map_location="cpu", weights_only=True)
    except (OSError, PhotoSearchError):
        raise
    except Exception as error:
        raise _unless_memory(error, _line(error)) from error
    if isinstance(found, dict) and isinstance(found.get("state_dict"), dict):
        found = found["state_dict"]
    if not isinstance(found, dict) or not found:
        raise _bad("it holds no weights")
    tensors = {}
    for name, value in found.items():
        if not isinstance(name, str) or not isinstance(value, torch.Tensor):
            raise _bad(f"{name!r} in it is no tensor")
        tensors[name.removeprefix("module.")] = value
    return tensors


def _is_torchscript(source: Path) -> bool:
    if not zipfile.is_zipfile(source):
        return False
    with zipfile.ZipFile(source) as archive:
        return any(name.endswith("/constants.pkl") for name in archive.namelist())


class _Module:
    """Stands for every class of a TorchScript archive: its attributes, and no code."""


def _value(value: object, *_: object) -> object:
    """Stands for the functions of `torch.jit._pickle`, which mark a list's type."""
    return value


def _read_torchscript(source: Path, scratch: Path) -> dict[str, Tensor]:
    """The tensors of a TorchScript archive by their attribute's dotted name.

    `torch.load(weights_only=True)` refuses these archives, and `torch.jit.load` would compile
    their code. But the modules in them are an ordinary torch pickle of attributes beside that
    code, so the pickle and its tensors are copied into an archive without code, and that is read
    by the same weights-only unpickler as any checkpoint. The classes it names, which exist in the
    code only, are all `_Module`; a name from elsewhere is refused as always.
    """
    import torch

    plain = scratch / "plain.pt"
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(plain, "w") as copy:
        root = archive.namelist()[0].partition("/")[0]
        names = set(_globals(archive.read(f"{root}/data.pkl")))
        for entry in archive.infolist():
            below = entry.filename.removeprefix(f"{root}/")
            if not below.startswith(("code/", "constants")):  # by these torch knows TorchScript
                with archive.open(entry) as reading, copy.open(entry.filename, "w") as writing:
                    shutil.copyfileobj(reading, writing, 1 << 20)
    allowed: list[Any] = [(_Module, name) for name in names if name.startswith("__torch__.")]
    allowed += [(_value, name) for name in names if name.startswith("torch.jit._pickle.")]
    with torch.serialization.safe_globals(allowed):
        top = torch.load(plain, map_location="cpu", weights_only=True)
    plain.unlink()
    if not isinstance(top, _Module):
        raise _bad("it holds no module")
    return dict(_tensors(top, ""))


def _globals(pickled: bytes) -> Iterator[str]:
    """The dotted names a pickle asks for, by reading its opcodes (nothing is executed)."""
    for opcode, argument, _ in pickletools.genops(pickled):
        if opcode.name == "GLOBAL":
            yield str(argument).replace(" ", ".")


def _tensors(module: _Module, prefix: str) -> Iterator[tuple[str, Tensor]]:
    import torch

    for name, value in vars(module).items():
        if isinstance(value, torch.Tensor):
            yield prefix + name, value
        elif isinstance(value, _Module):
            yield from _tensors(value, f"{prefix}{name}.")


def _write(tensors: dict[str, Tensor], folder: Path, source: Path) -> None:
    """Save the tensors that the model in `folder` has as its safetensors file."""
    import open_clip

    if _is_torchscript(source):
        # Its attributes hold more tensors than the weights: attention masks, OpenAI's sizes.
        empty = open_clip.create_model(f"local-dir:{folder}", load_weights=False, device="cpu")
        wanted = empty.state_dict().keys()
        tensors = {name: tensor for name, tensor in tensors.items() if name in wanted}
    _save(tensors, folder / WEIGHTS)


def _save(tensors: dict[str, Tensor], file: Path) -> None:
    from safetensors import SafetensorError
    from safetensors.torch import save_file

    # Own, dense storage: safetensors takes no views of shared memory.
    own = {name: tensor.detach().contiguous().clone() for name, tensor in tensors.items()}
    try:
        save_file(own, file, metadata={"format": "pt"})
    except SafetensorError as error:  # it tells the disk's errors as text
        if number := re.search(r"os error (\d+)", str(error)):
            raise OSError(int(number[1]), os.strerror(int(number[1]))) from error
        raise _bad(_line(error)) from error


def _link(source: Path, target: Path) -> None:
    """The same bytes under a second name; copied where the disk knows no links."""
    try:
        target.hardlink_to(source)
    except (OSError, NotImplementedError):
        shutil.copyfile(source, target)


def _bad(why: str) -> PhotoSearchError:
    return PhotoSearchError(
        BAD_WEIGHTS,
        f"The downloaded weights cannot be used ({why})",
        "Nothing was installed; choose another model (`photosearch models list`).",
    )


def _unless_memory(error: Exception, why: str) -> Exception:
    """Bad weights are thrown away; weights that found too little memory are not bad."""
    if isinstance(error, MemoryError) or "can't allocate memory" in str(error):
        return MemoryError()
    return _bad(why)


def _line(error: Exception) -> str:
    """An error as one short line, without torch's advice on how to trust the file."""
    text = " ".join(str(error).split()).rpartition("WeightsUnpickler error: ")[2]
    return printable(text.partition(" Please use ")[0][:200]) or type(error).__name__
