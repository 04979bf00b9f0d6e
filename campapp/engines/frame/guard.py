"""A time limit that holds whatever the work is at.

To decode a very large file takes seconds in which nothing else of the same process can run, and on a busy
machine any step may. So the command does its work in a process of its own, which says when it has read and
when it has an answer; one that has not by the limit, or a moment later, is ended with all that it started.
"""

import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn, Protocol


class Work(Protocol):
    """Given whom to tell that the file is `read` and `solved`, and what says that nobody waits: the exit code."""

    def __call__(
        self, read: Callable[[], None], solved: Callable[[], None], stop: Callable[[], bool], /
    ) -> int: ...


LATE = 1
READ, SOLVED = 0.4, 0.7
"""Seconds past the limit that these may still take: an answer a moment late is better than none."""


def in_time(work: Work, ends: float) -> int:
    """The exit code of `work`; 1, with a word on standard error, if it has no answer soon after `ends` on the clock.

    Call it before threads run or much is loaded. Where processes cannot fork (Windows), `work` is done here.
    """
    if not hasattr(os, "fork"):
        return work(lambda: None, lambda: None, lambda: False)
    sys.stdout.flush()
    sys.stderr.flush()
    waiting, hear_tell = os.getpid(), os.pipe()
    hear, tell = hear_tell
    worker = os.fork()
    if worker == 0:
        os.close(hear)
        os.setpgid(0, 0)  # so that it can be ended with all that it starts
        _work(work, tell, waiting)
    os.close(tell)
    with suppress(PermissionError, ProcessLookupError):  # it does the same; whoever comes first
        os.setpgid(worker, worker)
    try:
        return _wait(worker, hear, ends)
    except BaseException:
        os.killpg(worker, signal.SIGTERM)
        os.waitpid(worker, 0)
        raise


def _wait(worker: int, hear: int, ends: float) -> int:
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    # heard is a byte when the file is read, then the end of the pipe, which is also there when the worker ends
    for patience, what in ((READ, "the file was read"), (SOLVED, "there was an answer")):
        if not select.select([hear], [], [], max(0.0, ends + patience - time.monotonic()))[0]:
            os.killpg(worker, signal.SIGKILL)  # to give back its memory takes longer than is left to wait
            sys.stderr.write(f"the time limit came before {what}\n")
            return LATE
        if not os.read(hear, 1):
            break
    code = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
    return code if code >= 0 else 128 - code


def _work(work: Work, tell: int, waiting: int) -> NoReturn:
    try:
        code = work(lambda: _say(tell), lambda: os.close(tell), lambda: os.getppid() != waiting)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else LATE
    except BaseException:  # whatever it is: this process must not go on as if it were the other
        traceback.print_exc()
        code = LATE
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _say(pipe: int) -> None:
    os.write(pipe, b".")
