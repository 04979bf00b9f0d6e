"""Pages of saved views: give what a list is asked a name, take a view away."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, abort, request

from campapp.core.access import find
from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.list.saved import LONGEST_VIEW_NAME, SavedView, drop_view, save_view, seal
from campapp.core.web import guarded_by, page, safe_next, to

bp = Blueprint("lists", __name__)
LONGEST_QUERY = 2_000


class ViewForm(Form):
    """A view's name, and whether others have it too."""

    name = fields.line(_l("Name of the view"), LONGEST_VIEW_NAME, required=True)
    shared = fields.tick(_l("Everybody who opens this list may use it"))


@bp.get("/views/new")
@guarded_by(save_view)
def new() -> Response:
    """Ask for a name."""
    return _asked(ViewForm.of())


@bp.post("/views")
@guarded_by(save_view)
def create() -> Response:
    """Keep the view and go back to the list, as it was asked."""
    form = ViewForm.of(sent=request.form)
    if not form.validate():
        return _asked(form, 422)
    if not hmac.compare_digest(seal(_given("list"), _given("place")).encode(), _given("seal").encode()):
        abort(404)
    query = _given("query")
    view = save_view(list_name=_given("list"), place=_given("place"), query=query, **form.values)
    back = safe_next(_given("back")) or "/"
    target = f"{back}?{query}" if query else back
    return to(target, done=_("“%(name)s” is saved as a view.", name=view.name))


@bp.delete("/views/<int:view_id>")
@guarded_by(drop_view)
def destroy(view_id: int) -> Response:
    """Take a view away."""
    view = find(SavedView, view_id)
    name = view.name
    drop_view(view)
    return to(safe_next(_given("back")) or "/", done=_("The view “%(name)s” is gone.", name=name))


def _asked(form: ViewForm, status: int = 200) -> Response:
    kept = {key: _given(key) for key in ("list", "place", "seal", "query", "back")}
    kept["back"] = safe_next(kept["back"]) or "/"
    return page("list/view/new.html", form=form, kept=kept, status=status)


def _given(key: str) -> str:
    """What came along with the address or the form; nothing that a database refuses."""
    text = request.values.get(key, "")[:LONGEST_QUERY].replace("\0", "")
    return text.encode(errors="ignore").decode()
