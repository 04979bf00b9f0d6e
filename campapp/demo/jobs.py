"""The worker's side of rehearsals."""

from __future__ import annotations

import logging

from campapp.core import jobs
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
    """Make the park of a rehearsal; half a one is thrown away, and so is one that nobody wants any more."""
    rehearsal = db.session.get(Rehearsal, rehearsal_id)
    if rehearsal is None:
        return
    programme = db.session.get_one(Programme, rehearsal.programme_id)
    stage, token = stage_of(), rehearsal.token
    script, titles = script_of(programme), {"title_zh": programme.title_zh, "title_en": programme.title_en}
    db.session.rollback()
    stage.throw_away(token)  # what an earlier attempt left
    try:
        play(stage.build(stage.settings_of(token)), script)
        stage.open(token, titles)
        ended = open_rehearsal
    except Exception:  # whatever broke: nobody may enter half a park, and its page must not wait for ever
        log.exception("rehearsal %s could not be made", rehearsal_id)
        stage.throw_away(token)
        ended = fail_rehearsal
    with jobs.finishing():
        wanted = db.session.get(Rehearsal, rehearsal_id)
        if wanted is not None:
            ended(wanted)
    if wanted is None:
        stage.throw_away(token)
