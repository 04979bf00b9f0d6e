"""What a side notes for itself beside its no.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A note for each side of a match, at most."""
    op.create_table(
        "private_notes",
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name=op.f("fk_private_notes_match_id_matches")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_notes")),
        sa.UniqueConstraint("match_id", "side", name=op.f("uq_private_notes_match_id_side")),
    )
    op.create_index(op.f("ix_private_notes_match_id"), "private_notes", ["match_id"])


def downgrade() -> None:
    """Throw them away."""
    op.drop_table("private_notes")
