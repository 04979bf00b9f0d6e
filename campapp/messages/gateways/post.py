"""One HTTPS request whose answer says whether it counted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from campapp.core.mail import NotSent, Unsure

TIMEOUT = 10.0


def post(url: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    """The answer as JSON, also of a refusal that explains itself.

    Raises:
        NotSent: nobody was reached.  Unsure: the line broke afterwards, or the answer cannot be read.
    """
    request = Request(url, data=body, headers=dict(headers), method="POST")  # noqa: S310  # an administrator's address
    try:
        with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            text = answer.read()
    except HTTPError as problem:
        text = problem.read()
    except URLError as problem:
        raise NotSent(str(problem.reason)) from problem
    except (TimeoutError, OSError) as problem:
        raise Unsure(str(problem)) from problem
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Unsure(f"no JSON: {text[:200]!r}")
    return found
