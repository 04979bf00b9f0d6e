"""Organisations in pinyin order, verified by somebody, merged; organising units that belong to one.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from campapp.core.search import Bytewise
from campapp.core.text import pinyin

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PINYIN = {
    "pinyin_key": pinyin.sort_key,
    "pinyin_initials": pinyin.initials,
    "pinyin_spelling": pinyin.spelling,
}


def upgrade() -> None:
    """New columns, and the stored order of the names that are there."""
    for name in PINYIN:
        op.add_column("organisations", sa.Column(name, Bytewise, nullable=False, server_default=""))
        op.create_index(op.f(f"ix_organisations_{name}"), "organisations", [name])
    op.add_column(
        "organisations", sa.Column("verified_by", sa.String(length=100), nullable=False, server_default="")
    )
    op.add_column("organisations", sa.Column("merged_into_id", sa.Integer(), nullable=True))
    op.add_column("organisations", sa.Column("note", sa.Text(), nullable=False, server_default=""))
    known = sa.text("registration_number <> ''")
    op.create_index(
        "uq_organisations_abroad", "organisations", ["country", "registration_number"], unique=True,
        sqlite_where=known, postgresql_where=known,
    )  # fmt: skip
    with op.batch_alter_table("units") as units:
        units.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        units.create_foreign_key(
            op.f("fk_units_organisation_id"), "organisations", ["organisation_id"], ["id"]
        )
        units.create_index(op.f("ix_units_organisation_id"), ["organisation_id"])
    _spell_names()


def _spell_names() -> None:
    table = sa.table("organisations", sa.column("id"), sa.column("name"), *map(sa.column, PINYIN))
    connection = op.get_bind()
    for row in connection.execute(sa.select(table.c.id, table.c.name)).all():
        values = {name: make(row.name) for name, make in PINYIN.items()}
        connection.execute(table.update().where(table.c.id == row.id).values(**values))
