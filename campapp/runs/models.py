"""Tables of runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, Stateful


class Run(Stamped, Stateful, Base):
    """One computation, kept with its inputs. States: queued, running, solved, infeasible, failed, cancelled."""

    __tablename__ = "runs"

    kind: Mapped[str] = mapped_column(String(20))
    """fit, match, assign, schedule, rank."""
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    objective: Mapped[str] = mapped_column(String(120), default="")
    seed: Mapped[int] = mapped_column(default=0)
    workers: Mapped[int] = mapped_column(default=1)
    time_limit: Mapped[float | None] = mapped_column(default=None)
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    """Weights and other choices of the page."""
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id"), default=None)
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    progress: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    """best, bound, seconds; `beat` grows so that a page knows what it has seen."""
    stop_wanted: Mapped[str] = mapped_column(String(10), default="")
    """`keep`: stop and keep the best so far; `cancel`."""
    status: Mapped[str] = mapped_column(String(20), default="")
    """The engine's own: optimal, feasible, infeasible."""
    value: Mapped[float | None] = mapped_column(Float, default=None)
    bound: Mapped[float | None] = mapped_column(Float, default=None)
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    """Counts for the page and the command line."""
    error: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int | None] = mapped_column(default=None)
    chosen_at: Mapped[datetime | None] = mapped_column(default=None)
    """When its result became the programme's."""
    verification: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    """The last repetition from its files: `state` (queued, running, done, cancelled), `beat`, `told`, the verdict."""


class RunFile(Base):
    """The input and the output of a run, byte for byte, compressed."""

    __tablename__ = "run_files"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    name: Mapped[str] = mapped_column(String(20))
    """`in` or `out`."""
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
