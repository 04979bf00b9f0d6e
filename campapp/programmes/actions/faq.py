"""Questions that are asked again and again: written, changed, put in order, taken out."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.programmes.models import Faq, Programme
from campapp.programmes.rules import helps, helps_with

helps_faq = helps_with(Faq)


@action("faq_written", rule=helps)
def write_faq(
    act: Act, programme: Programme, *, question_zh: str = "", question_en: str = "", answer_zh: str = "",
    answer_en: str = "",
) -> Faq:  # fmt: skip
    """A further one, at the end; it is public with its programme at once."""
    last = select(func.max(Faq.position)).where(Faq.programme_id == programme.id)
    row = Faq(
        programme_id=programme.id, position=(db.session.scalar(last) or 0) + 1, question_zh=question_zh,
        question_en=question_en, answer_zh=answer_zh, answer_en=answer_en,
    )  # fmt: skip
    db.session.add(row)
    return row


@action("faq_changed", rule=helps_faq)
def change_faq(act: Act, /, faq: Faq, *, version: int | None = None, **words: str) -> None:
    """Its words."""
    act.expect(version)
    for name, text in words.items():
        setattr(faq, name, text)


@action("faqs_put_in_order", rule=helps)
def order_faqs(act: Act, programme: Programme, order: Sequence[int]) -> None:
    """The order in which they stand; what is not named stays behind them."""
    rows = {row.id: row for row in db.session.scalars(select(Faq).where(Faq.programme_id == programme.id))}
    named = [rows[key] for key in order if key in rows]
    rest = sorted((row for row in rows.values() if row not in named), key=lambda row: row.position)
    for place, row in enumerate([*named, *rest], start=1):
        row.position = place


@action("faq_taken_out", rule=helps_faq)
def take_faq_out(act: Act, faq: Faq) -> None:
    """No longer on the public page."""
    faq.removed_at = act.at


@action("faq_put_back", rule=helps_faq)
def put_faq_back(act: Act, faq: Faq) -> None:
    """Undo."""
    faq.removed_at = None
