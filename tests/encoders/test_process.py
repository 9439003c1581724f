"""The encoder in its own process: order, crashes, and its end."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import psutil
import pytest

from photosearch.encoders.encoder import Encoder
from photosearch.encoders.process import AHEAD, Encoded, EncoderProcess, View
from photosearch.encoders.registry import WEIGHTS, read_folder
from photosearch.encoders.tower import Device
from photosearch.errors import PhotoSearchError
from photosearch.paths import data_dir
from tests.conftest import draw

TINY = frozenset({"tiny"})


def view(photo_id: int) -> View:
    picture = draw(photo_id, (60 + photo_id, 50))
    return View(photo_id, picture.size, picture.tobytes(), TINY)


def batch(*photo_ids: int) -> tuple[View, ...]:
    return tuple(view(photo_id) for photo_id in photo_ids)


def collect(process: EncoderProcess) -> Encoded:
    """The next finished batch, however long it takes."""
    while (finished := process.collect(10.0)) is None:
        pass
    return finished


def children() -> set[psutil.Process]:
    """The encoder processes of this process."""
    running = multiprocessing.active_children()
    return {psutil.Process(each.pid) for each in running if each.name == "photosearch-encoder"}


def assert_vectors(finished: Encoded, encoder: Encoder) -> None:
    """The vectors of a batch are those of its own pictures, in its order."""
    assert finished.reason == ""
    assert finished.whole
    vectors = finished.made["tiny"]
    assert vectors.dtype == np.float32
    expected = [encoder.encode_view(each.size, each.pixels) for each in finished.views]
    assert np.abs(vectors - np.stack(expected)).max() < 1e-5


@pytest.fixture(scope="module")
def encoder(tiny_encoder: Path) -> Encoder:
    return Encoder(read_folder(tiny_encoder), Device("cpu", "a test"))


@pytest.fixture(scope="module")
def process(tiny_encoder: Path) -> Iterator[EncoderProcess]:
    """One process for the tests that leave it as it is: it takes seconds to load."""
    process = EncoderProcess(read_folder(tiny_encoder), None)
    yield process
    process.close()
    assert children() == set()


def test_batches_come_back_in_order_with_their_own_vectors(
    process: EncoderProcess, encoder: Encoder
) -> None:
    batches = [batch(1, 2, 3), batch(4), batch(5, 6), batch(*range(7, 40))]
    waiting, finished = list(batches), []
    while waiting or not process.idle:
        while waiting and process.wanting > 0:
            process.submit(waiting.pop(0))
        finished.append(collect(process))
    assert [each.views for each in finished] == batches
    for each in finished:
        assert_vectors(each, encoder)


def test_it_wants_one_batch_for_the_model_and_one_ready_for_it(process: EncoderProcess) -> None:
    assert (process.wanting, process.idle) == (AHEAD, True)
    process.submit(batch(1))
    assert (process.wanting, process.idle) == (AHEAD - 1, False)
    collect(process)
    assert (process.wanting, process.idle) == (AHEAD, True)


def test_idle_there_is_nothing_to_collect(process: EncoderProcess) -> None:
    assert process.collect(10.0) is None


def test_a_batch_that_fails_has_a_reason_and_the_next_is_encoded(
    process: EncoderProcess, encoder: Encoder
) -> None:
    running = children()
    bad = (View(1, (500, 500), b"too few pixels", TINY), view(2))
    process.submit(bad)
    process.submit(batch(3))
    failed = collect(process)
    assert (failed.views, failed.made) == (bad, {})
    assert failed.reason.isprintable()
    assert_vectors(collect(process), encoder)
    assert children() == running


@pytest.mark.usefixtures("children_end")
def test_a_child_that_is_killed_costs_the_batch_in_its_hand(
    tiny_encoder: Path, encoder: Encoder
) -> None:
    others = children()
    with closing(EncoderProcess(read_folder(tiny_encoder), None)) as process:
        process.submit(batch(0))
        assert_vectors(collect(process), encoder)
        (killed,) = children() - others
        killed.suspend()
        first, second = batch(1, 2), batch(3, 4)
        process.submit(first)
        process.submit(second)
        killed.kill()
        failed = collect(process)
        assert (failed.views, failed.made) == (first, {})
        assert failed.reason
        finished = collect(process)
        assert finished.views == second
        assert_vectors(finished, encoder)
        (again,) = children() - others
        assert again != killed


@pytest.mark.usefixtures("children_end")
def test_a_child_that_dies_while_it_loads_is_not_the_fault_of_the_pictures(
    tiny_encoder: Path,
) -> None:
    """Where memory runs out while the model is loaded, no photo is to blame, and to start again
    for each of them would take hours."""
    others = children()
    with closing(EncoderProcess(read_folder(tiny_encoder), None)) as process:
        with pytest.raises(PhotoSearchError) as caught:
            for photo_id in range(5):
                process.submit(batch(photo_id))
                for loading in children() - others:
                    loading.kill()
                collect(process)
        assert caught.value.code == "broken-encoder"


@pytest.mark.usefixtures("children_end")
def test_an_encoder_that_cannot_be_loaded_is_an_error(tiny_encoder: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(tiny_encoder, tmp_path / "broken")
    os.truncate(folder / WEIGHTS, 1000)
    with closing(EncoderProcess(read_folder(folder), None)) as process:
        process.submit(batch(1))
        with pytest.raises(PhotoSearchError) as caught:
            collect(process)
        assert caught.value.code == "broken-encoder"
        assert str(folder) in caught.value.what
        assert caught.value.todo


@pytest.mark.usefixtures("children_end")
def test_closing_ends_a_child_at_work(tiny_encoder: Path) -> None:
    others = children()
    process = EncoderProcess(read_folder(tiny_encoder), None)
    process.submit(batch(1))
    assert len(children() - others) == 1
    process.close()
    process.close()  # twice is no error
    assert children() == others


def test_the_size_of_batches_is_found_and_remembered(tiny_encoder: Path) -> None:
    tiny = read_folder(tiny_encoder)
    with closing(EncoderProcess(tiny, None, most=16)) as process:
        assert process.batch == 8
        for _ in range(6):
            process.submit(batch(*range(process.batch)))
            collect(process)
        found = process.batch
    (said,) = json.loads((data_dir() / "batches.json").read_text()).items()
    assert said[0].startswith("tiny on ") and said[1] == found
    with closing(EncoderProcess(tiny, None, most=8)) as process:
        assert process.batch == 8
        process.submit(batch(1))
        collect(process)
        assert process.batch == min(found, 8)
