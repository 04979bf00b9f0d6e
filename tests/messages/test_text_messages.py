"""Text messages leave by approved id and variables only, each adapter as one signed request to its provider."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.accounts import proofs
from campapp.accounts.actions import send_entry_code
from campapp.accounts.models import Code
from campapp.core import clock, sms
from campapp.core.db import db
from campapp.core.outbox import Delivery
from campapp.core.park import Park
from campapp.messages.actions import deliver_texts, expand
from campapp.messages.contract_form import approved
from campapp.messages.gateways.aliyun import Aliyun, canonical
from campapp.messages.gateways.tencent import Tencent
from campapp.worker import tell_the_console
from tests.cast import browser, person

HOME, ABROAD = "+8613800138000", "+85251234567"
TAKEN: dict[str, dict[str, Any]] = {
    "aliyun": {"Code": "OK", "Message": "OK", "BizId": "900619746936498440^0", "RequestId": "F655A8D5"},
    "tencent": {
        "Response": {"SendStatusSet": [{"SerialNo": "5000:1", "Code": "Ok", "Message": "send success"}]}
    },
}
REFUSED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "aliyun": ({"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "x"}, {"Code": "isv.BUSINESS_LIMIT_CONTROL"}),
    "tencent": (
        {"Response": {"Error": {"Code": "AuthFailure.SignatureFailure", "Message": "x"}}},
        {"Response": {"SendStatusSet": [{"Code": "LimitExceeded.PhoneNumberDailyLimit", "Message": "x"}]}},
    ),
}  # fmt: skip


class Provider(ThreadingHTTPServer):
    """A provider on this machine: keeps what it was asked, and answers what the test says."""

    answer: Any = None
    seen: list[tuple[str, dict[str, str], bytes]]


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        if self.server.answer is None:
            self.close_connection = True
            return
        text = (
            self.server.answer
            if isinstance(self.server.answer, bytes)
            else json.dumps(self.server.answer).encode()
        )
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_words: object) -> None:
        pass


@contextmanager
def provider(answer: Any) -> Iterator[Provider]:
    server = Provider(("127.0.0.1", 0), Handler)
    server.answer, server.seen = answer, []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def contract(name: str, server: Provider) -> None:
    ids = {"accounts/code": {"home": "SMS_1001", "abroad": "SMS_2002"}}
    db.session.add(
        Park(name_zh="园区", sms={
            "provider": name, "key": "AKID", "secret": "hush", "app": "1400006666", "signature": "软件园",
            "endpoint": f"http://127.0.0.1:{server.server_port}", "templates": ids,
        })
    )  # fmt: skip
    db.session.commit()


def asked(number: str = HOME) -> Code:
    code = send_entry_code(number)
    expand()
    return code


def delivery() -> Delivery:
    db.session.rollback()
    return db.session.scalars(select(Delivery)).one()


def test_the_signatures_are_those_that_the_providers_publish() -> None:
    aliyun = Aliyun(
        "YourAccessKeyId", "YourAccessKeySecret", "x", endpoint="https://ecs.cn-shanghai.aliyuncs.com"
    )
    query = canonical(
        {"RegionId": "cn-shanghai", "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"}
    )
    at, nonce = datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC), "3156853299f313e23d1673dc12e1703d"
    signed = aliyun.headers("RunInstances", "2014-05-26", query, at, nonce)["Authorization"]
    assert signed.endswith("Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0")
    tencent = Tencent(
        "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", "x",
        endpoint="https://cvm.tencentcloudapi.com",
    )  # fmt: skip
    body = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    assert tencent.authorization("cvm", body, datetime.fromtimestamp(1551113065, UTC)).endswith(
        "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
    )


@pytest.mark.parametrize(
    ("number", "sent_to", "text"), [(HOME, "13800138000", "SMS_1001"), (ABROAD, "85251234567", "SMS_2002")]
)
def test_aliyun_is_handed_number_id_and_variables_by_name(
    app: Flask, number: str, sent_to: str, text: str
) -> None:
    with provider(TAKEN["aliyun"]) as server:
        contract("aliyun", server)
        code = asked(number)
        assert deliver_texts() == 1
    ((path, headers, body),) = server.seen
    query = {key: values[0] for key, values in parse_qs(urlsplit(path).query).items()}
    assert query == {
        "PhoneNumbers": sent_to, "SignName": "软件园", "TemplateCode": text,
        "TemplateParam": json.dumps({"code": proofs.digits(code)}),
    }  # fmt: skip
    assert body == b""
    assert headers["x-acs-action"] == "SendSms"
    names = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"
    lines = "".join(f"{name}:{headers[name]}\n" for name in names.split(";"))
    request = f"POST\n/\n{urlsplit(path).query}\n{lines}\n{names}\n{hashlib.sha256(b'').hexdigest()}"
    wanted = f"ACS3-HMAC-SHA256\n{hashlib.sha256(request.encode()).hexdigest()}"
    assert headers["authorization"].endswith(hmac.new(b"hush", wanted.encode(), "sha256").hexdigest())
    assert (delivery().state, delivery().text, delivery().variables) == ("sent", "", {})


def test_tencent_is_handed_number_id_and_variables_in_order(app: Flask) -> None:
    with provider(TAKEN["tencent"]) as server:
        contract("tencent", server)
        code = asked()
        assert deliver_texts() == 1
    ((_path, headers, body),) = server.seen
    assert json.loads(body) == {
        "PhoneNumberSet": [HOME], "SmsSdkAppId": "1400006666", "SignName": "软件园", "TemplateId": "SMS_1001",
        "TemplateParamSet": [proofs.digits(code)],
    }  # fmt: skip
    assert (headers["x-tc-action"], headers["x-tc-version"]) == ("SendSms", "2021-01-11")
    assert headers["authorization"].startswith("TC3-HMAC-SHA256 Credential=AKID/")
    assert delivery().state == "sent"


@pytest.mark.parametrize("name", ["aliyun", "tencent"])
def test_what_never_will_be_taken_is_given_up_and_the_rest_is_tried_again(app: Flask, name: str) -> None:
    for_ever, later = REFUSED[name]
    with provider(for_ever) as server:
        contract(name, server)
        asked()
        deliver_texts()
        assert delivery().state == "given up"
        db.session.delete(delivery())
        db.session.commit()
        server.answer = later
        asked()
        deliver_texts()
        assert delivery().state == "failed"


@pytest.mark.parametrize("answer", [None, b"<html>", b"[]"])
def test_an_answer_that_says_nothing_is_told_as_perhaps_sent(app: Flask, answer: bytes | None) -> None:
    with provider(answer) as server:
        contract("aliyun", server)
        asked()
        deliver_texts()
        assert delivery().state == "unknown"


def test_a_provider_that_is_away_is_tried_again_but_never_with_a_code_that_is_too_old(app: Flask) -> None:
    with clock.at(clock.now()) as hands:
        with provider(TAKEN["aliyun"]) as server:
            contract("aliyun", server)
        asked()
        deliver_texts()
        assert delivery().state == "failed"
        hands.forward(timedelta(minutes=6))
        deliver_texts()
        assert delivery().state == "given up"


def test_no_text_leaves_that_was_not_approved_for_such_a_number(app: Flask) -> None:
    with provider(TAKEN["aliyun"]) as server:
        contract("aliyun", server)
        park = db.session.scalars(select(Park)).one()
        park.sms = {**park.sms, "templates": {"accounts/code": {"home": "SMS_1001", "abroad": ""}}}
        db.session.commit()
        asked(ABROAD)
        deliver_texts()
    assert server.seen == []
    assert db.session.scalars(select(Delivery)).all() == []


def test_the_contract_is_entered_by_administrators_and_its_secret_is_never_shown(app: Flask) -> None:
    db.session.add(Park(name_zh="园区"))
    db.session.commit()
    assert browser(app, person("Ann")).get("/park/text-messages").status_code == 404
    root = browser(app, person("Root", administrator=True), "administrator:0")
    page = root.get("/park/text-messages").text
    assert "%(code)s" in page
    data = {
        "provider": "aliyun",
        "key": "AKID",
        "secret": "hush-hush",
        "signature": "软件园",
        "home_0": "SMS_1001",
        "daily": "9",
    }
    assert root.post("/park/text-messages", data=data).status_code == 303
    assert "hush-hush" not in root.get("/park/text-messages").text
    assert root.post("/park/text-messages", data={**data, "secret": "", "home_0": "SMS_7"}).status_code == 303
    db.session.rollback()
    kept = db.session.scalars(select(Park)).one().sms
    assert (kept["secret"], kept["daily"]) == ("hush-hush", 9)
    assert kept["templates"]["accounts/code"] == {"home": "SMS_7", "abroad": ""}
    assert "hush-hush" not in root.get("/events").text
    assert page.count("Result of a programme") == 1
    result = [text for text, _names in approved()].index(sms.texts["applications/accepted"])
    assert root.post("/park/text-messages", data=data | {f"home_{result}": "SMS_9"}).status_code == 303
    db.session.rollback()
    kept = db.session.scalars(select(Park)).one().sms["templates"]
    assert {kept[f"applications/{one}"]["home"] for one in ("accepted", "waitlisted", "promoted")} == {
        "SMS_9"
    }


def test_without_a_contract_a_text_message_stands_on_the_console_and_in_the_mailbox(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = tell_the_console()
    try:
        code = asked()
        assert deliver_texts() == 1
        said = capsys.readouterr().err
    finally:
        logging.getLogger("campapp.console").removeHandler(handler)
    assert HOME in said
    assert proofs.digits(code) in said
    assert delivery().state == "kept"
