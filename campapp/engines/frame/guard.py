"""A time limit that holds while a file is read.

To decode a very large file takes seconds in which nothing else of the same process can run. So the command
does its work in a process of its own, which says when it has read; one that has not by the limit, or a moment
later, is ended.
"""

import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import NoReturn

Work = Callable[[Callable[[], None], Callable[[], bool]], int]
"""Given what to call when the file is read, and what tells that nobody waits any more: the exit code."""

LATE = 1
GRACE = 0.6
"""Seconds past the limit that a file may still be read in: an answer a moment late is better than none."""


def in_time(work: Work, ends: float) -> int:
    """The exit code of `work`; 1, with a word on standard error, if it has not read soon after `ends` on the clock.

    Call it before threads run or much is loaded. Where processes cannot fork (Windows), `work` is done here.
    """
    if not hasattr(os, "fork"):
        return work(lambda: None, lambda: False)
    sys.stdout.flush()
    sys.stderr.flush()
    waiting, hear_tell = os.getpid(), os.pipe()
    hear, tell = hear_tell
    worker = os.fork()
    if worker == 0:
        os.close(hear)
        _work(work, tell, waiting)
    os.close(tell)
    try:
        return _wait(worker, hear, ends)
    except BaseException:
        os.kill(worker, signal.SIGTERM)
        os.waitpid(worker, 0)
        raise


def _wait(worker: int, hear: int, ends: float) -> int:
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    # heard is a byte when the file is read, or the end of the pipe when the worker ends before
    if not select.select([hear], [], [], max(0.0, ends + GRACE - time.monotonic()))[0]:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        sys.stderr.write("the time limit came before the file was read\n")
        return LATE
    code = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
    return code if code >= 0 else 128 - code


def _work(work: Work, tell: int, waiting: int) -> NoReturn:
    try:
        code = work(lambda: os.close(tell), lambda: os.getppid() != waiting)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else LATE
    except BaseException:  # whatever it is: this process must not go on as if it were the other
        traceback.print_exc()
        code = LATE
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
