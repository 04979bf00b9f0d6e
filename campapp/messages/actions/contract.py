"""The park's contract for text messages is entered."""

from __future__ import annotations

from typing import Any

from campapp.core.access import park_administrator
from campapp.core.action import Act, action
from campapp.core.park import Park


@action("sms_contract_entered", rule=park_administrator)
def enter_contract(act: Act, park: Park, contract: dict[str, Any], *, version: int) -> None:
    """Provider, keys, signature and approved ids; an empty provider ends the sending of text messages."""
    act.expect(version)
    act.note(provider=contract.get("provider", ""))
    park.sms = contract
