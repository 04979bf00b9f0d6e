"""campapp: an innovation park's year in one place, from registration to what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from campapp.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The application, its rooms wired together (see `campapp.house`).

    Raises:
        RuntimeError: an endpoint names no rule.
    """
    from campapp.house import build  # why: the engines alone must not wait for the whole house

    return build(settings)
