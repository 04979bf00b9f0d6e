"""`campapp verify`: repeat a run and compare; check the audit log."""

from __future__ import annotations

import click

from campapp.cli.frame import REFUSED, WRONG, Wishes, answer, inside, refuse, shared


@click.group()
def verify() -> None:
    """Check what was computed, and what was written down."""


@verify.command()
@click.argument("number", type=int)
@shared
def run(wishes: Wishes, number: int) -> None:
    """Repeat a run from its two files and compare."""
    with inside(wishes):
        from campapp.core.access import visible  # why: loaded with the application
        from campapp.core.db import db  # why: as above
        from campapp.runs.models import Run  # why: as above
        from campapp.runs.verification import verify as repeat  # why: as above

        row = db.session.scalars(visible(Run).where(Run.id == number)).one_or_none()
        if row is None:
            refuse(f"no run {number}", WRONG)
        verdict = repeat(row)
        words = "the same to the byte" if verdict.identical else verdict.reason
        answer(wishes, {"run": number, "same": verdict.same, "identical": verdict.identical, "reason": verdict.reason},
               f"Run {number}: {words}.")  # fmt: skip
        if not verdict.same:
            raise SystemExit(REFUSED)


@verify.command()
@click.option(
    "--expect", metavar="HEAD", help="A head that was noted down earlier, like 12:ab34…: it must still stand."
)
@shared
def audit(wishes: Wishes, expect: str | None) -> None:
    """Check the sealed chain of the log, its people and causes; 1, and a line each, where something is wrong."""
    with inside(wishes):
        from campapp.exchange.park.audit import check, expected  # why: loaded with the application

        found = check()
        if expect:
            found["problems"] += expected(expect)
        words = (
            f"{found['events']} events, {found['sealed']} of them sealed in {found['blocks']} blocks, "
            f"{found['erased']} with something erased; {len(found['problems'])} problems."
        )
        lines = [*found["problems"], words, *([f"Head: {found['head']}"] if found["head"] else [])]
        answer(wishes, found, "\n".join(lines))
        if found["problems"]:
            raise SystemExit(REFUSED)
