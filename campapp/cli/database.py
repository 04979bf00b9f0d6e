"""`campapp db`."""

from __future__ import annotations

import click
from flask_migrate import upgrade as migrate_upgrade

from campapp.cli.frame import Wishes, answer, inside, shared


@click.group()
def db() -> None:
    """The database."""


@db.command()
@shared
def upgrade(wishes: Wishes) -> None:
    """Migrate to the newest version."""
    with inside(wishes):
        migrate_upgrade()
        answer(wishes, {"database": "newest"}, "The database is at the newest version.")
