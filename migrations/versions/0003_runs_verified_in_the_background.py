"""What came of repeating a run.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep a run's last verification with it."""
    op.add_column(
        "runs", sa.Column("verification", sa.JSON(), nullable=False, server_default=sa.text("'{}'"))
    )


def downgrade() -> None:
    """Forget verifications."""
    op.drop_column("runs", "verification")
