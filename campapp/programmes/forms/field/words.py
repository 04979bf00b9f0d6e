"""What the kinds of questions, the sources and the readers of answers are called."""

from __future__ import annotations

from campapp.core.language import lazy_gettext as _l
from campapp.core.language import lazy_pgettext as _pl

KIND_WORDS = {
    "text": _l("Short text"), "long": _l("Long text"), "choice": _l("One choice"), "choices": _l("Several choices"),
    "number": _pl("question", "Number"), "money": _l("Amount of money"), "date": _pl("question", "Date"),
    "link": _pl("question", "Link"), "phone": _pl("question", "Telephone"), "credit": _l("Credit code"),
    "identity": _l("Identity card or passport number"),
    "file": _pl("question", "File"), "table": _pl("question", "Table"), "letter": _l("Commitment letter"),
    "consent": _pl("question", "Consent"),
}  # fmt: skip
PROFILE_WORDS = {
    "summary": _l("Project: summary"), "sector": _l("Project: sector"), "trl": _l("Project: TRL"),
    "link": _l("Project: link"), "stage": _l("Project: stage"), "team.name": _l("Team: name"),
    "organisation.name": _l("Organisation: name"), "organisation.credit_code": _l("Organisation: credit code"),
    "organisation.registered_on": _l("Organisation: registration date"),
    "organisation.district": _l("Organisation: district"),
}  # fmt: skip
READER_WORDS = (("companies", _l("Companies that are shown the team")), ("judges", _l("Judges")))
UNITS = (("元", "元"), ("万元", "万元"), ("亿元", "亿元"))
