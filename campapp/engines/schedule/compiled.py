"""Where inner loops are compiled: numba if it is there, plain Python otherwise (slow, the same numbers)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

numba: Any
try:
    import numba
except ImportError:
    numba = None

MACHINE = {
    "Ints": "int32[::1]",
    "Long": "int64[::1]",
    "int": "int64",
    "float": "float64",
    "bool": "boolean",
    "None": "void",
}
SOURCES = ("arrays.py", "moves.py", "annealing.py", "sitting.py", "places.py")


def compiled(function: F) -> F:
    """Machine code, made once for a machine, and kept in `folder`.

    It is made for the types that the annotations name, and when the module is imported: left to the calls,
    each mixture of 32 and 64 bits and of constants would have made a form of its own.
    """
    if numba is None:
        return function
    *takes, gives = (MACHINE[name] for name in function.__annotations__.values())
    place = folder()
    before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, place
    try:
        how = numba.njit(f"{gives}({', '.join(takes)})", cache=bool(place), nogil=True, error_model="numpy")
        machine: F = how(function)
    finally:
        numba.config.CACHE_DIR = before
    return machine


@cache
def folder() -> str:
    """The first place where this user may keep machine code; empty if there is none.

    Named by what stands in all of the sources: numba itself looks only at the file of the function called,
    and would go on with what that had taken in of the others before.
    """
    here = Path(__file__).parent
    name = "campapp-" + sha256(b"".join((here / one).read_bytes() for one in SOURCES)).hexdigest()[:16]
    for place in _places(here):
        try:
            (place / name).mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=place / name).close()
        except OSError:
            continue
        return str(place / name)
    return ""


def _places(here: Path) -> Iterator[Path]:
    """What the user says, beside the module, the user's cache, and a temporary folder of the user's alone."""
    if numba.config.CACHE_DIR:
        yield Path(numba.config.CACHE_DIR)
    yield here / "__pycache__"
    with suppress(RuntimeError):  # nobody knows this user's home
        yield Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "campapp"
    if hasattr(os, "getuid"):
        own = Path(tempfile.gettempdir()) / f"campapp-{os.getuid()}"
        try:
            own.mkdir(mode=0o700, exist_ok=True)
            found = own.lstat()
        except OSError:
            return
        if found.st_uid == os.getuid() and found.st_mode == 0o40700:
            yield own
