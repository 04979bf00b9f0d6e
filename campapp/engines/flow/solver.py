"""Who works out a flow, here or in a process that can be ended."""

import os
import selectors
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from campapp.engines.flow import native
from campapp.engines.flow.network import Ints, Network
from campapp.engines.frame.control import Control

LARGE = 60_000
"""From so many arcs on, a flow takes long enough to be worth ending."""

_LOOK = 0.1


class OutOfTime(Exception):
    """The time limit came while a flow was being worked out."""


class Solver:
    """Minimum-cost circulations under a Control; use it in a `with`, at the end nothing is left running."""

    def __init__(self, control: Control, arcs: int) -> None:
        self.control = control
        self._helper: subprocess.Popen[bytes] | None = None
        if control.hurried() and arcs >= LARGE:
            self._helper = subprocess.Popen(
                [sys.executable, "-P", str(Path(native.__file__))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._helper is not None:
            self._helper.kill()
            self._helper.communicate()

    def cheapest(self, network: Network) -> Ints | None:
        """The circulation of least cost, None if there is none.

        Raises OutOfTime, Cancelled, and ArithmeticError where numbers are too large for exact work.
        """
        self.control.check()
        if self.control.out_of_time():
            raise OutOfTime
        room = network.upper - network.lower
        if (room < 0).any():
            return None
        supply = np.zeros(network.nodes, np.int64)
        np.add.at(supply, network.head, network.lower)
        np.subtract.at(supply, network.tail, network.lower)
        here = self._helper is None or len(room) < LARGE
        solve = native.minimum_cost if here else self._elsewhere
        status, flow = solve(network.tail, network.head, room, network.cost, supply)
        if status == native.FAILED:
            raise ArithmeticError("the costs are too large for exact work")
        return flow + network.lower if status == native.SOLVED else None

    def _elsewhere(self, *question: NDArray[Any]) -> tuple[int, Ints]:
        helper = self._helper
        assert helper is not None
        assert helper.stdin is not None
        assert helper.stdout is not None
        header = np.array([len(question[-1]), len(question[0])], np.int64)
        asking = threading.Thread(target=_ask, args=(helper.stdin.fileno(), [header, *question]), daemon=True)
        asking.start()
        status, length = np.frombuffer(self._hear(helper.stdout.fileno(), 16), np.int64)
        flow = np.frombuffer(self._hear(helper.stdout.fileno(), 8 * int(length)), np.int64)
        asking.join()
        return int(status), flow

    def _hear(self, pipe: int, size: int) -> bytes:
        heard = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while len(heard) < size:
                self.control.check()
                left = self.control.left()
                if left <= 0:
                    raise OutOfTime
                if selector.select(min(_LOOK, left)):
                    part = os.read(pipe, min(size - len(heard), 1 << 20))
                    if not part:
                        raise ArithmeticError("the process that works out flows has ended")
                    heard += part
        return bytes(heard)


def _ask(pipe: int, question: list[NDArray[Any]]) -> None:
    try:
        for part in question:
            rest = memoryview(part.tobytes())
            while rest:
                rest = rest[os.write(pipe, rest) :]
    except OSError:  # ended by whoever lost patience; `_hear` says so
        return
