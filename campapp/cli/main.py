"""The `campapp` command and its groups."""

from __future__ import annotations

import importlib
from typing import Any

import click

from campapp.cli.frame import Wishes

COMMANDS = {
    "run": "serving:run", "worker": "serving:worker", "demo": "serving:demo", "db": "database:db",
    "admin": "people:admin", "import": "exchange:import_", "export": "exchange:export", "camp": "camp:camp",
    "verify": "verify:verify", "backup": "exchange:backup", "restore": "exchange:restore", "access": "access:access",
    "solve": "solving:solve", "bench": "solving:bench",
}  # fmt: skip
"""Where each command lives; loaded when it is asked for."""


class Lazy(click.Group):
    """Loads a command's module only when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them, in the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(importlib.import_module(f"campapp.cli.{module}"), name)
        return command


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", metavar="DIR", help="The park's folder (else CAMPAPP_DATA, else var/).")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@click.option("--as", "acting_as", metavar="ADDRESS", help="Act as the account with this address.")
@click.version_option(package_name="campapp", prog_name="campapp")
@click.pass_context
def group(context: click.Context, /, **wishes: Any) -> None:
    """An innovation park's year in one place: competitions, camps, matches, meetings and what came of it."""
    context.obj = Wishes(**wishes)


def main() -> None:
    """The console script."""
    group(prog_name="campapp")
