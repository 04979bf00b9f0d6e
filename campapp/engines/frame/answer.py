"""The answer's envelope, the same for all kinds, and how it is put down."""

import os
import tempfile
from functools import cache
from pathlib import Path

import msgspec

from campapp.engines.frame.control import Control
from campapp.engines.frame.engine import Engine, Result

FORMAT = "campapp.{}/1"


def encoded(engine: Engine, digest: str, result: Result, control: Control) -> bytes:
    """OUT: the same bytes for the same file, seed and workers, apart from `seconds`."""
    own = {key: value for key, value in result.items() if key != "status"}
    answer = {
        "format": FORMAT.format(engine.kind),
        "status": result["status"],
        "seconds": round(control.elapsed(), 3),
        "seed": control.seed,
        "engine": {"name": f"campapp.{engine.kind}", "version": version()},
        "input_sha256": digest,
        **own,
    }
    return msgspec.json.encode(answer) + b"\n"


@cache
def version() -> str:
    """The version of campapp, which is that of each of its engines."""
    from importlib import metadata  # why: takes longer to import than most answers to write

    return metadata.version("campapp")


def put(answer: bytes, out: Path) -> None:
    """Write OUT whole or not at all."""
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(answer)
            file.flush()
            os.fsync(file.fileno())
        written.chmod(0o666 & ~_umask())
        written.replace(out)
    except BaseException:
        written.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
