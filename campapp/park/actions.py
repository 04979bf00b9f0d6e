"""The park is set up and described."""

from __future__ import annotations

from typing import Any

from campapp.accounts.actions import found_account
from campapp.accounts.models import Account
from campapp.core import files
from campapp.core.access import Refused, park_administrator
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.language import gettext as _
from campapp.core.park import Park, the_park
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


def _fill(park: Park, values: dict[str, Any], logo: StoredFile | None) -> None:
    for name in FIELDS:
        setattr(park, name, values.get(name) or "")
    park.smtp_url = values.get("smtp_url") or ""
    park.options = {**park.options, "address": values.get("address") or ""}
    if logo is not None:
        park.logo_file_id = files.add(logo).id
