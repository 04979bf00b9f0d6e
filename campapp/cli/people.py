"""`campapp admin`."""

from __future__ import annotations

import click

from campapp.cli.frame import WRONG, Wishes, answer, inside, refuse, shared


@click.command()
@click.argument("address")
@shared
def admin(wishes: Wishes, address: str) -> None:
    """Make or renew a park administrator: prints a single-use link."""
    with inside(wishes):
        from campapp.accounts.setup import administrator_link  # why: loaded with the application
        from campapp.core.text.language import Unreadable  # why: as above

        try:
            link = administrator_link(address)
        except Unreadable as problem:
            refuse(str(problem), WRONG)
        answer(wishes, {"link": link}, link)
