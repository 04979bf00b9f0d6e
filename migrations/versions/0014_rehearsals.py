"""Rehearsals: that a programme has one.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All else of a rehearsal lies in its own folder."""
    op.create_table(
        "rehearsals",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_rehearsals_programme_id_programmes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rehearsals")),
        sa.UniqueConstraint("programme_id", name=op.f("uq_rehearsals_programme_id")),
        sa.UniqueConstraint("token", name=op.f("uq_rehearsals_token")),
    )
    op.create_index(op.f("ix_rehearsals_state"), "rehearsals", ["state"])


def downgrade() -> None:
    """Forget them; the folders stay until somebody removes them."""
    op.drop_table("rehearsals")
