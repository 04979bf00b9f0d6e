"""The cookie that holds what a browser is in the middle of, and the mark that its forms carry."""

from __future__ import annotations

import time

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature


class BrowserCookie(SecureCookieSessionInterface):
    """Flask's own, but for a machine whose clock is set back: Flask takes a cookie from a moment still to come for
    damaged, and every page that is open at that moment could not be sent any more."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """What the cookie says; empty where it is made up or too old."""
        serializer = self.get_signing_serializer(app)
        sent = request.cookies.get(self.get_cookie_name(app))
        if serializer is None or not sent:
            return self.session_class()
        try:
            said, given = serializer.loads(sent, return_timestamp=True)
        except BadSignature:
            return self.session_class()
        fresh = time.time() - given.timestamp() <= app.permanent_session_lifetime.total_seconds()
        return self.session_class(said if fresh else None)
