"""How large a file is, as phones and file managers say it: 1024 to each step, as the limits of a form count."""

from __future__ import annotations

STEPS = ("KB", "MB", "GB", "TB")


def size_shown(size: int) -> str:
    """`300 Bytes`, `41.5 KB`, `200.0 MB`."""
    if size < 1024:
        return f"{size} Bytes"
    shown = float(size)
    for step in STEPS:
        shown /= 1024
        if shown < 1023.95 or step == STEPS[-1]:
            break
    return f"{shown:.1f} {step}"
