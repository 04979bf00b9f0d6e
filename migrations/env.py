"""Alembic's way to the database: the application's own engine, one linear history."""

from typing import Any

from alembic import context
from flask import current_app

from campapp.core.clock import UtcDateTime
from campapp.core.db import Base
from campapp.core.search_index import is_search_table


def included(_object: Any, name: str | None, kind: str, *_rest: Any) -> bool:
    """What the models describe; the search index is made by its own function."""
    return not (kind in {"table", "index"} and is_search_table(name))


def rendered(kind: str, value: Any, _context: Any) -> str | bool:
    """Moments are written as the plain type that they have in the database."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(value, UtcDateTime) else False


def run() -> None:
    """Migrate over the application's engine."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as mine:
        context.configure(
            connection=mine, target_metadata=Base.metadata, render_as_batch=mine.dialect.name == "sqlite",
            compare_type=True, transaction_per_migration=True, include_object=included, render_item=rendered,
        )  # fmt: skip
        with context.begin_transaction():
            context.run_migrations()


run()
