"""Shared by the match and assign benchmarks: one file solved in a process of its own, and a table."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Json = dict[str, Any]

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "real"

_RUN = """
import resource, sys, time
began = time.monotonic()
from pathlib import Path
from campapp.engines.solving import solve_file
code = solve_file(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), started=began)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(code, time.monotonic() - began, peak)
"""


def measured(kind: str, data: bytes) -> tuple[Json, float, float]:
    """The answer to a file by a whole command, its seconds and its peak memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "in.json"), Path(folder, "out.json")
        source.write_bytes(data)
        command = [sys.executable, "-c", _RUN, kind, str(source), str(out)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        _, seconds, peak = run.stdout.split()
        return json.loads(out.read_bytes()), float(seconds), float(peak)


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under a head, numbers to six digits."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    print(f"\n{title}")
    for row in [list(head), ["-" * width for width in widths], *cells]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))


def _cell(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
