"""The decided list as a public notice."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.applications import results
from campapp.applications.actions.result import publish_result, take_result_back
from campapp.applications.forms import ResultForm
from campapp.applications.states import ANNOUNCED
from campapp.core.access import find, find_by
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Notice, Programme
from campapp.programmes.naming import NamesUnasked

bp = Blueprint("result", __name__)


@bp.get("/programmes/<slug>/result/new")
@guarded_by(publish_result)
def new(slug: str) -> Response:
    """The notice as it would read, in both languages; its words can be changed."""
    programme = find_by(Programme, slug=slug)
    words = results.notice_of(programme)
    return _asked(programme, ResultForm.of(title=words["title"], text=words["text"]))


def _asked(programme: Programme, form: ResultForm, status: int = 200) -> Response:
    counts = results.counts(programme)
    told = [(state, counts.get(state, 0)) for state in ANNOUNCED[programme.kind]]
    undecided = sum(counts.get(state, 0) for state in ("submitted", "eligible", "returned"))
    return page("applications/result/new.html", status=status, programme=programme, form=form, told=told,
                open=undecided, unnamed=results.unnamed(programme))  # fmt: skip


@bp.post("/programmes/<slug>/result")
@guarded_by(publish_result)
def create(slug: str) -> Response:
    """Publish it."""
    programme, form = find_by(Programme, slug=slug), ResultForm.of(sent=request.form)
    if not form.validate():
        return _asked(programme, form, 422)
    try:
        published = publish_result(programme, **form.values)
    except NamesUnasked as problem:
        form.blame("text", problem.reason)
        return _asked(find_by(Programme, slug=slug), form, 422)
    undo = url_for(".destroy", slug=slug, id=published.notice.id)
    if published.sending is not None:
        done = _("The result is published. Now tell the teams that do not know yet.")
        return to("messages.sending.show", sending_id=published.sending.id, done=done, undo=undo)
    done = _("The result is published; every team it concerns has been told before.")
    return to("programmes.notice.show", id=published.notice.id, done=done, undo=undo)


@bp.delete("/programmes/<slug>/result/<int:id>")
@guarded_by(take_result_back)
def destroy(slug: str, id: int) -> Response:
    """Take it back: nobody sees it any more."""
    find_by(Programme, slug=slug)
    take_result_back(find(Notice, id))
    return to("applications.list.index", slug=slug, done=_("The result is no longer public."))
