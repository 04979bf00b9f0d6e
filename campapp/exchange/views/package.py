"""All files of chosen entries in one ZIP: asked for from the list, made by the worker, fetched here."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, request, url_for

from campapp.applications.lists import Applications, scope_of
from campapp.core import files
from campapp.core.access import find, find_by
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.jobs import Job
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, no_content, page, to
from campapp.exchange.actions.package import ask_for_package
from campapp.exchange.models import Package
from campapp.exchange.rules import manages_package
from campapp.programmes.models import Programme

bp = Blueprint("package", __name__)
MOST = 20_000


@bp.post("/programmes/<slug>/packages")
@guarded_by(ask_for_package)
def create(slug: str) -> Response:
    """Ask for the files of what is chosen in the list."""
    programme = find_by(Programme, slug=slug)
    listing = Applications.from_url(
        request.form, url_for("applications.list.index", slug=slug), **scope_of(programme)
    )
    ids = listing.selected(request.form)
    if not ids:
        return to(listing.url(), done=_("Nothing was selected."))
    if len(ids) > MOST:
        return to(listing.url(), done=_("At most %(most)s at once; narrow the list.", most=f"{MOST:,}"))
    return to(".show", id=ask_for_package(programme, ids).id)


@bp.get("/packages/<int:id>")
@guarded_by(manages_package)
def show(id: int) -> Response:
    """How far it is; then the file."""
    package = find(Package, id)
    job = db.session.get(Job, package.job_id) if package.job_id else None
    done = int(job.progress.get("files", 0)) if job else 0
    if package.state == "queued" and request.args.get("seen", type=int) == done:
        return no_content()
    if package.state != "queued" and "seen" in request.args:
        answer = make_response("", 200)
        answer.headers["HX-Redirect"] = url_for(".show", id=id)
        return answer
    stored = db.session.get(StoredFile, package.file_id) if package.file_id else None
    return page(
        "exchange/package.html", fragment="work", package=package, done=done, stored=stored,
        programme=db.session.get_one(Programme, package.programme_id),
    )  # fmt: skip


@bp.get("/packages/<int:id>/file")
@guarded_by(manages_package)
def file(id: int) -> Response:
    """The ZIP."""
    package = find(Package, id)
    return files.send(find(StoredFile, package.file_id)) if package.file_id else abort(404)
