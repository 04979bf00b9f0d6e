"""Every address that somebody can ask for, found as a stranger with patience would: by the map, then by the links."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.access.outsiders import requests
from tests.outcomes.arranged import Day

LINK = re.compile(r'(?:href|src|hx-get)="([^"]+)"')
ENDS = ("/sign-out", "/static", "/style")
ZIPPED = b"PK\x03\x04"
EACH = 2
"""Addresses of one shape: the same path but for its numbers, the same names in its query, the same kind of file."""


def answers(app: Flask, client: FlaskClient, stage: Day, *more: str) -> Iterator[tuple[str, int, str]]:
    """(address, status, all that it says) of each: pages, files, exports, feeds; packed ones unpacked."""
    queue = deque([*more, *(address for _rule, method, address in requests(app, stage) if method == "GET")])
    seen = set(queue)
    shapes = Counter(map(_shape, queue))
    while queue:
        address = queue.popleft()
        answer = client.get(address)
        said = text_of(answer)
        yield address, answer.status_code, said
        for onward in _links(address, said) if answer.mimetype == "text/html" else ():
            if onward not in seen and shapes[_shape(onward)] < EACH:
                seen.add(onward)
                shapes[_shape(onward)] += 1
                queue.append(onward)


def _links(address: str, said: str) -> Iterator[str]:
    for found in LINK.findall(said):
        link = urlsplit(urljoin(address, unescape(found)))
        if not link.netloc and not link.path.startswith(ENDS):
            yield link.path + (f"?{link.query}" if link.query else "")


def _shape(address: str) -> tuple[str, str]:
    link = urlsplit(address)
    asked = parse_qs(link.query, keep_blank_values=True)
    return re.sub(r"\d+", "0", link.path), " ".join(sorted([*asked, *asked.get("as", [])]))


def text_of(answer: TestResponse) -> str:
    """What an answer says, wherever it leads, and what is packed in it."""
    head = f"{answer.headers.get('Location', '')} {answer.headers.get('Content-Disposition', '')} "
    return head + _unpacked(answer.get_data())


def _unpacked(data: bytes) -> str:
    if data.startswith(ZIPPED):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return " ".join(f"{name} {_unpacked(archive.read(name))}" for name in archive.namelist())
    return data.decode("utf-8", "replace").replace("\r\n ", "")
