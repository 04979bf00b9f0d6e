"""Who carries text messages: one adapter a provider, each one signed request (see `core.sms.SmsGateway`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from campapp.core.language import lazy_gettext as _l
from campapp.core.sms import SmsGateway
from campapp.messages.gateways.aliyun import Aliyun
from campapp.messages.gateways.tencent import Tencent

PROVIDERS = {"aliyun": _l("Alibaba Cloud"), "tencent": _l("Tencent Cloud")}


def gateway_of(contract: Mapping[str, Any]) -> SmsGateway:
    """The gateway of the park's contract."""
    key, secret, signature = (str(contract.get(name, "")) for name in ("key", "secret", "signature"))
    endpoint = str(contract.get("endpoint", ""))
    if contract["provider"] == "tencent":
        return Tencent(
            key, secret, signature, app=str(contract.get("app", "")), endpoint=endpoint or Tencent.endpoint
        )
    return Aliyun(key, secret, signature, endpoint=endpoint or Aliyun.endpoint)
