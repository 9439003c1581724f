"""The contract of the command line, by running it: rows, exit codes, one line for each error."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from photosearch.indexing.board import Board
from photosearch.indexing.run import one_indexer
from photosearch.library import CATALOG_FILE
from tests.conftest import Command, Ran, draw


def index_line(where: Path, album: Path) -> list[str]:
    """The command line that indexes `album` into the library that `command` uses too."""
    library = str(where / "library")
    return [
        sys.executable,
        "-m",
        "photosearch",
        "--library",
        library,
        "index",
        str(album),
        "--json",
    ]


def one_clear_line(ran: Ran, *words: str) -> None:
    """It failed, said so in one line on stderr with these words in it, and printed no row."""
    assert ran.code == 1, ran
    assert ran.out == ""
    assert ran.err.count("\n") == 1 and ran.err.endswith("\n"), ran.err
    for word in words:
        assert word in ran.err, ran.err


def test_the_main_job(command: Command, album: Path, with_encoder: Path) -> None:
    ran = command("index", album, "--json")
    assert ran.code == 0, ran
    done = ran.rows[-1]
    assert done["event"] == "done"
    assert (done["seen"], done["new"], done["failed"]) == (6, 6, 0) and done["seconds"] > 0
    assert {row["stage"] for row in ran.rows if row["event"] == "progress"} == {
        *("scan", "read", "encode", "index", "duplicates", "taught")
    }
    ran = command("search", "the kids at the beach", "-n", 3, "--json")
    assert ran.code == 0 and [row["rank"] for row in ran.rows] == [1, 2, 3]
    for row in ran.rows:
        assert Path(row["path"]).is_absolute() and Path(row["path"]).is_file()
        assert -1 <= row["score"] <= 1 and row["relevance"] is None and row["reasons"]
    assert [row["score"] for row in ran.rows] == sorted(
        (row["score"] for row in ran.rows), reverse=True
    )
    photo = album / "summer" / "1.jpg"
    ran = command("similar", photo, "-n", 10, "--json")
    assert ran.code == 0 and len(ran.rows) == 5
    assert str(photo) not in [row["path"] for row in ran.rows]


def test_many_queries_on_stdin(command: Command, album: Path, with_encoder: Path) -> None:
    command("index", album, "--json")
    ran = command("search", "-", "-n", 2, "--json", stdin="a cat\n\n  \na dog on the sofa\n")
    assert [(row["query"], row["rank"]) for row in ran.rows] == [
        *(("a cat", 1), ("a cat", 2)),
        *(("a dog on the sofa", 1), ("a dog on the sofa", 2)),
    ]
    copy = album.parent / "elsewhere.jpg"  # a photo that is in no library
    draw(3).save(copy, quality=60)
    lines = f"{album / 'winter' / '0.jpg'}\n{album / 'gone.jpg'}\n{copy}\n"
    ran = command("similar", "-", "-n", 1, "--json", stdin=lines)
    assert ran.code == 0 and [row["query"] for row in ran.rows] == [
        str(album / "winter" / "0.jpg"),
        str(copy),
    ]
    assert ran.rows[1]["path"] == str(album / "summer" / "3.jpg")
    assert "gone.jpg" in ran.err and len(ran.err.splitlines()) == 1


def test_words_by_hand_and_back(here: Command, album: Path, tmp_path: Path) -> None:
    here("index", album)
    photo = album / "summer" / "1.jpg"
    assert here("rate", photo, 4).code == 0
    assert here("favourite", photo).code == 0
    assert here("tag", "add", photo, "the kids").code == 0
    exported = json.loads(here("export").out)
    assert [row["stars"] for row in exported["ratings"]] == [4]
    assert len(exported["favourites"]) == 1 and exported["tags"][0]["name"] == "the kids"
    ran = here("undo", "--json")
    assert ran.rows == [{"event": "undone", "action": "tag add 1.jpg the kids"}]
    assert json.loads(here("export").out)["tags"] == []
    file = tmp_path / "words.json"
    file.write_text(json.dumps(exported))
    assert here("import", file, "--json").rows == [{"event": "imported", "changed": 1}]
    again = json.loads(here("export").out)
    assert {**again, "exported_at": ""} == {**exported, "exported_at": ""}
    assert here("tag", "remove", photo, "the kids").code == 0
    assert here("favourite", photo, "--off").code == 0
    assert here("rate", photo, 0).code == 0
    exported = json.loads(here("export").out)
    assert exported["ratings"] == exported["favourites"] == exported["tags"] == []


def test_roots_and_purge(here: Command, album: Path, tmp_path: Path) -> None:
    here("index", album)
    assert here("roots", "list", "--json").rows == [
        {"path": str(album), "photos": 6, "reachable": True}
    ]
    moved = tmp_path / "moved"
    album.rename(moved)
    assert here("roots", "list", "--json").rows[0]["reachable"] is False
    assert here("roots", "relocate", album, moved).code == 0
    ran = here("index", "--json")
    assert (ran.rows[-1]["seen"], ran.rows[-1]["new"]) == (6, 0)
    (moved / "summer" / "1.jpg").unlink()
    here("index")
    assert here("purge", "--json").rows == [
        {"event": "dry-run", "photos": 0, "backup": None}  # it has not been gone for long
    ]
    ran = here("purge", "--days", 0, "--json")
    assert ran.rows[0]["path"] == str(moved / "summer" / "1.jpg")
    assert ran.rows[-1] == {"event": "dry-run", "photos": 1, "backup": None}
    here("purge", "--days", 0, "--yes")
    assert here("purge", "--days", 0, "--json").rows[-1]["photos"] == 0
    assert here("roots", "remove", moved).code == 0
    assert here("roots", "list", "--json").rows == []
    assert here("undo").code == 0
    assert here("roots", "list", "--json").rows[0]["photos"] == 5


def test_wrong_usage_is_exit_code_2(here: Command, album: Path) -> None:
    assert here("no-such-command").code == 2
    assert here("search").code == 2
    assert here("search", "a cat", "-n", 0).code == 2
    assert here("rate", album / "summer" / "1.jpg", 6).code == 2


def test_errors_are_one_line_that_says_what_to_do(
    here: Command, album: Path, with_encoder: Path, tmp_path: Path
) -> None:
    one_clear_line(here("index", tmp_path / "no-such-folder", "--json"), "no-such-folder")
    one_clear_line(here("index", album / "summer" / "1.jpg"), "1.jpg", "folder it is in")
    one_clear_line(here("index", "--json"), "photosearch index FOLDER")
    one_clear_line(here("search", "a cat", "--json"), "photosearch index FOLDER")
    one_clear_line(here("search", "   "), "no words")
    one_clear_line(here("rate", album / "summer" / "1.jpg", 3), "1.jpg", "not in the library")
    one_clear_line(here("roots", "remove", album), str(album))
    one_clear_line(here("import", tmp_path / "no-such.json"), "no-such.json")
    text = tmp_path / "text.jpg"
    text.write_text("this is no picture")
    here("index", album)
    one_clear_line(here("similar", text, "--json"), "text.jpg", "not a picture")
    one_clear_line(here("similar", tmp_path / "none.jpg"), "none.jpg")
    assert here("index", "--json").rows[-1]["failed"] == 0


def test_an_empty_folder_is_said_to_be_empty(command: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = command("index", tmp_path / "empty")
    assert ran.code == 0 and "0 photos seen" in ran.out
    assert f"{tmp_path / 'empty'}: no photos" in ran.err
    ran = command("index", tmp_path / "empty", "--json")
    assert ran.rows[-1]["seen"] == 0 and "no-photos" in [row.get("code") for row in ran.rows]


def test_a_library_of_a_newer_version_is_refused(command: Command, album: Path) -> None:
    command("index", album)
    file = album.parent / "library" / CATALOG_FILE
    with sqlite3.connect(file) as database:
        database.execute("INSERT INTO schema_version VALUES (999, '2030-01-01')")
    database.close()
    one_clear_line(command("search", "a cat"), "newer PhotoSearch", "--library")
    one_clear_line(command("index", album), "newer PhotoSearch")


def test_a_full_disk_is_said_and_nothing_is_lost(
    command: Command, album: Path, with_encoder: Path, tmp_path: Path
) -> None:
    for number in range(100, 140):
        draw(number).save(album / f"{number}.jpg")
    for limit in (20_000, 150_000, 400_000):  # bytes that a file may have
        done = subprocess.run(
            index_line(tmp_path, album),
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),  # noqa: B023
        )
        if limit == 20_000 or done.returncode:  # the larger ones may do for a part, or for all
            assert done.returncode == 1
            assert len(done.stderr.splitlines()) == 1 and "No space left" in done.stderr
    ran = command("index", album, "--json")
    assert (ran.code, ran.rows[-1]["seen"], ran.rows[-1]["failed"]) == (0, 46, 0)
    assert len(command("search", "anything", "-n", 99, "--json").rows) == 46


def test_two_indexers_at_once(
    command: Command, album: Path, tmp_path: Path, with_encoder: Path
) -> None:
    command("index", album)
    with one_indexer(tmp_path / "library"):
        one_clear_line(command("index", album, "--json"), "indexed already")
        assert command("rate", album / "summer" / "1.jpg", 5).code == 0  # words wait for nobody


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ended_by_a_signal_it_says_so_and_can_go_on(
    number: signal.Signals, command: Command, album: Path, tmp_path: Path, with_encoder: Path
) -> None:
    run = subprocess.Popen(
        index_line(tmp_path, album),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    run.stdout.readline()
    run.send_signal(number)
    _, err = run.communicate()
    assert run.returncode == 1 and err.startswith("Stopped.") and len(err.splitlines()) == 1
    assert command("index", album, "--json").rows[-1]["seen"] == 6


def test_stdin_is_not_read_unless_told_to(command: Command, album: Path) -> None:
    reader, writer = os.pipe()  # open, and never written to: whoever reads it waits for ever
    try:
        done = subprocess.run(
            index_line(album.parent, album),
            stdin=reader,
            capture_output=True,
            timeout=120,
            check=False,
        )
    finally:
        os.close(reader)
        os.close(writer)
    assert done.returncode == 0


def steered(where: Path, album: Path) -> subprocess.Popen[str]:
    """A run that is steered over its stdin."""
    return subprocess.Popen(
        [*index_line(where, album), "--control"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PHOTOSEARCH_WORKERS": "1"},
    )


def tell(run: subprocess.Popen[str], *words: str) -> None:
    assert run.stdin is not None
    for word in words:
        run.stdin.write(f"{word}\n")
    run.stdin.flush()


def rows_until(run: subprocess.Popen[str], text: str) -> list[dict[str, object]]:
    """The rows that it prints, up to one with this text in it."""
    rows = []
    assert run.stdout is not None
    for line in run.stdout:
        rows.append(json.loads(line))
        if text in line:
            return rows
    raise AssertionError(rows)


def test_a_run_is_paused_resumed_and_ends(command: Command, album: Path) -> None:
    run = steered(album.parent, album)
    tell(run, "pause")
    rows_until(run, '"paused"')
    before = command("doctor", "--digest", "--json").rows
    assert command("doctor", "--digest", "--json").rows == before
    tell(run, "resume")
    assert rows_until(run, '"event"')[0]["code"] == "resumed"
    assert run.stdout is not None and run.stderr is not None and run.stdin is not None
    assert json.loads(run.stdout.read().splitlines()[-1])["new"] == 6
    assert run.wait() == 0  # though its stdin is still open
    assert run.stderr.read() == ""
    for stream in (run.stdin, run.stdout, run.stderr):
        stream.close()


@pytest.mark.parametrize("last_word", ["stop\n", "", "resume\nstop\n", "pause\n", "stop"])
def test_stopped_by_a_word_or_the_end_of_its_input_it_can_go_on(
    last_word: str, command: Command, album: Path, tmp_path: Path, with_encoder: Path
) -> None:
    run = steered(tmp_path, album)
    tell(run, "pause")
    rows_until(run, '"paused"')
    out, err = run.communicate(last_word)
    assert (run.returncode, err) == (0, "")
    rows = [json.loads(line) for line in out.splitlines()]
    assert rows[-1]["code"] == "stopped"
    ran = command("index", "--json")
    assert (ran.code, ran.rows[-1]["seen"]) == (0, 6)
    assert command("doctor", "--digest", "--json").rows[0]["vector_count"] == 6


def test_words_that_are_not_understood_are_said_and_do_nothing(
    command: Command, album: Path, tmp_path: Path
) -> None:
    run = steered(tmp_path, album)
    tell(run, "pause")
    rows_until(run, '"paused"')
    assert run.stdin is not None
    words = ["dance", "", "\x1b[31mRESUME", "x" * 200_000, "stop"]
    out, err = run.communicate("\n".join(words))
    assert run.returncode == 0
    assert [json.loads(line)["code"] for line in out.splitlines()] == ["stopped"]
    lines = err.splitlines()
    assert len(lines) == 4 and all("pause, resume or stop" in line for line in lines)
    assert "dance" in lines[0] and "\x1b" not in err and max(map(len, lines)) < 120


def test_in_the_background_it_goes_on_without_anybody(
    command: Command, album: Path, tmp_path: Path
) -> None:
    for number in range(100, 140):
        draw(number, (64, 48)).save(album / f"{number}.jpg")
    run = steered(tmp_path, album)
    assert run.stdin is not None and run.stdout is not None and run.stderr is not None
    tell(run, "pause")
    rows_until(run, '"paused"')
    run.stdout.close()  # the window goes, its last word comes when the run has seen that
    run.stderr.close()
    tell(run, "resume")
    board, pause = Board(tmp_path / "library"), threading.Event()
    while (seen := board.running()) is not None and (seen.stage == "scan" or not seen.done):
        pause.wait(0.01)
    tell(run, "background")
    run.stdin.close()
    assert run.wait() == 0
    assert command("index", "--json").rows[-1]["new"] == 0
    assert command("doctor", "--digest", "--json").rows[0]["photos"] == 46


def test_an_error_of_a_steered_run_is_a_row_too(
    command: Command, album: Path, tmp_path: Path
) -> None:
    for arguments, code in (
        (["index", str(tmp_path / "none"), "--json", "--control"], "not-found"),
        (["index", "--json", "--control"], "no-roots"),
    ):
        ran = command(*arguments)
        assert ran.code == 1 and len(ran.err.splitlines()) == 1
        (row,) = ran.rows
        assert (row["event"], row["code"]) == ("error", code)
        assert row["what"] and row["what"] in ran.err
    with one_indexer(tmp_path / "library"):
        (row,) = (
            row
            for row in command("index", album, "--json", "--control").rows
            if row["event"] == "error"
        )
        assert row["code"] == "indexer-running"


def test_killed_while_it_is_paused_the_next_run_goes_on(
    command: Command, album: Path, tmp_path: Path, with_encoder: Path
) -> None:
    run = steered(tmp_path, album)
    tell(run, "pause")
    rows_until(run, '"paused"')
    run.kill()
    run.communicate()
    assert command("index", "--json").rows[-1]["seen"] == 6
    assert command("doctor", "--digest", "--json").rows[0]["vector_count"] == 6
    checks = {row["name"]: row["status"] for row in command("doctor", "--json").rows}
    assert set(checks.values()) == {"ok"}


def test_output_to_a_closed_pipe_is_no_traceback(command: Command, album: Path) -> None:
    run = subprocess.Popen(
        index_line(album.parent, album),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None and run.stderr is not None
    run.stdout.close()
    assert run.stderr.read() == ""
    assert run.wait() == 1
    run.stderr.close()


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1, 2)])
def test_with_streams_closed_it_does_the_same(
    closed: tuple[int, ...], command: Command, album: Path, with_encoder: Path
) -> None:
    def close() -> None:
        for stream in closed:
            os.close(stream)

    done = subprocess.run(index_line(album.parent, album), preexec_fn=close, check=False)
    assert done.returncode == 0
    ran = command("index", "--json")
    assert (ran.rows[-1]["new"], ran.rows[-1]["failed"]) == (0, 0)
    assert len(command("search", "anything", "--json").rows) == 6


def test_any_name_can_be_printed_on_any_terminal(
    command: Command, album: Path, with_encoder: Path
) -> None:
    (album / "winter" / "0.jpg").rename(album / "日本語.jpg")
    command("index", album)
    ran = command("search", "a “quote”", env={"PYTHONIOENCODING": "latin-1"})
    assert ran.code == 0 and "\\u65e5" in ran.out


def test_importing_the_package_is_light() -> None:
    code = (
        "import photosearch, sys\n"
        "assert not {'torch', 'faiss', 'PySide6'} & set(sys.modules)\n"
        "import photosearch.cli, photosearch.library\n"
        "assert not {'torch', 'faiss', 'PySide6', 'open_clip'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_doctor(command: Command, album: Path, with_encoder: Path) -> None:
    command("index", album)
    ran = command("doctor", "--json")
    assert ran.code == 0, ran
    checks = {row["name"]: row for row in ran.rows}
    assert {row["status"] for row in ran.rows} == {"ok"}
    assert "6 vectors" in checks["vector index"]["text"]
    assert checks["device"]["text"].startswith(("cpu", "cuda", "mps"))
    first = command("doctor", "--digest", "--json").rows[0]
    assert (first["photos"], first["files"], first["vector_count"]) == (6, 6, 6)
    command("rate", album / "summer" / "1.jpg", 2)
    assert command("doctor", "--digest", "--json").rows[0]["rows"] != first["rows"]


def test_doctor_names_what_is_wrong(command: Command, album: Path) -> None:
    command("index", album)
    assert {"encoder in use"} == {
        row["name"] for row in command("doctor", "--json").rows if row["status"] == "warn"
    }
    (album.parent / "library" / CATALOG_FILE).write_bytes(b"no database" * 100)
    one_clear_line(command("doctor"), "damaged", "backups")


def test_demo_twice(with_builtin: None, tmp_path: Path) -> None:
    for package in ("skimage", "sklearn", "matplotlib"):
        pytest.importorskip(package)
    done = subprocess.run(
        [sys.executable, "-m", "photosearch", "demo"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "a cat " in done.stdout and "photosearch index FOLDER" in done.stdout
    out = subprocess.check_output([sys.executable, "-m", "photosearch", "demo", "--json"])
    rows = [json.loads(line) for line in out.splitlines()]
    ranks = {row["query"]: row["rank"] for row in rows if "query" in row}
    assert len(ranks) == 10
    assert sum(rank == 1 for rank in ranks.values()) >= 7
    assert sum(rank <= 3 for rank in ranks.values()) >= 9
    assert all(row["good"] for row in rows if "query" in row)  # none of them is "no good match"
    (absent,) = [row["no_good_match"] for row in rows if row.get("event") == "absent"]
    assert "a submarine" in absent and len(absent) == 6
    assert Path(rows[-1]["contact_sheet"]).stat().st_size > 50_000
