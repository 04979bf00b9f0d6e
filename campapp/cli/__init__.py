"""The command line: each command calls the same actions as the page, under the same rules."""

from campapp.cli.main import main

__all__ = ["main"]
