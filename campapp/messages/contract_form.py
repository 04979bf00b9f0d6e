"""What is typed about the park's contract for text messages."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, PasswordField

from campapp.core import sms
from campapp.core.form.base import Form
from campapp.core.form.fields import line, select, whole
from campapp.core.language import lazy_gettext as _l
from campapp.messages.gateways import PROVIDERS

WHERE = ("home", "abroad")


def approved() -> list[tuple[sms.SmsText, list[str]]]:
    """Each text that is handed in for approval, once, with the messages that it serves."""
    found: dict[int, tuple[sms.SmsText, list[str]]] = {}
    for name, text in sorted(sms.texts.items()):
        found.setdefault(id(text), (text, []))[1].append(name)
    return list(found.values())


class ContractForm(Form):
    """Provider, keys, signature; the ids of the approved texts are added by `contract_form`."""

    provider = select(
        _l("Provider"),
        PROVIDERS.items(),
        description=_l("None: codes go by mail only, and numbers are kept as contacts."),
    )
    key = line(_l("Access key"), 200, render_kw={"autocomplete": "off"})
    secret = PasswordField(
        _l("Secret of the key"),
        render_kw={"autocomplete": "new-password"},
        description=_l("Empty: as it is."),
    )
    app = line(_l("Application id"), 60, description=_l("Tencent Cloud only: SmsSdkAppId."))
    signature = line(_l("Approved signature"), 60, description=_l("As approved, without brackets."))
    daily = whole(_l("Text messages a day at most"), 1, 1_000_000)
    version = HiddenField()

    def contract(self, before: dict[str, Any]) -> dict[str, Any]:
        """What is kept; an empty secret stays the one before."""
        if not self.provider.data:
            return {}
        kept = {name: self[name].data or "" for name in ("provider", "key", "app", "signature")}
        templates = {
            name: {where: self[f"{where}_{n}"].data or "" for where in WHERE}
            for n, (_text, names) in enumerate(approved())
            for name in names
        }
        found = {
            "secret": self.secret.data or before.get("secret", ""),
            "daily": self.daily.data or sms.DAILY,
        }
        endpoint = {"endpoint": before["endpoint"]} if before.get("endpoint") else {}
        return {**kept, **found, **endpoint, "templates": templates}


def contract_form() -> type[ContractForm]:
    """The form, with two ids for each text that the park may send."""
    ids: dict[str, Any] = {}
    for n in range(len(approved())):
        ids[f"home_{n}"] = line(_l("Approved id, for mainland numbers"), 60)
        ids[f"abroad_{n}"] = line(_l("Approved id, for numbers abroad"), 60)
    return type("ContractForm", (ContractForm,), ids)


def shown(contract: dict[str, Any]) -> dict[str, Any]:
    """How a contract stands in the form; the secret does not."""
    found = {name: contract.get(name, "") for name in ("provider", "key", "app", "signature")}
    for n, (_text, names) in enumerate(approved()):
        for where in WHERE:
            found[f"{where}_{n}"] = contract.get("templates", {}).get(names[0], {}).get(where, "")
    return {**found, "daily": contract.get("daily", sms.DAILY)}
