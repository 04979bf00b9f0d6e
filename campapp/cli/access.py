"""`campapp access`: who may see and do what, as a table."""

from __future__ import annotations

import click
from flask import Flask

from campapp.cli.frame import Wishes, answer, inside, shared

Line = dict[str, str]


@click.command()
@shared
def access(wishes: Wishes) -> None:
    """Print every sight and every guarded address."""
    with inside(wishes) as app:
        answer(wishes, {"sights": _sights(), "pages": _pages(app)}, table(app))


def table(app: Flask) -> str:
    """The table as text: one sight or one address a line."""
    sights = [f"{one['model']:<22} {one['role']:<16} {one['sees']}" for one in _sights()]
    pages = [f"{one['methods']:<12} {one['path']:<70} {one['rule']}" for one in _pages(app)]
    return "\n".join([*sights, "", *pages])


def _sights() -> list[Line]:
    from campapp.core.access import sight_table  # why: loaded with the application

    return [{"model": model, "role": role, "sees": what} for model, role, what in sight_table()]


def _pages(app: Flask) -> list[Line]:
    pages = [
        {
            "path": rule.rule,
            "methods": ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})),
            "rule": _guard(app, rule.endpoint),
        }
        for rule in app.url_map.iter_rules()
    ]
    return sorted(pages, key=lambda one: (one["path"], one["methods"]))


def _guard(app: Flask, endpoint: str) -> str:
    guard = getattr(app.view_functions[endpoint], "guard", None)
    return guard.name if guard else "public"
