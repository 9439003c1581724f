"""The media tests decode in their own process what the children decode in theirs."""

from __future__ import annotations

import pytest

from photosearch.media import formats


@pytest.fixture(scope="session", autouse=True)
def decoders() -> None:
    formats.register()
