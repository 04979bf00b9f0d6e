"""Markdown as people write it in calls, notices and profiles, to HTML that can do nothing but be read."""

from __future__ import annotations

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def render(text: str) -> Markup:
    """HTML of a Markdown text; its headings begin at h3, below the page's; pictures become their words."""
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        _lower(token)
    html = parser.renderer.render(tokens, parser.options, {})
    return Markup(  # noqa: S704  # cleaned in this very call
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href", "title"}, "ol": {"start"}},
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener noreferrer nofollow",
        )
    )


def _lower(token: Token) -> None:
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    for child in token.children or []:
        if child.type == "image":
            child.type, child.tag, child.attrs = "text", "", {}


def plain(text: str) -> str:
    """The words of a Markdown text, line by line: list items with their sign, links with their address."""
    found: list[str] = []
    marks: list[str] = []
    for token in _parser().parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            marks.append("1" if token.type == "ordered_list_open" else "·")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            marks.pop()
        elif token.type == "list_item_open":
            found.append(f"{token.info}. " if marks and marks[-1] == "1" else "· ")
        elif token.type in ("inline", "code_block", "fence"):
            words = _words(token) if token.type == "inline" else token.content.rstrip()
            if found and found[-1].endswith((". ", "· ")):
                found[-1] += words
            else:
                found.append(words)
    return "\n".join(found).strip()


def _words(token: Token) -> str:
    """The text of a line; a link's address follows its words where they do not say it."""
    found, address, begun = [], "", 0
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            found.append("\n")
        elif child.type == "link_open":
            address, begun = str(child.attrGet("href") or ""), len(found)
        elif child.type == "link_close":
            said = "".join(found[begun:])
            if address and address not in said:
                found.append(f" {address}")
        else:
            found.append(child.content)
    return "".join(found)
