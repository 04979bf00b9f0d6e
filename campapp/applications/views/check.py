"""The formal check of one entry, the team's reading of it, the paper for whoever objects, and the programme's list."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from wtforms import Form as PlainForm
from wtforms import FormField, HiddenField

from campapp.applications.actions.check import ENDS, end_check, mark_item, waits_for_check
from campapp.applications.checking import items_in_words, items_of, last_result, lines_of, times_returned
from campapp.applications.evidence import evidence_of
from campapp.applications.lists import WORDS
from campapp.applications.looks import AUTOS, STANDARD
from campapp.applications.models import Application
from campapp.applications.paper import submitted_scans
from campapp.applications.rules import decides_application, helps_application, reads_application
from campapp.core import clock
from campapp.core.access import Refused, find, find_by, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.events import Stale
from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.form.declared import TableField
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.outbox import UNDO
from campapp.core.text import lines as text_lines
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by, is_fragment, page, to
from campapp.programmes.actions.group import set_checklist
from campapp.programmes.forms.programme import kept_rows
from campapp.programmes.models import CheckItem, Programme
from campapp.programmes.queries import programme_of
from campapp.programmes.rules import manages
from campapp.programmes.views.programme import with_row_changed

bp = Blueprint("check", __name__)


class EndForm(Form):
    """Until when a returned entry may come again."""

    respond_by = fields.moment(_l("If returned: to be submitted again until"))


@bp.get("/applications/<int:id>/check")
@guarded_by(reads_application)
def show(id: int) -> Response:
    """Every item: what a look by itself found, what colleagues marked."""
    return _drawn(find(Application, id))


def _drawn(
    application: Application, *, status: int = 200, errors: dict[int, str] | None = None, refused: str = "",
    theirs: Any = None, form: EndForm | None = None, typed: dict[int, tuple[str, str]] | None = None,
) -> Response:  # fmt: skip
    if application.submission_id is None:
        abort(404)
    programme, actor = programme_of(application), current.actor
    evidence = evidence_of(application)
    found = lines_of(application, evidence)
    waits = waits_for_check(actor, application)
    return page(
        "applications/check/show.html", fragment="items", status=status, application=application, lines=found,
        programme=programme, autos=AUTOS, errors=errors or {}, refused=refused, theirs=theirs, typed=typed or {},
        marks=waits and helps_application(actor, application), ends=waits and decides_application(actor, application),
        result=last_result(application.id), items=_read(application), returned=times_returned(application.id),
        form=form or EndForm.of(None, zone=programme.zone), open=sum(not line.verdict for line in found),
        failed=sum(line.verdict == "failed" for line in found), following=_next(application),
        scans=submitted_scans(evidence),
    )  # fmt: skip


def _read(application: Application) -> list[tuple[str, str, str]]:
    result = last_result(application.id)
    return items_in_words(result) if result else []


def _next(application: Application) -> Application | None:
    """The next entry that waits for its check, going round."""
    waiting = visible(Application).where(
        Application.programme_id == application.programme_id, Application.state == "submitted",
        Application.id != application.id,
    )  # fmt: skip
    after = waiting.where(Application.id > application.id).order_by(Application.id).limit(1)
    found = db.session.scalars(after).first()
    return found or db.session.scalars(waiting.order_by(Application.id).limit(1)).first()


@bp.put("/applications/<int:id>/check/<int:item_id>")
@guarded_by(mark_item)
def mark(id: int, item_id: int) -> Response:
    """Mark one item; who looked at an older mark of it is shown the colleague's."""
    application = find(Application, id)
    item = find(CheckItem, item_id, programme_id=application.programme_id)
    verdict = request.form.get("verdict", "")
    try:
        reason = text_lines.one_line(
            request.form.get("reason", "").replace("\r", " ").replace("\n", " "), 500
        )
        mark_item(application, item, verdict, reason, seen=request.form.get("seen", type=int))
    except (Refused, Unreadable) as problem:
        words = problem.reason if isinstance(problem, Refused) else str(problem)
        typed = {item.id: (verdict, request.form.get("reason", "")[:500])}
        return _drawn(application, status=422, errors={item.id: str(words)}, typed=typed)
    except Stale as problem:
        return _drawn(application, status=409, theirs=problem.row, typed={item.id: (verdict, reason)})
    return _drawn(application) if is_fragment() else to(".show", id=id)


@bp.post("/applications/<int:id>/check")
@guarded_by(end_check)
def end(id: int) -> Response:
    """End it; the team hears of it after ten seconds, with every reason at once."""
    application = find(Application, id)
    programme = programme_of(application)
    form, verdict = EndForm.of(None, request.form, zone=programme.zone), request.form.get("to", "")
    if verdict not in ENDS:
        abort(422)
    good = form.validate()
    if good and form.respond_by.data and form.respond_by.data <= clock.now():
        form.blame("respond_by", _("This lies in the past."))
    if form.errors:
        return _drawn(application, status=422, form=form)
    try:
        end_check(application, verdict, respond_by=form.respond_by.data, not_before=clock.now() + UNDO)
    except Refused as problem:
        if not problem.reason:
            raise
        return _drawn(application, status=422, refused=problem.reason, form=form)
    following = _next(application)
    done = _("%(team)s: %(state)s", team=application.team_name, state=WORDS[verdict])
    undo = url_for("applications.decision.destroy", id=id)
    return to(".show", id=following.id if following else id, done=done, undo=undo)


@bp.get("/applications/<int:id>/check/reasons")
@guarded_by(reads_application)
def paper(id: int) -> Response:
    """How the check ended, on paper, in the words that the team reads: for whoever asks or objects."""
    application = find(Application, id)
    result = last_result(application.id) or abort(404)
    return page(
        "applications/check/paper.html", application=application, result=result, items=items_in_words(result),
        programme=programme_of(application),
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------ the list itself
class ItemRow(PlainForm):
    """One item of the list."""

    id = HiddenField()
    title_zh = fields.line("中文", 300)
    title_en = fields.line("English", 300)
    auto = fields.select(_l("Looked at by itself"), [(key, auto.label) for key, auto in AUTOS.items()])


class ChecklistForm(Form):
    """What every entry is held against."""

    items = TableField(FormField(ItemRow), _l("Items"), min_entries=1, max_entries=60)


@bp.get("/programmes/<slug>/checklist")
@guarded_by(manages)
def index(slug: str) -> Response:
    """The list; where there is none yet, the usual one to begin from."""
    programme = find_by(Programme, slug=slug)
    rows = [
        {"id": row.id, "title_zh": row.title_zh, "title_en": row.title_en, "auto": row.auto}
        for row in items_of(programme.id)
    ]
    usual = [{"id": "", "title_zh": zh, "title_en": en, "auto": auto} for zh, en, auto in STANDARD]
    form = ChecklistForm.of(items=rows or usual)
    return page("applications/check/list.html", programme=programme, form=form, kept=bool(rows))


@bp.post("/programmes/<slug>/checklist")
@guarded_by(set_checklist)
def update(slug: str) -> Response:
    """Save it; entries that were checked keep their results."""
    programme, form = find_by(Programme, slug=slug), ChecklistForm.of(sent=request.form)
    if with_row_changed(form) or not form.validate():
        return page("applications/check/list.html", programme=programme, form=form, kept=True, status=422)
    set_checklist(programme, kept_rows(form["items"], "title_zh", "title_en"))
    return to(".index", slug=slug, done=_("Saved."))
