"""The agenda as organisers make it: days, slots, sessions, rooms, tables."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from campapp.core.access import find_by
from campapp.core.form.base import Form
from campapp.core.form.fields import choices
from campapp.core.language import gettext as _
from campapp.core.language import ngettext
from campapp.core.text.language import Unreadable
from campapp.core.text.moments import day_shown
from campapp.core.web import guarded_by, page, to
from campapp.programmes import queries
from campapp.programmes.actions.agenda import add_slot, by_rule, make_slots
from campapp.programmes.actions.making import days_of
from campapp.programmes.forms.agenda import RoomForm, SlotForm, SlotRuleForm, TablesForm
from campapp.programmes.models import Programme
from campapp.programmes.rules import reads_camp

bp = Blueprint("agenda", __name__)


def with_days(form: Any, programme: Programme) -> Any:
    """Offer the programme's days in a form's `day` or `days`."""
    field = form.days if "days" in form else form.day
    field.choices = choices((day.isoformat(), day_shown(day, weekday=True)) for day in days_of(programme))
    return form


def with_rooms(form: Any, programme: Programme) -> Any:
    """Offer the programme's rooms."""
    rooms = [(room.id, room.name) for room in queries.rooms(programme)]
    form.room.choices = choices([("", "—"), *rooms])
    return form


def plan_page(programme: Programme, status: int = 200, **wrong: Form) -> Response:
    """The page, one of its small forms perhaps with its errors."""
    forms: dict[str, Any] = {
        "rule": with_days(SlotRuleForm.of(days=[day.isoformat() for day in days_of(programme)]), programme),
        "slot": with_days(SlotForm.of(), programme), "room": RoomForm.of(),
        "tables_form": with_rooms(TablesForm.of(), programme),
    }  # fmt: skip
    return page("programmes/agenda/show.html", programme=programme, status=status,
                **{**forms, **wrong}, **queries.plan(programme))  # fmt: skip


@bp.get("/programmes/<slug>/plan")
@guarded_by(reads_camp)
def show(slug: str) -> Response:
    """What happens when and where."""
    return plan_page(find_by(Programme, slug=slug))


@bp.post("/programmes/<slug>/slot-rule")
@guarded_by(make_slots)
def make(slug: str) -> Response:
    """Slots by one rule; those that stand already stay."""
    programme = find_by(Programme, slug=slug)
    form = with_days(SlotRuleForm.of(sent=request.form), programme)
    if not form.validate():
        return plan_page(programme, 422, rule=form)
    days = [day for day in days_of(programme) if day.isoformat() in form.days.data]
    try:
        made = make_slots(
            programme, by_rule(days, form.windows.data, form.minutes.data, form.pause.data or 0)
        )
    except Unreadable as problem:
        form.blame("windows", problem)
        return plan_page(programme, 422, rule=form)
    return to(".show", slug=slug, done=ngettext("%(num)s slot is made.", "%(num)s slots are made.", made))


@bp.post("/programmes/<slug>/slots")
@guarded_by(add_slot)
def create(slug: str) -> Response:
    """One slot more."""
    programme = find_by(Programme, slug=slug)
    form = with_days(SlotForm.of(sent=request.form), programme)
    if form.validate():
        day = next(day for day in days_of(programme) if day.isoformat() == form.day.data)
        try:
            add_slot(programme, day, form.start.data, form.end.data)
            return to(".show", slug=slug, done=_("The slot is there."))
        except Unreadable as problem:
            form.blame("start", problem)
    return plan_page(programme, 422, slot=form)
