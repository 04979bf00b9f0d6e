"""Reports of imports are read in English here, whatever catalogue is compiled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from campapp.core.language import speaking


@pytest.fixture(autouse=True)
def english(app: Flask) -> Iterator[None]:
    """Reasons in English."""
    with speaking("en"):
        yield
