"""`make duplicates-eval`: what the program says of seeded copies of photos, beside other methods.

For each transformation: how many of the pairs (original, copy) are said to be one shot; and how
many of all pairs said are right. The same on the same copies for the hashes of idealo/imagededup
(those of imagehash, at their best threshold), and for its CNN method with the built-in network's
features in place of its own (whose weights are not here) at its cosine of 0.9.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import imagehash
import numpy as np
import numpy.typing as npt
from PIL import Image

from bench.copies import TRANSFORMATIONS, write_copies
from bench.indexing import PHOTOS
from photosearch.catalog import pairs, places
from photosearch.catalog.embeddings import StoredVectors
from photosearch.encoders.registry import features_name, find_trunk
from photosearch.library import Library

KINDS = ("original", *TRANSFORMATIONS)
Key = tuple[str, str]  # kind of copy, name of the photo
HASHES: dict[str, Callable[[Image.Image], imagehash.ImageHash]] = {
    "phash": imagehash.phash,
    "dhash": imagehash.dhash,
    "ahash": imagehash.average_hash,
    "whash": imagehash.whash,
}


def main() -> None:
    """Write the copies, index them, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, default=PHOTOS)
    parser.add_argument("--part", choices=("all", "tuned", "held-out"), default="all")
    parser.add_argument("--each", type=int, help="photos of each album (seeded); none: all")
    parser.add_argument("--work", type=Path, help="keep the copies and the library here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = given.work or Path(folder)
        count = lay_out(given.photos, work / "copies", given.part, given.each)
        print(f"{count} photos, {len(TRANSFORMATIONS)} copies of each", flush=True)
        command = [sys.executable, "-m", "photosearch", "--library", str(work / "library")]
        run = [*command, "index", str(work / "copies"), "--json"]
        out = subprocess.run(run, check=True, capture_output=True, text=True).stdout
        print(out.splitlines()[-1], flush=True)
        report(work)


def lay_out(album: Path, folder: Path, part: str, each: int | None) -> int:
    """Write the copies of photos of the albums of a part; returns how many photos there are."""
    count = 0
    for number, source in enumerate(sorted(each for each in album.iterdir() if each.is_dir())):
        if (part == "tuned" and number >= 10) or (part == "held-out" and number < 10):
            continue
        found = sorted(source.glob("*.jpg"))
        random.Random(number).shuffle(found)
        for photo in found[:each]:
            write_copies(photo, f"{source.name}-{photo.stem}", folder)
            count += 1
    return count


def report(work: Path) -> None:
    """Print a row for each method, and the pairs of unlike photos that were said."""
    with Library(work / "library") as library:
        with library.catalog.read() as connection:
            said = list(pairs.live_pairs(connection))
            looks = [look.photo_id for look in pairs.looks(connection)]
            paths = places.paths_of(connection, looks)
        keys = {
            photo_id: [
                (Path(path.decode()).parent.name, Path(path.decode()).stem) for path in found
            ]
            for photo_id, found in paths.items()
        }
        ours = set()
        for pair in said:
            for one in keys[pair.photo_a]:
                for other in keys[pair.photo_b]:
                    ours.add(_pair(one, other))
        for several in keys.values():  # identical files
            for one in several:
                ours.update(_pair(one, other) for other in several if one < other)
        print("kinds said:", dict(Counter(pair.kind for pair in said)))
        names = sorted(Path(path.decode()).stem for found in paths.values() for path in found)
        names = sorted(set(names))
        head = f"{'':24}" + "".join(f"{kind[:10]:>11}" for kind in TRANSFORMATIONS)
        print(f"{head}{'macro':>9}{'precision':>11}{'pairs':>9}")
        print(_row("photosearch", ours, names))
        files = {
            (kind, name): work / "copies" / kind / f"{name}.jpg" for kind in KINDS for name in names
        }
        for label, found in _others(files, library, keys):
            print(_row(label, found, names), flush=True)
        for one, other in sorted(pair for pair in ours if pair[0][1] != pair[1][1]):
            print("unlike:", "/".join(one), "/".join(other))


def _pair(one: Key, other: Key) -> tuple[Key, Key]:
    return (one, other) if one < other else (other, one)


def _row(label: str, said: set[tuple[Key, Key]], names: list[str]) -> str:
    recalls = []
    for kind in TRANSFORMATIONS:
        found = sum(_pair(("original", name), (kind, name)) in said for name in names)
        recalls.append(found / len(names))
    true = sum(one[1] == other[1] for one, other in said)
    precision = true / len(said) if said else 1.0
    cells = "".join(f"{recall:11.3f}" for recall in recalls)
    return f"{label:24}{cells}{np.mean(recalls):9.3f}{precision:11.4f}{len(said):9}"


def _others(
    files: dict[Key, Path], library: Library, keys: dict[int, list[Key]]
) -> Iterator[tuple[str, set[tuple[Key, Key]]]]:
    """The other methods: a label and the pairs that each says."""
    order = sorted(files)
    for name, function in HASHES.items():
        bits = np.array([_bits(function, files[key]) for key in order], np.uint8)
        best: tuple[float, int, set[tuple[Key, Key]]] = (-1.0, 0, set())
        for threshold in (0, 2, 4, 6, 8, 10, 12):
            found = _pairs(order, _near(bits, threshold))
            score = _score(found, len(files) // len(KINDS))
            best = max(best, (score, threshold, found), key=lambda each: each[0])
        yield f"{name} within {best[1]}", best[2]
    trunk = find_trunk()
    if trunk is None:
        return
    ids, rows = [], []
    for _, some, blob in StoredVectors(library.catalog, features_name(trunk)).after(0):
        ids += some
        rows.append(np.frombuffer(blob, "<f2").reshape(len(some), -1).astype(np.float32))
    matrix = np.concatenate(rows)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    found = set()
    for first, second in _like(matrix, 0.9):
        found |= {_pair(one, other) for one in keys[ids[first]] for other in keys[ids[second]]}
    yield "network's cosine 0.9", found


def _score(said: set[tuple[Key, Key]], photos: int) -> float:
    """F1 of precision and of the recall of pairs (original, copy): what “best” means here."""
    true = [pair for pair in said if pair[0][1] == pair[1][1]]
    found = sum("original" in (one[0], other[0]) for one, other in true)
    recall = found / (photos * len(TRANSFORMATIONS))
    precision = len(true) / len(said) if said else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _bits(
    function: Callable[[Image.Image], imagehash.ImageHash], file: Path
) -> npt.NDArray[np.bool_]:
    with Image.open(file) as image:
        return np.asarray(function(image.convert("L")).hash).ravel()


def _near(bits: npt.NDArray[np.uint8], threshold: int) -> Iterator[tuple[int, int]]:
    signs = bits.astype(np.float32) * 2 - 1
    for start in range(0, len(signs), 1000):
        far = (bits.shape[1] - signs[start : start + 1000] @ signs.T) / 2
        for row, column in zip(*np.nonzero(far <= threshold + 0.5), strict=True):
            if start + row < column:
                yield start + int(row), int(column)


def _like(matrix: npt.NDArray[np.float32], least: float) -> Iterator[tuple[int, int]]:
    for start in range(0, len(matrix), 1000):
        cosines = matrix[start : start + 1000] @ matrix.T
        for row, column in zip(*np.nonzero(cosines >= least), strict=True):
            if start + row < column:
                yield start + int(row), int(column)


def _pairs(order: list[Key], found: Iterable[tuple[int, int]]) -> set[tuple[Key, Key]]:
    return {_pair(order[first], order[second]) for first, second in found}


if __name__ == "__main__":
    main()
