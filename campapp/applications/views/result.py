"""The decided list as a public notice."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.applications import results
from campapp.applications.forms import ResultForm
from campapp.core.access import find, find_by
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.programmes.actions.notice import publish_notice, take_notice_back
from campapp.programmes.models import Notice, Programme

bp = Blueprint("result", __name__)


@bp.get("/programmes/<slug>/result/new")
@guarded_by(publish_notice)
def new(slug: str) -> Response:
    """The notice as it would read, in both languages; its words can be changed."""
    programme = find_by(Programme, slug=slug)
    words = results.notice_of(programme)
    return _asked(programme, ResultForm.of(title=words["title"], text=words["text"]))


def _asked(programme: Programme, form: ResultForm, status: int = 200) -> Response:
    counts = results.counts(programme)
    return page("applications/result/new.html", status=status, programme=programme, form=form, counts=counts)


@bp.post("/programmes/<slug>/result")
@guarded_by(publish_notice)
def create(slug: str) -> Response:
    """Publish it."""
    programme, form = find_by(Programme, slug=slug), ResultForm.of(sent=request.form)
    if not form.validate():
        return _asked(programme, form, 422)
    notice = publish_notice(programme, kind="result", pinned=True, **form.values)
    undo = url_for(".destroy", slug=slug, id=notice.id)
    return to("programmes.notice.show", id=notice.id, done=_("The result is published."), undo=undo)


@bp.delete("/programmes/<slug>/result/<int:id>")
@guarded_by(take_notice_back)
def destroy(slug: str, id: int) -> Response:
    """Take it back: nobody sees it any more."""
    find_by(Programme, slug=slug)
    take_notice_back(find(Notice, id))
    return to("applications.list.index", slug=slug, done=_("The result is no longer public."))
