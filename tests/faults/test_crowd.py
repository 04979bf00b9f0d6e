"""Many people at once before two server processes: nobody is ever shown another person's page."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest

from tests.faults.served import Served

PEOPLE = 24
PATIENCE = 120


pytestmark = pytest.mark.xdist_group("faults")


@pytest.fixture
def patience() -> float:
    return 30.0  # as it is outside tests: a crowd waits for its turn


def test_of_many_who_sign_up_at_once_each_sees_only_their_own_page(site: Served) -> None:
    def journey(number: int) -> list[tuple[str, str]]:
        opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
        form = opener.open(f"{site.address}/sign-up", timeout=PATIENCE).read().decode()
        token = re.search(r'name="csrf_token" value="([^"]+)"', form)
        assert token is not None
        typed = {
            "csrf_token": token[1], "name": f"Person {number:03}", "address": f"p{number:03}@people.example",
            "password": f"eleven lamps {number}", "then": "/account",
        }  # fmt: skip
        opener.open(f"{site.address}/sign-up", urlencode(typed).encode(), timeout=PATIENCE).read()
        pages = [opener.open(f"{site.address}/account", timeout=PATIENCE) for _ in range(3)]
        return [(page.headers["Cache-Control"], page.read().decode()) for page in pages]

    with ThreadPoolExecutor(PEOPLE) as crowd:
        answers = list(crowd.map(journey, range(PEOPLE)))
    for number, pages in enumerate(answers):
        for kept, text in pages:
            assert kept == "private, no-store"
            assert set(re.findall(r"p\d{3}@people\.example", text)) == {f"p{number:03}@people.example"}
            assert set(re.findall(r"Person \d{3}", text)) == {f"Person {number:03}"}


def test_a_form_without_its_token_is_refused_and_signs_nobody_in(site: Served) -> None:
    opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
    with pytest.raises(HTTPError) as refused:
        opener.open(
            f"{site.address}/sign-up",
            urlencode({"name": "A", "address": "a@people.example"}).encode(),
            timeout=60,
        )
    assert refused.value.code == 400
