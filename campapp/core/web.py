"""The web: whole pages and fragments from one template, guards on every endpoint, headers, errors."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from flask import (
    Flask,
    Response,
    abort,
    g,
    has_request_context,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.datastructures import Headers

from campapp.core.access import Rule, anyone
from campapp.core.action import guards
from campapp.core.current import current

View = TypeVar("View", bound=Callable[..., Any])
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "manifest-src 'self'; media-src 'self'"
)


def guarded_by(guard: Rule | Callable[..., Any]) -> Callable[[View], View]:
    """Name the rule that guards an endpoint: a rule, or an action, whose own rule it then is.

    A rule over the actor alone is asked before the view. A rule over a row is asked by `find` when the view finds
    that row; a view that answers without having asked is an error.
    """
    wanted: Rule = guard if isinstance(guard, Rule) else guards[guard]

    def decorate(view: View) -> View:
        view.guard = wanted  # type: ignore[attr-defined]
        return view

    return decorate


public = guarded_by(anyone)


def unguarded(app: Flask) -> list[str]:
    """Endpoints that name no rule: with any, the application refuses to start."""
    return sorted(
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and not hasattr(view, "guard")
    )


def guard_request() -> Any:
    """Ask the endpoint's rule before the view, or leave it for `find` to ask."""
    view = request.endpoint and _view(request.endpoint)
    guard: Rule | None = getattr(view, "guard", None) if view else None
    g.guard, g.guard_asked = guard, False
    if guard is None or guard.on is not None:
        return None
    reason = guard.refusal(current.actor)
    if reason is None:
        g.guard_asked = True
        return None
    if not current.actor.is_authenticated:
        return redirect(url_for("accounts.session.new", then=request.full_path.rstrip("?")))
    return abort(404)


def guard_was_asked(response: Response) -> Response:
    """After the view: an answer that nobody's rule was asked about must not leave."""
    guard: Rule | None = g.get("guard")
    if guard is not None and not g.guard_asked and response.status_code < 300:
        raise RuntimeError(f"{request.endpoint} answered without asking {guard.name}")
    return response


def _view(endpoint: str) -> Any:
    from flask import current_app  # why: only at request time

    return current_app.view_functions.get(endpoint)


def is_fragment() -> bool:
    """Whether htmx asks for a part: not boosted, not restoring history."""
    return (
        request.headers.get("HX-Request") == "true"
        and request.headers.get("HX-Boosted") != "true"
        and request.headers.get("HX-History-Restore-Request") != "true"
    )


def page(template: str, *, fragment: str | None = None, status: int = 200, **rows: Any) -> Response:
    """Answer a whole page, or to htmx the one block of the same template that `fragment` names."""
    from flask import current_app  # why: only at request time

    if fragment is not None and is_fragment():
        loaded = current_app.jinja_env.get_template(template)
        context: dict[str, Any] = dict(rows)
        current_app.update_template_context(context)
        here = loaded.new_context(context)
        next(loaded.root_render_func(here), None)  # the page's own imports and sets, up to its layout
        text = "".join(loaded.blocks[fragment](here))
    else:
        text = render_template(template, **rows)
    response = make_response(text, status)
    response.vary.add("HX-Request")
    return response


def to(endpoint: str, *, undo: str = "", done: str = "", **values: Any) -> Response:
    """303 to a page, with what was done in words and the address whose DELETE undoes it, shown for ten seconds."""
    if done:
        g.session_flash = True
        flash_done(done, undo)
    target = endpoint if endpoint.startswith("/") else url_for(endpoint, **values)
    response = make_response("", 303)
    response.headers["Location"] = target
    return response


def rooted(path: str) -> str:
    """A path of ours as the browser must ask for it: below the prefix under which this park stands, if it has one."""
    root = request.script_root if has_request_context() else ""
    return path if not root or path.startswith(f"{root}/") or not path.startswith("/") else f"{root}{path}"


def lead_within(response: Response) -> Response:
    """Let what leads onward stay below the park's prefix."""
    for name in ("Location", "HX-Redirect"):
        if name in response.headers:
            response.headers[name] = rooted(response.headers[name])
    return response


def flash_done(done: str, undo: str = "") -> None:
    """Say on the next page what was done; `undo` is the address to DELETE."""
    from flask import flash  # why: only at request time

    flash({"text": str(done), "undo": undo}, "done")  # type: ignore[arg-type]


def safe_next(target: str | None) -> str | None:
    """A path of our own to go to after signing in; anything else is dropped."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    if not target.isprintable():
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None


class MethodOverride:
    """Turns POST `…?_method=delete` round before routing: a verb is a resource, undo is DELETE of the same noun."""

    allowed = frozenset({"DELETE", "PUT", "PATCH"})

    def __init__(self, app: Any) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Turn the method round where the query asks for it."""
        if environ["REQUEST_METHOD"] == "POST" and "_method=" in environ.get("QUERY_STRING", ""):
            wanted = parse_qs(environ["QUERY_STRING"]).get("_method", [""])[0].upper()
            if wanted in self.allowed:
                environ["REQUEST_METHOD"] = wanted
        return self.app(environ, start_response)  # type: ignore[no-any-return]


def protect(response: Response) -> Response:
    """The headers that every answer bears."""
    headers: Headers = response.headers
    headers.setdefault("Content-Security-Policy", CSP)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        headers.setdefault(
            "Cache-Control", "private, no-store" if current.actor.is_authenticated else "no-cache"
        )
    if current.request_id:
        headers.setdefault("X-Request-Id", current.request_id)
    return response


def request_id() -> str:
    """A new id that ties log lines, events and error pages of one request together."""
    return secrets.token_hex(8)


def no_content() -> Response:
    """204: nothing is newer; a page that polls stays as it is."""
    return make_response("", 204)
