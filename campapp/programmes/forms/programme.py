"""What is typed about a programme itself."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from wtforms import Field, FormField, HiddenField
from wtforms import Form as PlainForm

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.form.declared import TableField
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import pgettext
from campapp.core.text import codes, numbers
from campapp.programmes.forms.agenda import read_windows, show_windows
from campapp.programmes.models import Programme

UNIT_ROLES = (
    ("guide", _l("Guided by")), ("host", _l("Hosted by")), ("organiser", _l("Organised by")),
    ("co-organiser", _l("Co-organised by")), ("support", _l("Supported by")),
    ("recommend", _l("Recommending unit")),
)  # fmt: skip
KEEP = (
    ("local", _l("The same local time\n10:00 stays 10:00, by the clocks of the new zone.")),
    ("instant", _l("The same instant\nNothing moves; clocks in the new zone show another time.")),
)


@cache
def zones() -> list[tuple[str, str]]:
    """Every time zone by its name; Beijing's first."""
    named = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [(name, name.replace("_", " ")) for name in ("Asia/Shanghai", "UTC", *named)]


class TrackRow(PlainForm):
    """A track."""

    id = HiddenField()
    title_zh = fields.line("中文", 200)
    title_en = fields.line("English", 200)


class UnitRow(PlainForm):
    """An organising unit."""

    id = HiddenField()
    role = fields.select(_l("Role"), UNIT_ROLES, required=True, default="organiser")
    name_zh = fields.line("中文", 200)
    name_en = fields.line("English", 200)


class ContactRow(PlainForm):
    """Whom to ask."""

    id = HiddenField()
    name = fields.line(_l("Name"), 100)
    phone = fields.line(_l("Phone"), 40)
    mail = fields.line(_l("Mail address"), 254)
    hours = fields.line(_l("Hours"), 100)


def kept_rows(field: Field, *needed: str) -> list[dict[str, Any]]:
    """The rows of a table in which one of the needed columns says something, ready for the action."""
    found = []
    for row in field.data:
        values = {name: value if value is not None else "" for name, value in row.items()}
        if any(values[name] for name in needed):
            values["id"] = numbers.key(values["id"])
            found.append(values)
    return found


class TextsForm(Form):
    """What both the new page and the change page ask: words, people, choices."""

    title = fields.both(_l("Title"), 200, required=True)
    lead = fields.both(_l("In one or two sentences"), 400, long=True)
    place = fields.both(_l("Place"), 200)
    first_day = fields.day(_l("First day"), ahead=True, required=True)
    last_day = fields.day(_l("Last day"), ahead=True, required=True)
    opens_at = fields.moment(_l("The call opens"), description=_l("Empty: as soon as the page is public."))

    def validate(self, extra_validators: Any = None) -> bool:
        """The days are in order, and not a year apart."""
        good = super().validate(extra_validators)
        first, last = self.first_day.data, self.last_day.data
        if good and not 0 <= (last - first).days <= 366:
            self.blame("last_day", _("The last day lies before the first, or more than a year after it."))
            return False
        return good


class ProgrammeForm(TextsForm):
    """A competition's words; zone and deadline have pages of their own."""

    text = fields.both(_l("The call"), 20_000, long=True, description=_l("Markdown."))
    tracks = TableField(FormField(TrackRow), _l("Tracks"), max_entries=40)
    wanted = fields.whole(_l("Number of teams wanted"), 1, 10_000)
    units = TableField(FormField(UnitRow), _l("Organising units"), max_entries=60)
    contacts = TableField(FormField(ContactRow), _l("Contacts"), max_entries=20)
    contact_mail = fields.read(
        _l("Contact address"), codes.mail, kind="email",
        description=_l("Replies to mails and calendar entries go there."),
    )  # fmt: skip


class CampForm(ProgrammeForm):
    """Also what companies accept, and what their rankings count for."""

    confidentiality = fields.both(
        _l("Non-disclosure terms"), 10_000, long=True,
        description=_l("A representative accepts them before opening a confidential file. Empty: there are none."),
    )  # fmt: skip
    ranked_is_yes = fields.tick(
        _l("A ranked partner counts as answered yes"),
        description=_l("Nobody is asked twice; each can still change the answer."),
    )


class NewProgrammeForm(TextsForm):
    """A competition on one page; all else can follow later."""

    zone = fields.select(_l("Time zone"), zones(), required=True, default="Asia/Shanghai")
    deadline = fields.moment(_l("The call closes"), description=_l("24:00 is the last second of its day."))
    wanted = fields.whole(_l("Number of teams wanted"), 1, 10_000)
    tracks = TableField(FormField(TrackRow), _l("Tracks"), max_entries=40)
    units = TableField(FormField(UnitRow), _l("Organising units"), max_entries=60)
    contacts = TableField(FormField(ContactRow), _l("Contacts"), max_entries=20)
    contact_mail = fields.read(_l("Contact address"), codes.mail, kind="email")


class NewCampForm(NewProgrammeForm):
    """Also when and where companies and teams meet."""

    windows = fields.read(
        _l("Meetings each day"), read_windows, shown=show_windows, default=[("09:00", "12:00"), ("13:30", "17:00")],
        description=_l("From–to, for example 09:00–12:00, 13:30–17:00."),
    )  # fmt: skip
    minutes = fields.whole(_l("Minutes a meeting"), 5, 240, required=True, default=25)
    pause = fields.whole(_l("Minutes between meetings"), 0, 120, default=5)
    tables = fields.whole(_l("Tables for everybody"), 0, 300, default=0)


FORMS = {"camp": (NewCampForm, CampForm), "competition": (NewProgrammeForm, ProgrammeForm)}
"""By kind of programme: what its making asks, and its changing."""


def new_form(kind: str, **how: Any) -> NewProgrammeForm:
    """What the making of a programme asks."""
    form: NewProgrammeForm = _worded(FORMS[kind][0].of(**how), kind)
    return form


def change_form(programme: Programme, sent: Any = None) -> ProgrammeForm:
    """What a programme's words and choices ask."""
    form: ProgrammeForm = FORMS[programme.kind][1].of(programme, sent, zone=programme.zone)
    _worded(form, programme.kind)
    return form


def _worded(form: Any, kind: str) -> Any:
    """A camp wants teams; a competition promotes as many as its quota."""
    if kind == "competition":
        form.wanted.label.text = _("Number of teams to be promoted")
        form.tracks.label.text = pgettext("competition", "Tracks")
    return form


class CopyForm(Form):
    """A new programme from an old one; companies are invited to a camp only."""

    title = fields.both(_l("Title"), 200, required=True)
    first_day = fields.day(_l("First day"), ahead=True, required=True,
                           description=_l("All other dates move by as many days."))  # fmt: skip
    again = fields.several(_l("Invite again"), ())


class DeadlineForm(Form):
    """When the call closes."""

    deadline = fields.moment(_l("The call closes"), description=_l("24:00 is the last second of its day."))
    grace_minutes = fields.whole(
        _l("Grace for uploads, in minutes"), 0, 7 * 24 * 60, default=0,
        description=_l("An entry that was submitted in time may still finish its files; nothing else of it changes."),
    )  # fmt: skip


class ZoneForm(Form):
    """Another time zone, and what it means for what stands already."""

    zone = fields.select(_l("Time zone"), zones(), required=True)
    keep = fields.cards(_l("What stays"), KEEP, required=True)
