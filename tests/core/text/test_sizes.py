"""A file's size reads as the form's limit counts it, and as the browser says it while it is sent."""

from __future__ import annotations

import pytest

from campapp.core.text.sizes import size_shown


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 Bytes"), (1023, "1023 Bytes"), (1024, "1.0 KB"), ((1 << 20) - 1, "1.0 MB"), (200 << 20, "200.0 MB"),
     (2 << 30, "2.0 GB"), (5 << 50, "5120.0 TB")],
)  # fmt: skip
def test_a_size_is_said_in_steps_of_1024(size: int, shown: str) -> None:
    assert size_shown(size) == shown
