"""Notices of a programme."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.core.access import find, find_by
from campapp.core.action import may
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, public, to
from campapp.programmes import queries
from campapp.programmes.actions.notice import change_notice, publish_draft, take_notice_back, write_notice
from campapp.programmes.announced import group_messages
from campapp.programmes.forms.people import NoticeForm
from campapp.programmes.models import Notice, Programme
from campapp.programmes.naming import NamesUnasked
from campapp.programmes.queries import programme_of
from campapp.programmes.rules import reads

bp = Blueprint("notice", __name__)


@bp.get("/notices/<int:id>")
@public
def show(id: int) -> Response:
    """One notice."""
    notice = find(Notice, id)
    programme = programme_of(notice)
    helping = may(change_notice, notice)
    return page(
        "programmes/notice/show.html", notice=notice, programme=programme, files=queries.notice_files(notice),
        helping=helping, to_paste=group_messages(notice) if helping and notice.published_at else (),
    )  # fmt: skip


@bp.get("/programmes/<slug>/notices")
@guarded_by(reads)
def index(slug: str) -> Response:
    """All of a programme's notices, drafts included."""
    programme = find_by(Programme, slug=slug)
    return page("programmes/notice/index.html", programme=programme, notices=queries.notices(programme))


@bp.get("/programmes/<slug>/notices/new")
@guarded_by(write_notice)
def new(slug: str) -> Response:
    """A notice's form."""
    programme = find_by(Programme, slug=slug)
    return page("programmes/notice/edit.html", programme=programme, notice=None, form=NoticeForm.of())


@bp.post("/programmes/<slug>/notices")
@guarded_by(write_notice)
def create(slug: str) -> Response:
    """Write it as a draft."""
    programme, form = find_by(Programme, slug=slug), NoticeForm.of(sent=request.form)
    if not form.validate():
        return page("programmes/notice/edit.html", programme=programme, notice=None, form=form, status=422)
    made = write_notice(programme, **form.values)
    return to(".edit", id=made.id, done=_("A draft. It is public once you publish it."))


@bp.get("/notices/<int:id>/edit")
@guarded_by(change_notice)
def edit(id: int) -> Response:
    """The form, filled, and its files."""
    return edited(find(Notice, id))


def edited(
    notice: Notice, form: NoticeForm | None = None, *, status: int = 200, file_error: str = ""
) -> Response:
    """The page on which a notice is changed; `file_error` says why a file was not kept."""
    return page(
        "programmes/notice/edit.html", status=status, programme=programme_of(notice), notice=notice,
        form=form or NoticeForm.of(notice), files=queries.notice_files(notice), file_error=file_error,
    )  # fmt: skip


@bp.post("/notices/<int:id>")
@guarded_by(change_notice)
def update(id: int) -> Response:
    """Save it."""
    notice = find(Notice, id)
    form = NoticeForm.of(notice, request.form)
    if not form.validate():
        return edited(notice, form, status=422)
    try:
        change_notice(notice, version=request.form.get("version", type=int), **form.values)
    except NamesUnasked as problem:
        form.blame("text", problem.reason)
        return edited(find(Notice, id), form, status=422)
    return to(".index", slug=programme_of(notice).slug, done=_("Saved."))


@bp.post("/notices/<int:id>/publication")
@guarded_by(publish_draft)
def publish(id: int) -> Response:
    """On the public page from now on."""
    notice = find(Notice, id)
    try:
        publish_draft(notice, sure="sure" in request.form)
    except NamesUnasked as problem:
        notice = find(Notice, id)
        return page("programmes/notice/unasked.html", status=409, notice=notice, programme=programme_of(notice),
                    names=problem.names)  # fmt: skip
    return to(".index", slug=programme_of(notice).slug, done=_("The notice is public."),
              undo=url_for(".unpublish", id=id))  # fmt: skip


@bp.delete("/notices/<int:id>/publication")
@guarded_by(take_notice_back)
def unpublish(id: int) -> Response:
    """Off the public page."""
    notice = find(Notice, id)
    take_notice_back(notice)
    return to(".index", slug=programme_of(notice).slug, done=_("A draft again."))
