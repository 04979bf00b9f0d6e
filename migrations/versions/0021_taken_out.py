"""Whether a member left, or was taken out.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of those gone before this, nobody can be brought back without agreeing."""
    op.add_column("members", sa.Column("taken_out", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Gone."""
    op.drop_column("members", "taken_out")
