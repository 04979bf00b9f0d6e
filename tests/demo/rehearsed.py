"""Somebody who looks around in a rehearsal."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient


def visitor(app: Flask, address: str, role: str) -> FlaskClient:
    """Somebody who has the address and looks around as this role."""
    client = app.test_client()
    assert client.post(f"{address}/demo/as/{role}").location == f"{address}/"
    return client
