from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

class Migrate:
    def __init__(
        self,
        app: Flask | None = None,
        db: SQLAlchemy | None = None,
        directory: str = "migrations",
        command: str = "db",
        compare_type: bool = True,
        render_as_batch: bool = True,
        **kwargs: Any,
    ) -> None: ...
    def init_app(
        self,
        app: Flask,
        db: SQLAlchemy | None = None,
        directory: str | None = None,
        command: str | None = None,
        **kwargs: Any,
    ) -> None: ...

def upgrade(
    directory: str | None = None,
    revision: str = "head",
    sql: bool = False,
    tag: str | None = None,
    x_arg: Any = None,
) -> None: ...
def downgrade(
    directory: str | None = None,
    revision: str = "-1",
    sql: bool = False,
    tag: str | None = None,
    x_arg: Any = None,
) -> None: ...
def stamp(
    directory: str | None = None,
    revision: str = "head",
    sql: bool = False,
    tag: str | None = None,
    purge: bool = False,
) -> None: ...
def check(directory: str | None = None) -> None: ...
