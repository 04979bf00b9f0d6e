"""The files of many entries in one ZIP: asked for, made, swept away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from campapp.core import beats, clock
from campapp.core.action import Act, action, transaction
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.files import StoredFile, add
from campapp.core.jobs import enqueue
from campapp.exchange.models import Package
from campapp.exchange.rules import manages_package
from campapp.programmes.models import Programme
from campapp.programmes.rules import manages

KEPT = timedelta(days=7)


@action("package_asked_for", rule=manages)
def ask_for_package(act: Act, programme: Programme, applications: Sequence[int]) -> Package:
    """Have the worker put the files of these entries into one ZIP."""
    package = Package(
        programme_id=programme.id, account_id=current.actor.account_id, applications=list(applications),
        expires_at=act.at + KEPT,
    )  # fmt: skip
    db.session.add(package)
    db.session.flush()
    package.job_id = enqueue("exchange.pack_files", package.id).id
    act.note(applications=len(applications))
    return package


@action("package_made", rule=manages_package)
def keep_package(act: Act, package: Package, stored: StoredFile, number: int) -> None:
    """It can be downloaded."""
    package.file_id, package.number, package.state = add(stored).id, number, "done"


@action("package_failed", rule=manages_package)
def fail_package(act: Act, package: Package, reason: str) -> None:
    """It could not be made: a full disk, a file that is gone."""
    package.state, package.error = "failed", reason[:500]


@beats.every(timedelta(hours=1))
def sweep_packages() -> int:
    """Drop what nobody fetched for a week; its bytes go with the next sweep."""
    with transaction():
        old = db.session.scalars(select(Package).where(Package.expires_at < clock.now()).limit(100)).all()
        for package in old:
            stored = db.session.get(StoredFile, package.file_id) if package.file_id else None
            db.session.delete(package)
            db.session.flush()
            if stored is not None:
                db.session.delete(stored)
    return len(old)
