"""What an engine may know of the outside: its seed, its workers, and how long it still has."""

import math
import time
from collections.abc import Callable

from campapp.engines.frame.errors import Cancelled

Tell = Callable[[dict[str, object]], None]


class Control:
    """Time, cancel and progress of one solve. The clock and the listeners come from outside.

    `seconds` is the time limit (None: none; kept as `limit`), counted from `started` on the clock `now`.
    """

    def __init__(
        self,
        *,
        seconds: float | None = None,
        seed: int = 0,
        workers: int = 1,
        now: Callable[[], float] = time.monotonic,
        started: float | None = None,
        stop: Callable[[], bool] | None = None,
        tell: Tell | None = None,
    ) -> None:
        self.seed = seed
        self.workers = max(1, workers)
        self.limit = math.inf if seconds is None else seconds
        self._now = now
        self._started = now() if started is None else started
        self._ends = self._started + self.limit
        self._stop = stop
        self._tell = tell
        self._told = -math.inf
        self._kept_back = 0.0

    def elapsed(self) -> float:
        """Seconds since the start."""
        return self._now() - self._started

    def left(self) -> float:
        """Seconds left of the time limit, less what is kept back; infinite without one."""
        return self._ends - self._kept_back - self._now()

    def out_of_time(self) -> bool:
        return self.left() <= 0

    def keep_back(self, seconds: float) -> None:
        """Leave so much of the time limit for putting the answer together."""
        self._kept_back = seconds

    def end_now(self) -> None:
        """Somebody is content with the best found so far."""
        self._ends = min(self._ends, self._now())

    def cancelled(self) -> bool:
        return self._stop is not None and self._stop()

    def patient(self) -> "Control":
        """The same without the time limit, for what there must be before anything can be answered."""
        return Control(seed=self.seed, workers=self.workers, now=self._now, stop=self._stop)

    def hurried(self) -> bool:
        """Whether somebody outside can end the work early: a limit is set or a cancel may come."""
        return self._stop is not None or self._ends < math.inf

    def check(self) -> None:
        """Raise Cancelled if nobody wants the answer any more."""
        if self.cancelled():
            raise Cancelled

    def report(self, best: float | None, bound: float | None, **words: object) -> None:
        """Tell the best value and its bound, once a second at most."""
        now = self._now()
        if self._tell is None or now - self._told < 1.0:
            return
        self._told = now
        self._tell({"seconds": round(self.elapsed(), 1), "best": best, "bound": bound, **words})
