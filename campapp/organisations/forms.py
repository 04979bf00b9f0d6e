"""What is typed about organisations."""

from __future__ import annotations

from typing import Any

from wtforms import FileField, HiddenField

from campapp.core.current import current
from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.text import codes, names
from campapp.organisations.words import KINDS, QUALIFICATIONS, countries

HOME = "CN"


class OrganisationForm(Form):
    """A legal entity: of the mainland by its credit code, from abroad by country and registration number."""

    name = fields.read(_l("Registered name"), lambda typed: names.title(typed, 200), required=True,
                       description=_l("As on the licence."))  # fmt: skip
    country = fields.select(_l("Country or region"), required=True)
    credit_code = fields.read(_l("Unified social credit code"), codes.credit_code,
                              render_kw={"autocapitalize": "characters"},
                              description=_l("18 characters; of entities of the Chinese mainland only."))  # fmt: skip
    registration_number = fields.read(
        _l("Registration number"), lambda typed: codes.exact(typed)[:60].upper(),
        description=_l("From abroad: as in the register of that country."),
    )  # fmt: skip
    registered_on = fields.day(_l("Registered on"))
    kind_of_entity = fields.select(_l("Kind"), KINDS.items())
    district = fields.line(_l("District"), 60, description=_l("Where it is registered: Haidian, Beijing."))
    qualifications = fields.several(_l("Qualifications"), QUALIFICATIONS.items())
    version = HiddenField()

    @classmethod
    def made(cls, row: Any = None, sent: Any = None, **given: Any) -> OrganisationForm:
        """The form with the countries in the reader's language."""
        if row is None:
            given.setdefault("country", HOME)
        form = cls.of(row, None, **given)
        form.country.choices = fields.picked(countries(current.locale).items())
        if sent is not None:
            form.process(formdata=sent)
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """The mainland by its code, others by their number."""
        good = super().validate(extra_validators)
        wanted = self.credit_code if self.country.data == HOME else self.registration_number
        if not wanted.errors and not wanted.data:
            wanted.errors = [_("Please fill this in.")]
        return good and not wanted.errors

    @property
    def facts(self) -> dict[str, Any]:
        """What the action is given: an entity has a code, or a number of its country."""
        found = {name: value for name, value in self.values.items() if name != "version"}
        home = self.country.data == HOME
        found["credit_code"] = self.credit_code.data if home else None
        found["registration_number"] = "" if home else self.registration_number.data
        found["kind_of_entity"], found["district"] = found["kind_of_entity"] or "", found["district"] or ""
        return found


class LicenceForm(Form):
    """The scan of a licence."""

    licence = FileField(_l("Scan of the licence"), description=_l("PDF or a picture, up to 20 MB."))


class MergeForm(Form):
    """Which record is the same entity, and how one knows."""

    other = fields.whole(_l("The other record"), 1, 10**9, required=True)
    reason = fields.line(_l("How do you know?"), 300, required=True, description=_l("Kept in the audit log."))
