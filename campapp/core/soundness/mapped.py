"""A file's bytes as the system maps them: read where they are looked at, and nowhere else."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def mapped(path: Path) -> Iterator[mmap.mmap]:
    """The bytes of a file that is not empty, to be read only."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data
