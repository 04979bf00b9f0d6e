"""A company's profile: what stands there is what the form shows, and what is typed is what stands there."""

from __future__ import annotations

from flask import Flask

from campapp.companies.models import Company
from campapp.core.db import db
from tests.outcomes.arranged import day, signed_in


def test_the_form_shows_each_name_as_it_stands_and_keeps_it(app: Flask) -> None:
    stage = day(1)
    company = db.session.get_one(Company, stage.company.company_id)
    company.name, company.name_zh, company.name_en = "百度 Baidu", "百度在线", "Baidu Online"
    db.session.commit()
    client = signed_in(app, stage, "company")
    page = client.get(f"/companies/{company.id}/edit").text
    assert 'name="name"' in page and 'value="百度 Baidu"' in page
    assert 'value="百度在线"' in page and 'value="Baidu Online"' in page
    assert "{&#39;zh&#39;" not in page


def test_what_cannot_be_read_is_said_beside_its_field_and_the_rest_is_kept(app: Flask) -> None:
    stage = day(1)
    client = signed_in(app, stage, "company")
    sent = {"name": "Baidu", "sector": "AI and schools", "website": "no link"}
    answer = client.post(f"/companies/{stage.company.company_id}", data=sent)
    assert answer.status_code == 422
    assert "链接应以 https:// 开头" in answer.text or "A link begins with https://" in answer.text
    assert 'value="AI and schools"' in answer.text and 'value="no link"' in answer.text
