"""Saved views: a list's URL under a name, one's own or shared with whoever opens that list."""

from __future__ import annotations

import hashlib
import hmac
import json

from flask import current_app
from sqlalchemy import ColumnElement, Index, String, Text, or_
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.access import Verdict, rule, sees, signed_in, visible
from campapp.core.action import Act, action
from campapp.core.current import Actor, current
from campapp.core.db import Base, Stamped, db
from campapp.core.text.language import lazy_gettext as _l
from campapp.core.timeline import tell_as

LONGEST_VIEW_NAME = 60


class SavedView(Stamped, Base):
    """A list's query under a name. `place` says which programme's list (or "" for the park's)."""

    __tablename__ = "saved_views"
    __table_args__ = (Index("ix_saved_views_list", "list_name", "place", "owner_id"),)

    owner_id: Mapped[int]
    list_name: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(LONGEST_VIEW_NAME))
    query: Mapped[str] = mapped_column(Text, default="")
    shared: Mapped[bool] = mapped_column(default=False)


def seal(list_name: str, place: str) -> str:
    """What a list gives to whoever reads it, so that a view is put only on lists that its owner could open."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    text = json.dumps(["saved view", current.actor.account_id, list_name, place])
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()[:40]


@sees(SavedView)
def own_and_shared_views(actor: Actor) -> ColumnElement[bool]:
    """One's own views, and those that others share; a list asks for its own place only."""
    return (
        or_(SavedView.owner_id == actor.account_id, SavedView.shared)
        if actor.account_id
        else SavedView.id == 0
    )


@rule
def own_view(actor: Actor, view: SavedView) -> Verdict:
    """Who saved the view."""
    return view.owner_id == actor.account_id


@action("view_saved", rule=signed_in)
def save_view(
    act: Act, *, list_name: str, place: str, name: str, query: str, shared: bool = False
) -> SavedView:
    """Keep a list's query; the same name in the same list is written over."""
    mine = (
        SavedView.owner_id == current.actor.account_id,
        SavedView.list_name == list_name,
        SavedView.place == place,
    )
    view = db.session.scalars(visible(SavedView).where(*mine, SavedView.name == name)).first()
    if view is None:
        view = SavedView(owner_id=current.actor.account_id or 0, list_name=list_name, place=place, name=name)
        db.session.add(view)
    view.query, view.shared = query, shared
    db.session.flush()
    return view


@action("view_dropped", rule=own_view)
def drop_view(act: Act, view: SavedView) -> None:
    """Take a saved view away."""
    db.session.delete(view)


def views_of(list_name: str, place: str) -> list[SavedView]:
    """The views that the reader sees of a list, by name."""
    statement = visible(SavedView).where(SavedView.list_name == list_name, SavedView.place == place)
    return list(db.session.scalars(statement.order_by(SavedView.name, SavedView.id)))


tell_as(
    view_saved=_l("View of a list saved"),
    view_dropped=_l("View of a list deleted"),
)
