"""Tencent Cloud's SMS: `SendSms` of 2021-01-11, signed by TC3-HMAC-SHA256."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from campapp.core import clock
from campapp.core.mail import NotSent
from campapp.messages.gateways.post import post

LATER = ("LimitExceeded", "RequestLimitExceeded", "InternalError", "FailedOperation.InsufficientBalance")
"""Beginnings of refusals that a later try may not meet."""
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Tencent:
    """The adapter."""

    key: str
    secret: str
    signature: str
    app: str = ""
    """SmsSdkAppId."""
    endpoint: str = "https://sms.tencentcloudapi.com"
    region: str = "ap-guangzhou"

    def send(self, number: str, template_id: str, variables: Mapping[str, str]) -> str:
        """Hand it over; variables go in order."""
        asked = {
            "PhoneNumberSet": [number], "SmsSdkAppId": self.app, "SignName": self.signature, "TemplateId": template_id,
            "TemplateParamSet": list(variables.values()),
        }  # fmt: skip
        body = json.dumps(asked, ensure_ascii=False).encode()
        answer: dict[str, Any] = post(self.endpoint, body, self.headers(body, clock.now())).get(
            "Response", {}
        )
        status: dict[str, Any] = answer.get("Error") or next(iter(answer.get("SendStatusSet") or ()), {})
        code = str(status.get("Code", ""))
        if code != "Ok":
            raise NotSent(f"{code}: {status.get('Message', '')}", for_ever=not code.startswith(LATER))
        return str(status.get("SerialNo", ""))

    def headers(self, body: bytes, at: datetime) -> dict[str, str]:
        """All headers of the request."""
        return {
            "Authorization": self.authorization("sms", body, at), "Content-Type": JSON,
            "Host": urlsplit(self.endpoint).netloc, "X-TC-Action": "SendSms", "X-TC-Version": "2021-01-11",
            "X-TC-Timestamp": str(int(at.timestamp())), "X-TC-Region": self.region,
        }  # fmt: skip

    def authorization(self, service: str, body: bytes, at: datetime) -> str:
        """The signature over content type and host."""
        day, host = f"{at:%Y-%m-%d}", urlsplit(self.endpoint).netloc
        names, scope = "content-type;host", f"{day}/{service}/tc3_request"
        request = (
            f"POST\n/\n\ncontent-type:{JSON}\nhost:{host}\n\n{names}\n{hashlib.sha256(body).hexdigest()}"
        )
        digest = hashlib.sha256(request.encode()).hexdigest()
        text = f"TC3-HMAC-SHA256\n{int(at.timestamp())}\n{scope}\n{digest}"
        key = f"TC3{self.secret}".encode()
        for part in (day, service, "tc3_request"):
            key = hmac.digest(key, part.encode(), hashlib.sha256)
        proof = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        return f"TC3-HMAC-SHA256 Credential={self.key}/{scope}, SignedHeaders={names}, Signature={proof}"
