"""Alembic's way to the database: the application's own engine, one linear history."""

from alembic import context
from flask import current_app

from campapp.core.db import Base

connection = context.config.attributes.get("connection")


def run() -> None:
    """Migrate over the application's engine."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as mine:
        context.configure(
            connection=mine, target_metadata=Base.metadata, render_as_batch=mine.dialect.name == "sqlite",
            compare_type=True, transaction_per_migration=True,
        )  # fmt: skip
        with context.begin_transaction():
            context.run_migrations()


run()
