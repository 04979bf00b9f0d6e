"""The worker's side of rehearsals."""

from __future__ import annotations

import logging

from campapp.core import jobs
from campapp.core.access import find
from campapp.core.db import db
from campapp.core.jobs import job
from campapp.demo.actions import fail_rehearsal, open_rehearsal
from campapp.demo.models import Rehearsal
from campapp.demo.rehearsing import play, script_of
from campapp.demo.stage import stage_of
from campapp.programmes.models import Programme

log = logging.getLogger(__name__)


@job
def make_rehearsal(rehearsal_id: int) -> None:
    """Make the park of a rehearsal; half a one is thrown away."""
    rehearsal = find(Rehearsal, rehearsal_id)
    programme = db.session.get_one(Programme, rehearsal.programme_id)
    stage, token = stage_of(), rehearsal.token
    script, titles = script_of(programme), {"title_zh": programme.title_zh, "title_en": programme.title_en}
    db.session.rollback()
    stage.throw_away(token)  # what an earlier attempt left
    try:
        play(stage.build(stage.settings_of(token)), script)
        stage.open(token, titles)
    except Exception:
        log.exception("rehearsal %s could not be made", rehearsal_id)
        stage.throw_away(token)
        with jobs.finishing():
            fail_rehearsal(find(Rehearsal, rehearsal_id))
        return
    with jobs.finishing():
        open_rehearsal(find(Rehearsal, rehearsal_id))
