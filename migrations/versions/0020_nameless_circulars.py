"""Messages to many no longer repeat the name of who wrote them: the account says it.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column less."""
    op.drop_column("circulars", "name")


def downgrade() -> None:
    """Empty again."""
    op.add_column("circulars", sa.Column("name", sa.String(length=100), nullable=False, server_default=""))
