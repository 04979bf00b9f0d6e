"""Whose form is composed: the programme's entry form, or a follow-up's, by the address; the same pages serve both."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for

from campapp.core.access import find
from campapp.core.form import kinds
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.programmes.actions.form import Owner
from campapp.programmes.models import FollowUp, Programme
from campapp.programmes.ready_made import READY_LATER, READY_MADE

ENTRY, LATER = "form", "follow_up_form"
"""The names under which the pages are registered, in `applications`."""


def remember(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Take the follow-up out of the address; views know programmes only."""
    g.follow_up, g.form_owner = (values or {}).pop("follow_up", None), None


def repeat(_endpoint: str, values: dict[str, Any]) -> None:
    """Put it into addresses of the same pages again."""
    if g.get("follow_up") is not None:
        values.setdefault("follow_up", g.follow_up)


def owner_of(programme: Programme) -> Owner:
    """Whose form it is."""
    if not is_later():
        return programme
    if g.get("form_owner") is None:
        g.form_owner = find(FollowUp, g.follow_up, programme_id=programme.id)
    owner: FollowUp = g.form_owner
    return owner


def form_url(name: str, **values: Any) -> str:
    """The address of one of these pages, of the same form."""
    which = LATER if is_later() else ENTRY
    slug = (request.view_args or {}).get("slug")
    return url_for(f"applications.{which}.{name}", slug=slug, **values)


def is_later() -> bool:
    """Whether it is a follow-up's form."""
    return g.get("follow_up") is not None


def form_heading(programme: Programme) -> str:
    """How the pages call the form."""
    owner = owner_of(programme)
    return say(owner, "title") if isinstance(owner, FollowUp) else _("Entry form")


def offered() -> dict[str, Any]:
    """What the builder offers to put in."""
    later = is_later()
    return {
        "offered": [kind for kind in kinds.KINDS if not (later and kind == "identity")],
        "ready": READY_LATER if later else READY_MADE,
    }  # fmt: skip


def serve(bp: Blueprint) -> None:
    """Let a blueprint of these pages be registered for both."""
    bp.url_value_preprocessor(remember)
    bp.url_defaults(repeat)
    bp.context_processor(lambda: {"form_url": form_url, "form_heading": form_heading, "later": is_later()})
