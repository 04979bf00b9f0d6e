"""`campapp camp`: match, release, accept, schedule, publish, by the page's own actions."""

from __future__ import annotations

from typing import Any

import click

from campapp.cli.frame import INFEASIBLE, WRONG, Seconds, Wishes, answer, inside, refuse, say, shared


@click.group()
def camp() -> None:
    """A camp, by its slug."""


def programme_of(slug: str) -> Any:
    """The camp with this slug, if the actor sees it."""
    from campapp.core.access import visible  # why: loaded with the application
    from campapp.core.db import db  # why: as above
    from campapp.programmes.models import Programme  # why: as above

    found = db.session.scalars(visible(Programme).where(Programme.slug == slug)).one_or_none()
    if found is None:
        refuse(f"no camp with the slug {slug}", WRONG)
    return found


def _waited(run_id: int) -> Any:
    """Work off the queue here until the run is over; another worker may take it."""
    import time  # why: only here

    from campapp.core import jobs  # why: loaded with the application
    from campapp.core.db import db  # why: as above
    from campapp.runs.models import Run  # why: as above

    seen = 0
    while True:
        claimed = jobs.claim()
        if claimed is not None:
            jobs.run(*claimed)
        db.session.rollback()
        run = db.session.get_one(Run, run_id, populate_existing=True)
        if run.state not in {"queued", "running"}:
            return run
        if run.progress.get("beat", 0) != seen:
            seen = run.progress["beat"]
            say(
                f"best {run.progress.get('best')}, bound {run.progress.get('bound')}, {run.progress.get('seconds')} s"
            )
        time.sleep(0.2)


def _answer_run(wishes: Wishes, run: Any, **more: Any) -> None:
    if run.state in {"failed", "cancelled"}:
        refuse(run.error or run.state)
    document = {"run": run.id, "status": run.status, "objective": run.value, "bound": run.bound, **more}
    answer(wishes, document, ", ".join(f"{name} {value}" for name, value in document.items()))
    if run.status == "infeasible":
        raise SystemExit(INFEASIBLE)


@camp.command()
@click.argument("slug")
@click.option(
    "--objective", type=click.Choice(["total", "stable", "fair"]), default="fair", show_default=True
)
@shared
def match(wishes: Wishes, slug: str, objective: str) -> None:
    """Propose matches: a run, waited for; its pairs become the proposals."""
    with inside(wishes):
        from campapp.matching.actions import run as runs  # why: loaded with the application
        from campapp.matching.weights import Weights  # why: as above

        programme = programme_of(slug)
        weights = Weights.of(programme.options.get("weights"))
        run = _waited(runs.start(programme, objective=objective, weights=weights).id)
        if run.state == "solved":
            runs.choose(run)
        _answer_run(wishes, run, pairs=run.summary.get("pairs", 0))


@camp.command()
@click.argument("slug")
@click.option("--run", "number", type=int, help="Choose this run first (default: the chosen one).")
@shared
def release(wishes: Wishes, slug: str, number: int | None) -> None:
    """Show the proposals to their companies."""
    with inside(wishes):
        from campapp.core.access import visible  # why: loaded with the application
        from campapp.core.db import db  # why: as above
        from campapp.matching.actions.release import release as show  # why: as above
        from campapp.matching.actions.run import choose  # why: as above
        from campapp.matching.models import Match  # why: as above
        from campapp.matching.overview import without_consent  # why: as above
        from campapp.runs.models import Run  # why: as above

        programme = programme_of(slug)
        if number is not None:
            run = db.session.scalars(
                visible(Run).where(Run.id == number, Run.programme_id == programme.id, Run.kind == "match")
            ).one_or_none()
            if run is None or run.state != "solved":
                refuse(f"run {number} is no solved match of this camp", WRONG)
            choose(run)
        proposed = list(
            db.session.scalars(
                visible(Match)
                .where(Match.programme_id == programme.id, Match.state == "proposed")
                .order_by(Match.id)
            )
        )
        lacking = without_consent(proposed)
        row = show(programme, proposed)
        count = sum(match.application_id not in lacking for match in proposed)
        words = f"{count} matches released."
        if lacking:
            words += f" Left out, without consent to be passed to companies: {', '.join(lacking.values())}."
        answer(
            wishes, {"release": row.id, "matches": count, "without_consent": list(lacking.values())}, words
        )


@camp.command()
@click.argument("slug")
@click.option("--all", "everything", is_flag=True, required=True, help="Every released match.")
@click.option("--reason", required=True, metavar="TEXT", help="Why the organiser answers for them.")
@shared
def accept(wishes: Wishes, slug: str, everything: bool, reason: str) -> None:
    """Accept on both sides, as the organiser acting for them."""
    with inside(wishes):
        from campapp.core.access import visible  # why: loaded with the application
        from campapp.core.action import bulk  # why: as above
        from campapp.core.db import db  # why: as above
        from campapp.matching.actions.answer import answer_for  # why: as above
        from campapp.matching.models import Match  # why: as above

        programme = programme_of(slug)
        states = ("released", "accepted by company", "accepted by team")
        matches = list(
            db.session.scalars(
                visible(Match)
                .where(Match.programme_id == programme.id, Match.state.in_(states))
                .order_by(Match.id)
            )
        )
        with bulk():
            for row in matches:
                sides = {"released": ("company", "team"), "accepted by company": ("team",)}
                for side in sides.get(row.state, ("company",)):
                    answer_for(row, side, "accepted", reason=reason, how="organiser")
        answer(wishes, {"accepted": len(matches)}, f"{len(matches)} matches accepted on both sides.")


@camp.command()
@click.argument("slug")
@click.option("--objective", default="placed,team_breaks,company_breaks", show_default=True, metavar="a,b,c")
@click.option("--time-limit", type=Seconds(), default=60.0, show_default=True, metavar="S")
@shared
def schedule(wishes: Wishes, slug: str, objective: str, time_limit: float) -> None:
    """Give every confirmed match a slot and a table: a run, waited for; its places go on the board."""
    with inside(wishes):
        from campapp.core.db import db  # why: loaded with the application
        from campapp.scheduling.actions import run as runs  # why: as above

        programme = programme_of(slug)
        names = [name.strip() for name in objective.split(",") if name.strip()]
        run = _waited(runs.start(programme, objective=names, time_limit=time_limit).id)
        if run.state == "solved":
            runs.choose(run)
            db.session.refresh(run)
        _answer_run(wishes, run, **run.summary)


@camp.command()
@click.argument("slug")
@click.option("--tell", type=click.Choice(["now", "later"]), default="later", show_default=True)
@shared
def publish(wishes: Wishes, slug: str, tell: str) -> None:
    """Publish the board as the next version."""
    with inside(wishes):
        from campapp.core import clock  # why: loaded with the application
        from campapp.core.action import transaction  # why: as above
        from campapp.core.outbox import open_sending, release_sending  # why: as above
        from campapp.scheduling.actions.publication import publish as freeze  # why: as above

        programme = programme_of(slug)
        with transaction():
            sending = open_sending(f"Schedule of {programme.title('en')}", programme)
            row = freeze(programme, sending=sending)
            if tell == "now":
                release_sending(sending, clock.now())
        document = {"version": row.number, "sending": sending.id, "told": tell}
        answer(wishes, document, f"Version {row.number} is published; messages go {tell}.")
