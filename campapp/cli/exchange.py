"""`campapp import`, `export`, `backup`, `restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from campapp.cli.frame import REFUSED, WRONG, Wishes, answer, inside, refuse, say, shared

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(name="import")
def import_() -> None:
    """Take spreadsheets in."""


@import_.command(name="camp")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--check", is_flag=True, help="Only say what is wrong.")
@click.option("--good-rows", is_flag=True, help="Take in the rows that are right.")
@shared
def import_camp(wishes: Wishes, folder: Path, check: bool, good_rows: bool) -> None:
    """Read a camp's folder of spreadsheets; with errors nothing is imported unless the good rows are asked for."""
    if check and good_rows:
        refuse("--check and --good-rows exclude each other", WRONG)
    with inside(wishes):
        from campapp.exchange.camp.importing import import_folder  # why: loaded with the application

        document = import_folder(folder, check=check, good_rows=good_rows)
        for error in document["errors"]:
            say(_in_words(error))
        made = ", ".join(f"{n} {kind}" for kind, n in document["created"].items())
        answer(wishes, document, f"{document['camp']}: created {made}.")
        if document["errors"] and not good_rows:
            raise SystemExit(REFUSED)


def _in_words(error: dict[str, Any]) -> str:
    place = error["file"] + (f":{error['row']}" if error["row"] else "")
    column = f" {error['column']}" if error["column"] else ""
    value = f" “{error['value']}”" if error["value"] else ""
    return f"{place}{column}{value}: {error['reason']}"


@click.group()
def export() -> None:
    """Write spreadsheets."""


@export.command(name="camp")
@click.argument("slug")
@click.argument("folder", type=FOLDER)
@shared
def export_camp(wishes: Wishes, slug: str, folder: Path) -> None:
    """Write a camp's spreadsheets, its matches, meetings and outcomes."""
    with inside(wishes):
        from campapp.cli.camp import programme_of  # why: loaded with the application
        from campapp.exchange.camp.exporting import export_folder  # why: as above

        counts = export_folder(programme_of(slug), folder)
        answer(wishes, {"camp": slug, "rows": counts}, ", ".join(f"{n} {kind}" for kind, n in counts.items()))


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@shared
def backup(wishes: Wishes, file: Path) -> None:
    """Write everything into one file: rows and files that either database takes, of one moment, under load."""
    with inside(wishes) as app:
        from campapp.exchange.park.backup import write  # why: loaded with the application

        try:
            counts = write(file, app.config["SETTINGS"])
        except OSError as problem:
            refuse(f"cannot write {file}: {problem.strerror}")
        total = sum(counts.values())
        answer(wishes, {"file": str(file), "rows": counts}, f"{total} rows in {file}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", is_flag=True, help="Throw away what is there.")
@shared
def restore(wishes: Wishes, file: Path, replace: bool) -> None:
    """Put a backup back: into an empty place, unless it is to be replaced."""
    with inside(wishes) as app:
        from campapp.exchange.park.restore import NotEmpty, Unusable, read  # why: loaded with the application

        try:
            counts = read(file, app.config["SETTINGS"], replace=replace)
        except NotEmpty:
            refuse("There is a park here already. Choose an empty place, or say --replace.")
        except Unusable as problem:
            refuse(str(problem), WRONG)
        answer(wishes, {"rows": counts}, f"{sum(counts.values())} rows are back.")
