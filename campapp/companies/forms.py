"""What is typed about companies, their people, needs and technologies."""

from __future__ import annotations

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.form.kinds import read_link
from campapp.core.language import lazy_gettext as _l
from campapp.core.text import codes, names

OFFERS = (
    ("pilot", _l("Pilot")), ("purchase", _l("Purchase")), ("investment", _l("Investment")),
    ("cooperation", _l("Technical cooperation")),
)  # fmt: skip
VISIBILITY = (
    ("public", _l("Everybody")), ("registered", _l("Whoever is registered")),
    ("invited", _l("Teams accepted in a camp to which it is brought")),
)  # fmt: skip
TRL = [(str(n), str(n)) for n in range(1, 10)]


class CompanyForm(Form):
    """A company's profile, in either language."""

    name = fields.read(_l("Name in lists"), lambda typed: names.title(typed, 200), required=True)
    full = fields.both(_l("Full name"), 200)
    summary = fields.both(_l("In short"), 500, long=True)
    sector = fields.line(_l("Sector"), 100)
    website = fields.read(_l("Website"), read_link, kind="link")


class NeedForm(Form):
    """A problem that the company wants solved."""

    title = fields.line(_l("Need"), 200, required=True)
    problem = fields.text(
        _l("Problem"), 4000, required=True, description=_l("What does not work today, for whom?")
    )
    title_other = fields.line(_l("Need, in the other language"), 200)
    problem_other = fields.text(_l("Problem, in the other language"), 4000)
    targets = fields.text(_l("Target figures"), 2000, description=_l("What would count as solved?"))
    sector = fields.line(_l("Sector"), 100)
    trl_min = fields.select(_l("TRL from"), TRL)
    trl_max = fields.select(_l("TRL to"), TRL)
    budget = fields.amount(_l("Budget"))
    offers = fields.several(_l("Offered"), OFFERS)
    visibility = fields.cards(_l("Who sees it"), VISIBILITY, required=True, default="public")


class TechnologyForm(Form):
    """What the company opens to others."""

    name = fields.line(_l("Name"), 200, required=True)
    text = fields.both(_l("What it is and how others use it"), 2000, long=True)
    link = fields.read(_l("Link"), read_link, kind="link")


class RepresentativeForm(Form):
    """A person who acts for the company."""

    name = fields.read(_l("Name"), names.person_name, required=True)
    title = fields.line(_l("Position"), 100)
    mail = fields.read(_l("Mail address"), codes.mail, kind="email")
    phone = fields.read(_l("Phone"), codes.phone, kind="phone")
