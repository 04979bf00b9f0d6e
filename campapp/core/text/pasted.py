"""A text block to paste into a chat group, where nothing but plain text and a link arrives."""

from __future__ import annotations

from campapp.core.text import markdown

LONGEST = 800
"""Characters; longer ones fold away behind "more" in a group, and the link with them."""


def pasted(title: str, text: str, link: str) -> str:
    """`【title】`, the text without its Markdown, and the link on a line of its own, which phones make a link of."""
    body = markdown.plain(text)
    if len(body) > LONGEST:
        body = body[: LONGEST - 1].rstrip() + "…"
    return "\n".join(filter(None, (f"【{title.strip()}】", body, link)))
