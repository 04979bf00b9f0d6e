"""When an upload became an answer.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is on its way has not been finished."""
    op.add_column("uploads", sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Finished ones are no longer remembered."""
    op.execute("DELETE FROM uploads WHERE finished_at IS NOT NULL")
    op.drop_column("uploads", "finished_at")
