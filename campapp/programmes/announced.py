"""A notice as it is pasted into a chat group."""

from __future__ import annotations

from campapp.core.park import absolute
from campapp.core.text.pasted import pasted
from campapp.programmes.models import Notice


def group_messages(notice: Notice) -> list[tuple[str, str]]:
    """A notice to be pasted into a chat group, in each language that it has: (locale, text)."""
    link = absolute(f"/notices/{notice.id}")
    sides = (("zh_CN", notice.title_zh, notice.text_zh), ("en", notice.title_en, notice.text_en))
    return [(locale, pasted(title, text, link)) for locale, title, text in sides if title]
