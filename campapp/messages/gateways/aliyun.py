"""Alibaba Cloud's Short Message Service: `SendSms` of 2017-05-25, signed by its method V3 (ACS3-HMAC-SHA256)."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from campapp.core import clock
from campapp.core.mail import NotSent
from campapp.core.sms import HOME
from campapp.messages.gateways.post import post

LATER = frozenset({
    "isv.BUSINESS_LIMIT_CONTROL", "isv.DAY_LIMIT_CONTROL", "isv.AMOUNT_NOT_ENOUGH", "isv.OUT_OF_SERVICE",
    "isp.SYSTEM_ERROR", "Throttling", "Throttling.User", "ServiceUnavailable",
})  # fmt: skip
"""Refusals that a later try may not meet."""


@dataclass(frozen=True)
class Aliyun:
    """The adapter."""

    key: str
    secret: str
    signature: str
    endpoint: str = "https://dysmsapi.aliyuncs.com"

    def send(self, number: str, template_id: str, variables: Mapping[str, str]) -> str:
        """Hand it over; variables go by name."""
        query = {
            "PhoneNumbers": number.removeprefix(HOME).removeprefix("+"), "SignName": self.signature,
            "TemplateCode": template_id, "TemplateParam": json.dumps(dict(variables), ensure_ascii=False),
        }  # fmt: skip
        text = canonical(query)
        headers = self.headers("SendSms", "2017-05-25", text, clock.now(), secrets.token_hex(16))
        answer: dict[str, Any] = post(f"{self.endpoint}/?{text}", b"", headers)
        code = str(answer.get("Code", ""))
        if code != "OK":
            raise NotSent(f"{code}: {answer.get('Message', '')}", for_ever=code not in LATER)
        return str(answer.get("BizId", ""))

    def headers(self, act: str, version: str, query: str, at: datetime, nonce: str) -> dict[str, str]:
        """The signed headers of a request without a body."""
        signed = {
            "host": urlsplit(self.endpoint).netloc, "x-acs-action": act,
            "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(), "x-acs-date": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "x-acs-signature-nonce": nonce, "x-acs-version": version,
        }  # fmt: skip
        names = ";".join(signed)
        lines = "".join(f"{name}:{value}\n" for name, value in signed.items())
        request = f"POST\n/\n{query}\n{lines}\n{names}\n{signed['x-acs-content-sha256']}"
        text = f"ACS3-HMAC-SHA256\n{hashlib.sha256(request.encode()).hexdigest()}"
        proof = hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
        signed["Authorization"] = (
            f"ACS3-HMAC-SHA256 Credential={self.key},SignedHeaders={names},Signature={proof}"
        )
        return signed


def canonical(query: Mapping[str, str]) -> str:
    """The query in the order and encoding in which it is signed."""
    return urlencode(sorted(query.items()), quote_via=quote, safe="~")
