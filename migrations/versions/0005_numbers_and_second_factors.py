"""Mobile numbers that sign in, text messages, a second factor.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Codes without an account yet, the variables of text messages, the park's contract, second factors."""
    with op.batch_alter_table("codes") as codes:
        codes.alter_column("account_id", existing_type=sa.Integer(), nullable=True)
        codes.add_column(sa.Column("locale", sa.String(length=10), nullable=False, server_default="zh_CN"))
        codes.create_index(op.f("ix_codes_value"), ["value"])
    op.add_column("deliveries", sa.Column("variables", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("sign_ins", sa.Column("proof", sa.String(length=20), nullable=False, server_default=""))
    op.add_column("park", sa.Column("sms", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "second_factors",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("recovery_salt", sa.String(length=32), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("used", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_second_factors_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factors")),
        sa.UniqueConstraint("account_id", name=op.f("uq_second_factors_account_id")),
    )
