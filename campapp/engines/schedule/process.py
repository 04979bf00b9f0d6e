"""Work in a process of its own, for it cannot be interrupted otherwise: started, listened to, ended.

Or, for who may use one process only, in this one, a slice for each time that it is listened to.

`python -m campapp.engines.schedule.process` reads one job and writes what it yields, both pickled.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Self

Job = tuple[Callable[..., Iterator[Any]], tuple[Any, ...]]


class Part(ABC):
    """A generator that is listened to. Use as a context: leaving it ends the work."""

    longest = 0.0
    """Seconds that `next` has taken at most beyond what it was given."""

    @abstractmethod
    def next(self, seconds: float) -> Any:
        """What it yields next; None if nothing came in time; StopIteration (the class) at its end."""

    @abstractmethod
    def stop(self) -> None:
        """End the work at once."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()


class Apart(Part):
    """A generator that runs in a process of its own."""

    def __init__(self, function: Callable[..., Iterator[Any]], *arguments: Any) -> None:
        home = str(Path(__file__).parents[3])
        paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "campapp.engines.schedule.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        )
        self._news: Queue[Any] = Queue()
        self._job = pickle.dumps((function, arguments))
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(self._job)
            self._process.stdin.close()
            while True:
                self._news.put(pickle.load(self._process.stdout))  # noqa: S301  # why: our own child wrote it
        except (EOFError, OSError, pickle.UnpicklingError):
            self._news.put(StopIteration)

    def next(self, seconds: float) -> Any:
        try:
            return self._news.get(timeout=max(0.0, seconds))
        except Empty:
            return None

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._thread.join()
        if self._process.stdout:
            self._process.stdout.close()


class Here(Part):
    """A generator that runs in this process while `next` waits for it; it must know `sliced`."""

    def __init__(self, function: Callable[..., Iterator[Any]], *arguments: Any) -> None:
        self._news = function(*arguments, sliced=True)

    def next(self, seconds: float) -> Any:
        """What it yields next, however long that takes; None only if there are no `seconds` for it."""
        if seconds <= 0:
            return None
        began = time.monotonic()
        news = next(self._news, StopIteration)
        self.longest = max(self.longest, time.monotonic() - began)
        return news

    def stop(self) -> None:
        self._news = iter(())


def main() -> None:
    """The other side: print nothing else, leave when nobody listens."""
    function, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301  # why: our own parent wrote it
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    for news in function(*arguments):
        out.write(pickle.dumps(news))
        out.flush()


if __name__ == "__main__":
    main()
