"""Addresses: no page stands in another's way, and text that is no id finds nothing."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from campapp.core.access import find
from campapp.core.current import SYSTEM, current
from campapp.programmes.models import Programme
from tests.factories import camp


def test_no_two_pages_have_one_address(app: Flask) -> None:
    found = defaultdict(set)
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            found[method, re.sub("<[^>]*>", "<>", rule.rule)].add(rule.endpoint)
    assert [(key, ends) for key, ends in found.items() if len(ends) > 1] == []


def test_a_row_is_found_by_the_text_of_its_id_and_by_no_other_text(app: Flask) -> None:
    programme = camp()
    with current.set(actor=SYSTEM):
        assert find(Programme, str(programme.id)).id == programme.id
        for text in ("", "x", "1 OR 1", "-1", "99999999999999999999", "²"):
            with pytest.raises(NotFound):
                find(Programme, text)
