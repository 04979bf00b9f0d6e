"""What every command shares: `--data`, `--json`, `--as` before or after it, exit codes, words on standard error."""

from __future__ import annotations

import functools
import json
import math
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from flask import Flask

    from campapp.settings import Settings


def _started() -> float:
    """When this process began, on `time.monotonic`; where the system does not tell (not Linux), about now."""
    try:
        with Path("/proc/self/stat").open() as told:
            ticks = int(told.read().rpartition(")")[2].split()[19])
        ago = time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, AttributeError, ValueError):
        ago = 0.0
    return time.monotonic() - ago


STARTED = _started()
"""When the command began: a time limit holds for all of it, the interpreter's own start included."""
REFUSED, WRONG, INFEASIBLE = 1, 2, 3


@dataclass
class Wishes:
    """What was asked for, wherever on the line it stood."""

    data: str | None = None
    as_json: bool = False
    acting_as: str | None = None


class Seconds(click.FloatRange):
    """A time limit: above 0, up to some thirty years, which every clock can wait for; `nan` is no number."""

    def __init__(self) -> None:
        super().__init__(min=0, min_open=True, max=1e9)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number of seconds."""
        seconds = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail(f"{value} is no number of seconds.", param, ctx)
        return seconds


def shared(command: Callable[..., Any]) -> Callable[..., Any]:
    """Take `--data`, `--json` and `--as` on this command, and hand it the wishes as its first argument."""

    @click.option("--data", metavar="DIR", help="The park's folder (else CAMPAPP_DATA, else var/).")
    @click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
    @click.option("--as", "acting_as", metavar="ADDRESS", help="Act as the account with this address.")
    @click.pass_context
    @functools.wraps(command)
    def with_wishes(
        context: click.Context,
        /,
        *args: Any,
        data: str | None,
        as_json: bool,
        acting_as: str | None,
        **options: Any,
    ) -> Any:
        wishes: Wishes = context.ensure_object(Wishes)
        wishes.data = data or wishes.data
        wishes.as_json = as_json or wishes.as_json
        wishes.acting_as = acting_as or wishes.acting_as
        return command(wishes, *args, **options)

    return with_wishes


def settings(wishes: Wishes, **changed: Any) -> Settings:
    """The settings of the environment, with the command's own folder."""
    from campapp.settings import Settings  # why: the engines alone need none

    return replace(Settings.from_environment(data=wishes.data), **changed)


@contextmanager
def inside(wishes: Wishes, **changed: Any) -> Iterator[Flask]:
    """The application's context, as the console administrator or as `--as ADDRESS`; refusals become exit 1."""
    from campapp import create_app  # why: `--help` must not load the whole house
    from campapp.core.access import Refused  # why: as above
    from campapp.core.action import Gone  # why: as above
    from campapp.core.current import CONSOLE, current  # why: as above
    from campapp.core.states import NotAllowed  # why: as above

    app = create_app(settings(wishes, **changed))
    with app.app_context():
        _ready_database()
        actor = actor_of(wishes.acting_as) if wishes.acting_as else CONSOLE
        try:
            with current.set(actor=actor, locale="en", request_id="console"):
                yield app
        except Refused as problem:
            refuse(problem.reason or f"not allowed: {problem.rule}")
        except (Gone, NotAllowed) as problem:
            refuse(str(problem))


def _ready_database() -> None:
    """An empty place gets its tables; an older one is not touched without being asked."""
    from flask_migrate import upgrade  # why: `--help` must not load the whole house
    from sqlalchemy import inspect  # why: as above

    from campapp.core.db import db  # why: as above

    if not inspect(db.engine).has_table("alembic_version"):
        upgrade()


def actor_of(address: str) -> Any:
    """The actor of an account's confirmed address."""
    from campapp.accounts.queries import actor_at  # why: `--help` must not load the whole house

    actor = actor_at(address)
    if actor is None:
        refuse(f"no account with the address {address}")
    return actor


def say(words: str) -> None:
    """Words and progress go to standard error."""
    click.echo(words, err=True)


def answer(wishes: Wishes, document: Any, words: str = "") -> None:
    """The command's answer: one JSON document on standard output with `--json`, else the words."""
    click.echo(json.dumps(document, ensure_ascii=False, default=str) if wishes.as_json else words)


def refuse(reason: str, code: int = REFUSED) -> NoReturn:
    """Say why on standard error and leave."""
    click.echo(reason, err=True)
    sys.exit(code)
