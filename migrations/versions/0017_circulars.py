"""Messages to many, channels chosen by the organiser, records that name nobody.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table, and three columns that rows which are there already have as well."""
    op.create_table(
        "circulars",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("sending_id", sa.Integer(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("title_zh", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=op.f("fk_circulars_programme_id")),
        sa.ForeignKeyConstraint(["sending_id"], ["sendings.id"], name=op.f("fk_circulars_sending_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circulars")),
        sa.UniqueConstraint("sending_id", name=op.f("uq_circulars_sending_id")),
    )
    op.create_index(op.f("ix_circulars_programme_id"), "circulars", ["programme_id"])
    _column("sendings", sa.Column("unnamed", sa.Boolean(), nullable=False, server_default=sa.false()))
    _column("letters", sa.Column("channels", sa.String(length=40), nullable=False, server_default=""))
    _column("deliveries", sa.Column("again", sa.Integer(), nullable=False, server_default=sa.text("0")))


def _column(table: str, column: sa.Column[object]) -> None:
    """The default is only for rows that are there."""
    op.add_column(table, column)
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column(table, column.name, server_default=None)


def downgrade() -> None:
    """Throw them away."""
    for table, column in (("deliveries", "again"), ("letters", "channels"), ("sendings", "unnamed")):
        op.drop_column(table, column)
    op.drop_table("circulars")
