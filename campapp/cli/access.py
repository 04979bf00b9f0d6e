"""`campapp access`: who may see and do what, as a table."""

from __future__ import annotations

import click

from campapp.cli.frame import Wishes, answer, inside, shared


@click.command()
@shared
def access(wishes: Wishes) -> None:
    """Print every sight and every guarded address."""
    with inside(wishes) as app:
        from campapp.core.access import sight_table  # why: loaded with the application

        sights = [{"model": m, "role": r, "sees": what} for m, r, what in sight_table()]
        pages = sorted(
            (
                rule.rule,
                ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})),
                _guard(app, rule.endpoint),
            )
            for rule in app.url_map.iter_rules()
        )
        words = "\n".join(
            [f"{s['model']:<22} {s['role']:<16} {s['sees']}" for s in sights]
            + [""]
            + [f"{methods:<12} {path:<70} {guard}" for path, methods, guard in pages]
        )
        document = {"sights": sights, "pages": [{"path": p, "methods": m, "rule": g} for p, m, g in pages]}
        answer(wishes, document, words)


def _guard(app: object, endpoint: str) -> str:
    view = app.view_functions[endpoint]  # type: ignore[attr-defined]
    guard = getattr(view, "guard", None)
    return guard.name if guard else "public"
