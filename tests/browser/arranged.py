"""What a journey finds in the demo park when it sets out: a call with its own form and groups."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from campapp.accounts.models import Account, Address
from campapp.core import clock
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.programmes.actions.form import change_form, put_to_use
from campapp.programmes.actions.group import make_group
from campapp.programmes.actions.programme import create_programme, set_staff
from campapp.programmes.actions.publication import publish_programme
from campapp.programmes.models import Programme
from campapp.programmes.ready_made import (
    CREDIT_CODE,
    ENTITY,
    FINANCES,
    LETTER,
    MEMBERS,
    REGISTERED_ON,
    REVENUE,
)
from tests.browser.walk import application_of

Declared = dict[str, Any]
COMPANY: Declared = {"when": {"key": "entity", "is": ["enterprise"]}}
SUMMARY: Declared = {"key": "summary", "kind": "long", "label_zh": "项目简介", "label_en": "Summary", "required": True,
                     "longest": 600, "profile": "summary"}  # fmt: skip
VIDEO: Declared = {"key": "video", "kind": "file", "label_zh": "演示视频", "label_en": "Demonstration video",
                   "kinds": ["video"], "megabytes": 500, "count": 1, "required": True}  # fmt: skip
ENTRY: Declared = {"sections": [
    {"key": "entrant", "title_zh": "参赛主体", "title_en": "Entrant", "fields": [
        ENTITY, {**CREDIT_CODE, "required": True, **COMPANY}, {**REGISTERED_ON, "required": True, **COMPANY},
        {**REVENUE, **COMPANY}]},
    {"key": "about", "title_zh": "项目与团队", "title_en": "Project and team", "fields": [
        SUMMARY, {**MEMBERS, "required": True}, {**FINANCES, "required": True, **COMPANY}]},
    {"key": "material", "title_zh": "材料", "title_en": "Material", "fields": [LETTER, {**VIDEO, **COMPANY}]},
]}  # fmt: skip
ABROAD = ["DE", "FR", "GB", "SG", "US"]
GROUPS: tuple[Declared, ...] = (
    {"title_zh": "企业组", "title_en": "Enterprise group", "conditions": [
        {"fact": "answer.entity", "is": ["enterprise"]},
        {"fact": "organisation.registered_on", "least": "2015-01-01"}]},
    {"title_zh": "国际团队组", "title_en": "International teams", "conditions": [
        {"fact": "answer.entity", "is": ["team"]}, {"fact": "organisation.country", "is": ABROAD}]},
)  # fmt: skip


@contextmanager
def inside(folder: Path) -> Iterator[Flask]:
    """The served park's own rows, beside the processes that serve it."""
    app = application_of(folder)
    with app.app_context(), current.set(actor=SYSTEM):
        yield app
        db.session.remove()
        db.engine.dispose()


def call(
    title_zh: str, title_en: str, form: Declared | None = None, groups: tuple[Declared, ...] = ()
) -> str:
    """A published camp of the demo organiser's whose call is open for three more days; its page's path."""
    now = clock.now()
    first = (now + timedelta(days=20)).date()
    with bulk():
        programme = create_programme(
            None, kind="camp", title_zh=title_zh, title_en=title_en, first_day=first, last_day=first,
            opens_at=now - timedelta(days=1), deadline=now + timedelta(days=3), contact_mail="camp@campapp.example",
        )  # fmt: skip
        set_staff(programme, organiser(), "owner")
        publish_programme(programme)
    if form is not None:
        change_form(programme, lambda _standing: form)
        put_to_use(programme)
    for group in groups:
        make_group(programme, **group)
    return f"/programmes/{programme.slug}"


def organiser() -> Account:
    """The demo's own."""
    mine = select(Account).join(Address).where(Address.value == "organiser@campapp.example")
    return db.session.scalars(mine).one()


def programme_at(path: str) -> Programme:
    """The programme whose page that is."""
    return db.session.scalars(select(Programme).where(Programme.slug == path.rpartition("/")[2])).one()
