"""Settings: their defaults, and what the environment says."""

from __future__ import annotations

import dataclasses
import errno
import json
import os

import pytest

from photosearch import settings
from photosearch.errors import PhotoSearchError
from photosearch.settings import Settings
from tests.conftest import Command

NAMES = [field.name for field in dataclasses.fields(Settings)]


def test_without_an_environment_there_are_defaults() -> None:
    assert Settings.from_environment() == Settings()


def test_every_default_is_a_positive_whole_number() -> None:
    for value in dataclasses.asdict(Settings()).values():
        assert isinstance(value, int)
        assert value >= 1


@pytest.mark.parametrize("name", NAMES)
def test_each_can_be_set_by_the_environment_alone(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"PHOTOSEARCH_{name.upper()}", "7")
    assert Settings.from_environment() == dataclasses.replace(Settings(), **{name: 7})


@pytest.mark.parametrize(
    "text", ["0", "-1", "1.5", "two", "", " ", "1e3", "0x10", "²", "1\n2", "\x1b[31m"]
)
def test_what_is_no_positive_whole_number_is_refused_in_one_line(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHOTOSEARCH_WORKERS", text)
    with pytest.raises(PhotoSearchError) as caught:
        Settings.from_environment()
    assert caught.value.code == "bad-setting"
    assert "PHOTOSEARCH_WORKERS" in str(caught.value)
    assert str(caught.value).isprintable()


def test_settings_do_not_change() -> None:
    made = Settings()
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.workers = 3  # type: ignore[misc]


def test_the_file_is_overridden_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.store("workers", 3)
    settings.store("encode_batch", 5)
    monkeypatch.setenv("PHOTOSEARCH_WORKERS", "7")
    assert Settings.load() == dataclasses.replace(Settings(), workers=7, encode_batch=5)
    settings.store("encode_batch", None)
    assert Settings.load() == dataclasses.replace(Settings(), workers=7)
    assert settings.stored() == settings.Stored({"workers": 3})


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[1]", b"\xff\x00", b"[" * 100_000, b'"workers"', b"{}{}"]
)
def test_a_bad_file_is_said_in_one_line_and_not_used(text: bytes) -> None:
    settings.file().parent.mkdir(parents=True, exist_ok=True)
    settings.file().write_bytes(text)
    assert Settings.load() == Settings()
    (mistake,) = settings.stored().mistakes
    assert mistake.isprintable() and "settings.json" in mistake
    settings.store("workers", 3)
    assert settings.stored() == settings.Stored({"workers": 3})


@pytest.mark.parametrize("value", ["0", "-1", "true", "1.5", '"2"', "null", "[]", "1" * 5000])
def test_a_bad_value_is_named_and_the_others_count(value: str) -> None:
    settings.file().parent.mkdir(parents=True, exist_ok=True)
    settings.file().write_text(f'{{"workers": {value}, "encode_batch": 4, "of_tomorrow": "x"}}')
    found = settings.stored()
    assert len(found.mistakes) == 1
    assert found.values == {} or found.values == {"encode_batch": 4}
    settings.store("file_seconds", 2)
    if found.values:  # the file itself was JSON: what is not known is kept
        assert json.loads(settings.file().read_text())["of_tomorrow"] == "x"


def test_a_value_that_is_not_possible_is_not_kept() -> None:
    for name in NAMES:
        for value in (0, -1, settings.about(name).most + 1):
            with pytest.raises(PhotoSearchError) as caught:
                settings.store(name, value)
            assert caught.value.code == "bad-setting"
        assert settings.parse(name, str(settings.about(name).most)) == settings.about(name).most
    with pytest.raises(PhotoSearchError) as unknown:
        settings.store("nonsense", 1)
    assert unknown.value.code == "unknown-setting"
    assert not settings.file().exists()


def test_nothing_is_left_of_a_write_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.store("workers", 3)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PhotoSearchError) as caught:
        settings.store("workers", 4)
    assert caught.value.code == "disk-full"
    assert settings.stored().values == {"workers": 3}
    assert [each.name for each in settings.file().parent.iterdir()] == ["settings.json"]


def test_the_command_lists_sets_and_unsets(command: Command) -> None:
    rows = {each["name"]: each for each in command("settings", "list", "--json").rows}
    assert list(rows) == NAMES
    assert rows["file_seconds"]["source"] == "default"
    assert command("settings", "set", "file_seconds", 9).out == "file_seconds is 9.\n"
    rows = {each["name"]: each for each in command("settings", "list", "--json").rows}
    assert (rows["file_seconds"]["value"], rows["file_seconds"]["source"]) == (9, "file")
    assert "file_seconds" in command("settings").out
    wrong = command("settings", "set", "file_seconds", "soon")
    assert (wrong.code, wrong.err.count("\n")) == (1, 1)
    assert command("settings", "unset", "nonsense").code == 1
    assert command("settings", "unset", "file_seconds").out == "file_seconds is 60.\n"
    settings.file().write_text("{")
    told = command("problems", "--json")
    assert (told.code, told.out) == (0, "") and "cannot be read and are not used" in told.err
