"""Questions that are asked again and again, as the staff keep them."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.core.access import find, find_by
from campapp.core.action import may
from campapp.core.language import gettext as _
from campapp.core.text import numbers
from campapp.core.web import guarded_by, page, to
from campapp.programmes import queries
from campapp.programmes.actions.faq import change_faq, order_faqs, put_faq_back, take_faq_out, write_faq
from campapp.programmes.forms.people import FaqForm
from campapp.programmes.models import Faq, Programme
from campapp.programmes.queries import programme_of
from campapp.programmes.rules import reads

bp = Blueprint("faq", __name__)


@bp.get("/programmes/<slug>/faq")
@guarded_by(reads)
def index(slug: str) -> Response:
    """All of them, in the order of the public page."""
    programme = find_by(Programme, slug=slug)
    return page("programmes/faq/index.html", programme=programme, faqs=queries.faqs(programme),
                writes=may(write_faq, programme))  # fmt: skip


def _page(programme: Programme, form: FaqForm, faq: Faq | None = None, status: int = 200) -> Response:
    return page("programmes/faq/edit.html", status=status, programme=programme, faq=faq, form=form)


@bp.get("/programmes/<slug>/faq/new")
@guarded_by(write_faq)
def new(slug: str) -> Response:
    """One more."""
    return _page(find_by(Programme, slug=slug), FaqForm.of())


@bp.post("/programmes/<slug>/faq")
@guarded_by(write_faq)
def create(slug: str) -> Response:
    """It stands on the public page at once."""
    programme, form = find_by(Programme, slug=slug), FaqForm.of(sent=request.form)
    if not form.validate():
        return _page(programme, form, status=422)
    write_faq(programme, **form.values)
    return to(".index", slug=slug, done=_("It stands on the public page."))


@bp.put("/programmes/<slug>/faq/order")
@guarded_by(order_faqs)
def reorder(slug: str) -> Response:
    """Another order: dragged, or one moved a step by its button."""
    programme = find_by(Programme, slug=slug)
    wanted = [one for one in map(numbers.key, request.form.getlist("order")) if one]
    moved, _colon, way = request.form.get("move", "").partition(":")
    key = numbers.key(moved)
    if key in wanted:
        at = wanted.index(key)
        place = max(at - 1, 0) if way == "up" else at + 1
        wanted.insert(place, wanted.pop(at))
    order_faqs(programme, wanted)
    return to(".index", slug=slug, done=_("Saved."))


@bp.get("/faqs/<int:id>/edit")
@guarded_by(change_faq)
def edit(id: int) -> Response:
    """Its words."""
    faq = find(Faq, id)
    return _page(programme_of(faq), FaqForm.of(faq), faq)


@bp.post("/faqs/<int:id>")
@guarded_by(change_faq)
def update(id: int) -> Response:
    """Save them."""
    faq = find(Faq, id)
    form = FaqForm.of(faq, request.form)
    if not form.validate():
        return _page(programme_of(faq), form, faq, 422)
    change_faq(faq, version=request.form.get("version", type=int), **form.values)
    return to(".index", slug=programme_of(faq).slug, done=_("Saved."))


@bp.delete("/faqs/<int:id>")
@guarded_by(take_faq_out)
def destroy(id: int) -> Response:
    """Off the public page; undo puts it back."""
    faq = find(Faq, id)
    take_faq_out(faq)
    return to(".index", slug=programme_of(faq).slug, done=_("It is off the public page."),
              undo=url_for(".restore", id=id))  # fmt: skip


@bp.delete("/faqs/<int:id>/removal")
@guarded_by(put_faq_back)
def restore(id: int) -> Response:
    """Back on the public page."""
    faq = find(Faq, id)
    put_faq_back(faq)
    return to(".index", slug=programme_of(faq).slug, done=_("It is back."))
