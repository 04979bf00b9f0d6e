"""`campapp`, by a machine's clock that can be set while it runs: `python -m tests.faults.clocked FILE run …`.

campapp itself has no such door: this wraps it. FILE holds eight bytes, by how many seconds the clock is wrong; all
processes share them. Set are the house's clock and Python's own, by which the browsers' cookies are dated.
"""

from __future__ import annotations

import mmap
import struct
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from campapp.cli.main import main
from campapp.core import clock

SHIFT = struct.Struct("d")


def set_hand(place: Path, seconds: float) -> None:
    """Set the clock of whoever goes by this file."""
    with place.open("r+b" if place.exists() else "w+b") as file:
        file.write(SHIFT.pack(seconds))


def run() -> None:
    """The command line, by that clock."""
    with Path(sys.argv.pop(1)).open("r+b") as file:
        hand, machine = mmap.mmap(file.fileno(), SHIFT.size), time.time

    def told() -> float:
        return machine() + float(SHIFT.unpack(hand[: SHIFT.size])[0])

    time.time = told
    with clock.everywhere(lambda: datetime.fromtimestamp(told(), UTC)):
        main()


if __name__ == "__main__":
    run()
