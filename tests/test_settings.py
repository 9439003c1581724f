"""Settings: their defaults, and what the environment says."""

from __future__ import annotations

import dataclasses

import pytest

from photosearch.errors import PhotoSearchError
from photosearch.settings import Settings

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
    settings = Settings()
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.workers = 3  # type: ignore[misc]
