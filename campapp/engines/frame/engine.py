"""What the registry knows of an engine."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from campapp.engines.frame.control import Control

Result = dict[str, Any]
"""The kind's own keys of OUT in the contract's order, and `status`."""


@dataclass(frozen=True)
class Engine:
    """One kind: its contract (`instance`, `check`), what it needs, and how it is solved.

    `check` raises BadInput. What it returns, if anything, `memory` and `solve` are given in place of the
    instance: an indexed form that it had to make anyway.
    """

    kind: str
    instance: type
    check: Callable[[Any], object]
    memory: Callable[[Any], int]
    solve: Callable[[Any, Control], Result]
