"""An engine alone: bytes to bytes, or file to file as `campapp solve` does it."""

import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from campapp.engines.frame.answer import encoded, put
from campapp.engines.frame.control import Control
from campapp.engines.frame.decode import DECODED, decode
from campapp.engines.frame.errors import BadInput, Cancelled
from campapp.engines.frame.memory import refuse
from campapp.engines.registry import KINDS, engine

_WINDING_UP = 0.6
"""To put an answer together takes at most so many times as long as to read the file, with the quickest matching."""

DONE, FAILED, BAD, INFEASIBLE = 0, 1, 2, 3


def solve_bytes(kind: str, data: bytes, control: Control) -> bytes:
    """The answer to one file. Raises BadInput, and Cancelled when `control` says so."""
    return _solve(kind, data, control)[0]


def solve_file(
    kind: str,
    source: Path,
    out: Path,
    time_limit: float | None = None,
    seed: int = 0,
    workers: int = 1,
    started: float | None = None,
    read: Callable[[], None] | None = None,
    solved: Callable[[], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> int:
    """Read `source`, write `out`, give the exit code: 0 solved, 1 failed, 2 bad input, 3 infeasible.

    `started` is when the command began on `time.monotonic`, for the limit holds for all of it; `read` is called
    once the file is read and checked, `solved` once there is an answer to write, `stop` tells that nobody waits
    any more. A fault is one line on standard error, and `out` stays as it was.
    """
    control = Control(seconds=time_limit, seed=seed, workers=workers, started=started, stop=stop, tell=_tell)
    try:
        answer, status = _solve(kind, _read(source), control, read)
        if solved is not None:
            solved()
    except BadInput as fault:
        return _say(str(fault), BAD)
    except Cancelled:
        return _say("cancelled", FAILED)
    try:
        put(answer, out)
    except OSError as error:
        return _say(f"cannot write {out}: {error.strerror}", FAILED)
    return INFEASIBLE if status == "infeasible" else DONE


def _solve(
    kind: str, data: bytes, control: Control, read: Callable[[], None] | None = None
) -> tuple[bytes, str]:
    if kind not in KINDS:
        raise BadInput("$", f"no engine {kind!r}, there are {', '.join(KINDS)}")
    chosen = engine(kind)
    began = control.elapsed()
    instance: object = decode(data, chosen.instance)
    digest = sha256(data).hexdigest()
    del data  # a large file's bytes, and then its structures, make room for the work
    indexed = chosen.check(instance)
    if indexed is not None:
        instance = indexed
    refuse(chosen.memory(instance))
    if read is not None:
        read()
    control.check()
    control.keep_back(_WINDING_UP * (control.elapsed() - began))
    result = chosen.solve(instance, control)
    return encoded(chosen, digest, result, control), str(result["status"])


def _read(source: Path) -> bytes:
    try:
        refuse((DECODED + 1) * source.stat().st_size)
        return source.read_bytes()
    except OSError as error:
        raise BadInput("$", f"cannot read {source}: {error.strerror}") from None


def _tell(progress: dict[str, object]) -> None:
    words = " ".join(f"{key}={value}" for key, value in progress.items() if value is not None)
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


def _say(line: str, code: int) -> int:
    sys.stderr.write(" ".join(line.splitlines()) + "\n")
    return code
