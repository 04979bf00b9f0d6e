"""`campapp solve` and `campapp bench`: the engines alone."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from campapp.cli.frame import INFEASIBLE, STARTED, WRONG, Seconds, Wishes, refuse, shared
from campapp.engines.registry import KINDS

BENCHES = ("fit", "match", "assign", "schedule", "rank", "pages", "search", "deadline")

WITHOUT_MATRICES = ("match", "assign", "rank")
"""Kinds that multiply none to speak of: the threads that numpy starts for it cost more than they save."""


@click.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("source", metavar="IN.json", type=click.Path(path_type=Path))
@click.argument("target", metavar="OUT.json", type=click.Path(path_type=Path))
@click.option("--time-limit", type=Seconds(), metavar="S", help="Seconds for the whole command.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--workers", type=click.IntRange(min=1), help="Threads or processes (default: the machine's).")
@shared
def solve(
    wishes: Wishes,
    kind: str,
    source: Path,
    target: Path,
    time_limit: float | None,
    seed: int,
    workers: int | None,
) -> None:
    """Solve one instance: exit 0 solved, 3 infeasible, 2 bad input; `--json` prints OUT too."""

    def work(
        read: Callable[[], None] | None = None,
        solved: Callable[[], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> int:
        if kind in WITHOUT_MATRICES:
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from campapp.engines.solving import solve_file  # why: `--help` must not load the engines

        many = workers or os.cpu_count() or 1
        return solve_file(kind, source, target, time_limit, seed, many, STARTED, read, solved, stop)

    if time_limit is None:
        code = work()
    else:
        from campapp.engines.frame import guard  # why: takes a while, and is for a limit only

        code = guard.in_time(work, STARTED + time_limit)
    if wishes.as_json and code in (0, INFEASIBLE):
        click.echo(target.read_bytes())
    sys.exit(code)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("name", type=click.Choice(BENCHES))
@click.argument("rest", nargs=-1, type=click.UNPROCESSED)
def bench(name: str, rest: tuple[str, ...]) -> None:
    """Run a benchmark and print its table (in a checkout only)."""
    root = Path(__file__).parents[2]
    if not (root / "benchmarks" / f"{name}.py").exists():
        refuse("benchmarks are there in a checkout only", WRONG)
    sys.path.insert(0, str(root))
    sys.exit(importlib.import_module(f"benchmarks.{name}").main(list(rest)))
