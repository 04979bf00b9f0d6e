"""Every page that a role can reach: the addresses without parameters, and what their links lead to."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from flask import Flask
from playwright.sync_api import APIRequestContext
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect, Rule

from campapp import create_app
from campapp.settings import Settings

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')
LEFT_OUT = {"static"}


@dataclass(frozen=True)
class Visited:
    """One page as it answered."""

    endpoint: str
    path: str
    status: int
    is_page: bool


def application_of(folder: Path) -> Flask:
    """The application over that folder: only its map of addresses is asked."""
    return create_app(Settings(data=folder, demo=True))


def walk(app: Flask, ask: APIRequestContext, address: str, *, each: int = 1) -> list[Visited]:
    """Follow links from the addresses without parameters; `each` different addresses an endpoint."""
    queue = deque(dict.fromkeys(["/", *bare(app)]))
    seen, found, asked = set(queue), [], dict.fromkeys(app.view_functions, 0)
    while queue:
        path = queue.popleft()
        rule = _rule(app, path)
        if rule is None or rule.endpoint in LEFT_OUT or asked[rule.endpoint] >= each:
            continue
        asked[rule.endpoint] += 1
        answer = ask.get(f"{address}{path}", max_redirects=0)
        html = answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html")
        is_page = html and answer.text().lstrip().lower().startswith("<!doctype")  # a fragment is part of one
        found.append(Visited(rule.endpoint, path, answer.status, is_page))
        onward = [*(_links(answer.text(), path) if is_page else ()), *_below(app, rule, path)]
        for link in [*onward, *_links(f'<a href="{answer.headers.get("location", "")}">', path)]:
            if link not in seen:
                seen.add(link)
                queue.append(link)
    return found


def bare(app: Flask) -> list[str]:
    """The addresses that are asked with GET and have no parameters."""
    return sorted(
        {
            rule.rule
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ()) and not rule.arguments
        }
    )


def _rule(app: Flask, path: str) -> Rule | None:
    try:
        rule, _ = app.url_map.bind("localhost").match(urlsplit(path).path, method="GET", return_rule=True)
    except (HTTPException, RequestRedirect):
        return None
    return rule


def _below(app: Flask, rule: Rule, path: str) -> list[str]:
    """What hangs below a row's address and asks for nothing more."""
    if not rule.arguments:
        return []
    return [
        urlsplit(path).path + other.rule[len(rule.rule) :] for other in app.url_map.iter_rules()
        if other.rule.startswith(f"{rule.rule}/") and other.arguments == rule.arguments
    ]  # fmt: skip


def _links(text: str, base: str) -> list[str]:
    links = []
    for raw in LINK.findall(text):
        target = urlsplit(urljoin(base, unescape(raw)))
        if not target.scheme and not target.netloc:
            links.append(target.path + (f"?{target.query}" if target.query else ""))
    return links
