"""The migrations: from nothing to what the models say, on both databases."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from campapp.core.db import Base, db
from campapp.core.search_index import is_search_table, tables_without_index


def test_the_migrated_database_is_what_the_models_say(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda _o, name, kind, *_r: (
                    kind not in {"table", "index"} or not is_search_table(name)
                )
            },
        )
        different = [
            one
            for one in compare_metadata(context, Base.metadata)
            if "fk_applications_submission" not in str(one)
        ]
        assert different == []
        assert tables_without_index(connection, Base.metadata) == []
