"""The park's organisations, as a list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_

from campapp.core.language import lazy_gettext as _l
from campapp.core.list.columns import Column
from campapp.core.list.declared import List, Preset
from campapp.core.list.filters import Choice, DateRange, Flag, Option
from campapp.core.list.terms import Terms
from campapp.core.search import matches, picks
from campapp.organisations.models import Organisation
from campapp.organisations.words import KINDS, country_name, qualifications_in_words


class Named(Terms):
    """Organisations by their name, in letters too, or by their code or number."""

    def condition(self, listing: Any, value: str) -> ColumnElement[bool]:
        """Which remain."""
        code = value.replace(" ", "").upper()
        return or_(
            matches(Organisation, value),
            picks(Organisation, value),
            Organisation.credit_code.startswith(code, autoescape=True),
            Organisation.registration_number.icontains(value.strip(), autoescape=True),
        )


class Organisations(List[Organisation]):
    """Every entity once, over all years."""

    name, model, order = "organisations", Organisation, "name"
    columns = (
        Column("name", _l("Registered name"), sort=Organisation.pinyin_key, fold="full"),
        Column("credit_code", _l("Credit code")),
        Column("country", _l("Country or region"), sort=Organisation.country, words=country_name, fold="hide"),
        Column("registration_number", _l("Registration number"), shown=False),
        Column("registered_on", _l("Registered on"), sort=Organisation.registered_on, fold="hide"),
        Column("kind", _l("Kind"), value=lambda row: row.kind_of_entity, sort=Organisation.kind_of_entity,
               words=lambda key: str(KINDS.get(key, key)), fold="hide"),
        Column("district", _l("District"), sort=Organisation.district),
        Column("qualifications", _l("Qualifications"), value=lambda row: qualifications_in_words(row.qualifications),
               fold="hide"),
        Column("verified", _l("Verified"), value=lambda row: row.verified_at, sort=Organisation.verified_at,
               fold="state"),
    )  # fmt: skip
    filters = (
        Named(),
        Choice("kind", _l("Kind"), Organisation.kind_of_entity, [Option(key, words) for key, words in KINDS.items()]),
        Flag("verified", _l("Verified"), lambda: Organisation.verified_at.is_not(None)),
        Flag("waiting", _l("To verify"), lambda: and_(Organisation.verified_at.is_(None),
                                                      Organisation.licence_file_id.is_not(None))),
        Flag("abroad", _l("From abroad"), lambda: Organisation.country != "CN"),
        DateRange("registered", _l("Registered on"), Organisation.registered_on),
    )  # fmt: skip
    presets = (Preset(_l("All")), Preset(_l("To verify"), "waiting=1"), Preset(_l("Verified"), "verified=1"))

    def everything(self) -> Select[Organisation]:
        """What the reader sees, without those that were merged into another."""
        return super().everything().where(Organisation.merged_into_id.is_(None))
