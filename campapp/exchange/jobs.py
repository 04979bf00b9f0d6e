"""The worker's side of exchange."""

from __future__ import annotations

import time
from datetime import datetime

from campapp.core import clock, files, jobs
from campapp.core.access import find
from campapp.core.db import db
from campapp.core.jobs import job
from campapp.exchange.actions.package import fail_package, keep_package
from campapp.exchange.models import Package
from campapp.exchange.packing import pack
from campapp.programmes.models import Programme


@job
def pack_files(package_id: int) -> None:
    """Put the files of chosen entries into one ZIP, as the person who asked for it sees them."""
    package = find(Package, package_id)
    programme = db.session.get_one(Programme, package.programme_id)
    chosen, slug, zone, account = (
        list(package.applications),
        programme.slug,
        programme.zone,
        package.account_id,
    )
    told = time.monotonic()

    def beat(done: int) -> None:
        nonlocal told
        if time.monotonic() - told > 1:
            told = time.monotonic()
            jobs.beat({"files": done})

    try:
        made = pack(chosen, zone, beat)
        stored = files.adopt(made.place, named(slug, clock.now()), account_id=account)
    except OSError as problem:
        with jobs.finishing():
            fail_package(find(Package, package_id), problem.strerror or str(problem))
        return
    with jobs.finishing():
        keep_package(find(Package, package_id), stored, made.number)


def named(slug: str, at: datetime) -> str:
    """What the ZIP is called."""
    return f"{slug}-files-{at:%Y%m%d-%H%M}.zip"
