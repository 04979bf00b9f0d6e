"""The park is set up and described."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from campapp.accounts.actions import found_account
from campapp.accounts.models import Account
from campapp.core import files
from campapp.core.access import Refused, park_administrator
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.language import gettext as _
from campapp.core.park import Park, the_park
from campapp.core.workdays import SpecialDay
from campapp.park.rules import empty_park

FIELDS = ("name_zh", "name_en", "zone", "contact", "mail_from", "icp", "police")


@action("park_set_up", rule=empty_park)
def set_up(act: Act, values: dict[str, Any], logo: StoredFile | None, *, administrator: str, address: str,
           password: str, locale: str) -> Account:  # fmt: skip
    """The park and its first administrator. The token has proved that they rule the machine."""
    if the_park() is not None:
        raise Refused("set_up", _("This park has been set up already."))
    park = Park()
    park.id = 1  # two who press at once cannot both have it
    db.session.add(park)
    db.session.flush()
    _fill(park, values, logo)
    account = found_account(name=administrator, kind="mail", value=address, password=password, locale=locale,
                            zone=park.zone, confirmed=True)  # fmt: skip
    account.administrator = True
    act.about(park)
    return account


@action("park_described", rule=park_administrator)
def describe_park(
    act: Act, park: Park, values: dict[str, Any], logo: StoredFile | None, *, version: int
) -> None:
    """Names, zone, mail, footer numbers."""
    act.expect(version)
    _fill(park, values, logo)


@action("special_day_written", rule=park_administrator)
def write_special_day(act: Act, day: date, *, works: bool, name_zh: str, name_en: str) -> SpecialDay:
    """A holiday, or a weekend that is worked; it goes before what is announced for that day."""
    special = db.session.scalars(select(SpecialDay).where(SpecialDay.day == day)).one_or_none()
    if special is None:
        special = SpecialDay(day=day, works=works, name_zh=name_zh, name_en=name_en)
        db.session.add(special)
        db.session.flush()
    special.works, special.name_zh, special.name_en = works, name_zh, name_en
    act.about(special)
    return special


@action("special_day_forgotten", rule=park_administrator)
def forget_special_day(act: Act, special: SpecialDay) -> None:
    """The day is again what is announced for it, or what its weekday says."""
    db.session.delete(special)


def _fill(park: Park, values: dict[str, Any], logo: StoredFile | None) -> None:
    for name in FIELDS:
        setattr(park, name, values.get(name) or "")
    park.smtp_url = values.get("smtp_url") or ""
    park.options = {
        **park.options,
        "address": values.get("address") or "",
        "second_factor": bool(values.get("second_factor")),
    }
    if logo is not None:
        park.logo_file_id = files.add(logo).id
