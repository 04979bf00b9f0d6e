"""Headings of imported sheets, mapped by hand.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Remember how sheets with headings of their own are read."""
    op.create_table(
        "heading_maps",
        sa.Column("headings_key", sa.String(length=64), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("holds", sa.String(length=20), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("constants", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heading_maps")),
        sa.UniqueConstraint("headings_key", name=op.f("uq_heading_maps_headings_key")),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("heading_maps")
