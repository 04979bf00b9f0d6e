"""The answer's envelope, the same for all kinds, and how it is put down."""

import os
from pathlib import Path

import msgspec

from campapp.engines.frame.control import Control
from campapp.engines.frame.engine import Engine, Result
from campapp.version import VERSION

FORMAT = "campapp.{}/1"


def encoded(engine: Engine, digest: str, result: Result, control: Control) -> bytes:
    """OUT: the same bytes for the same file, seed and workers, apart from `seconds`."""
    own = {key: value for key, value in result.items() if key != "status"}
    answer = {
        "format": FORMAT.format(engine.kind),
        "status": result["status"],
        "seconds": round(control.elapsed(), 3),
        "seed": control.seed,
        "engine": {"name": f"campapp.{engine.kind}", "version": VERSION},
        "input_sha256": digest,
        **own,
    }
    return msgspec.json.encode(answer) + b"\n"


def put(answer: bytes, out: Path) -> None:
    """Write OUT whole or not at all."""
    written = out.with_name(f".{out.name}.{os.urandom(8).hex()}")
    try:
        with written.open("xb") as file:
            file.write(answer)
            file.flush()
            os.fsync(file.fileno())
        written.replace(out)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
