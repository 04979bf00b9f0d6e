"""The release: who is shown what, until when, and what silence means; nobody is told before it is sent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, request

from campapp.applications.agreeing import Unnamed
from campapp.core import clock
from campapp.core.access import find_by
from campapp.core.language import gettext as _
from campapp.core.states import NotAllowed
from campapp.core.web import guarded_by, page, to
from campapp.matching import overview
from campapp.matching.actions.release import release, release_held
from campapp.matching.forms import ReleaseForm
from campapp.programmes.models import Programme

bp = Blueprint("release", __name__)


@bp.get("/programmes/<slug>/releases/new")
@guarded_by(release)
def new(slug: str) -> Response:
    """The form, with what would be released."""
    programme = find_by(Programme, slug=slug)
    return _page(programme, ReleaseForm.of(zone=programme.zone))


def _page(programme: Programme, form: ReleaseForm, status: int = 200) -> Response:
    everything = overview.proposed_in(programme)
    lacking = overview.without_consent([match for match, *_names in everything])
    proposed = [row for row in everything if row[0].application_id not in lacking]
    unnamed = defaultdict(list)
    for one in overview.unnamed([match for match, *_names in proposed]):
        unnamed[one.application_id, one.team_name].append(one)
    by_company = Counter(company for _match, _team, company in proposed)
    return page("matching/release/new.html", status=status, programme=programme, form=form, proposed=proposed,
                by_company=by_company, lacking=lacking, unnamed=unnamed, asks=bool(lacking) or _some_to_ask(unnamed),
                teams=len({match.application_id for match, *_names in proposed}))  # fmt: skip


def _some_to_ask(unnamed: Mapping[tuple[int, str], Sequence[Unnamed]]) -> bool:
    """Whether anybody of them can be asked: they have an account and have not answered."""
    return any(one.account_id and not one.answered for people in unnamed.values() for one in people)


@bp.post("/programmes/<slug>/releases")
@guarded_by(release)
def create(slug: str) -> Response:
    """Release; the messages wait as a sending."""
    programme = find_by(Programme, slug=slug)
    form = ReleaseForm.of(sent=request.form, zone=programme.zone)
    if not form.validate():
        return _page(programme, form, 422)
    if form.answer_by.data is not None and form.answer_by.data <= clock.now():
        form.blame("answer_by", _("This time has passed."))
        return _page(programme, form, 422)
    everything = [match for match, *_names in overview.proposed_in(programme)]
    lacking = overview.without_consent(everything)
    matches = [match for match in everything if match.application_id not in lacking]
    if len(matches) != request.form.get("seen", type=int):
        form.blame("answer_by", _("The proposals changed meanwhile: look at the number again."))
        return _page(programme, form, 422)
    if not matches:
        return to("matching.matching.show", slug=slug, done=_("There is nothing to release."))
    try:
        sending = release_held(programme, matches, title=_("Matches to review"), **form.values)
    except NotAllowed:
        form.blame("answer_by", _("The proposals changed meanwhile: look at the number again."))
        return _page(find_by(Programme, slug=slug), form, 409)
    return to("messages.sending.show", sending_id=sending.id)
