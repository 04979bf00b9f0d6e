"""Files that are part of the submission that counts

Revision ID: 0019
Revises: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of entries that are submitted already, what stands in them counts."""
    op.add_column("entry_files", sa.Column("counts", sa.Boolean(), nullable=False, server_default=sa.false()))
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("entry_files", "counts", server_default=None)
    files = sa.table(
        "entry_files", sa.column("application_id"), sa.column("removed_at"), sa.column("counts", sa.Boolean())
    )
    entries = sa.table("applications", sa.column("id"), sa.column("submission_id"))
    submitted = sa.select(entries.c.id).where(entries.c.submission_id.is_not(None))
    op.execute(
        files.update()
        .where(files.c.removed_at.is_(None), files.c.application_id.in_(submitted))
        .values(counts=sa.true())
    )


def downgrade() -> None:
    """Throw it away."""
    op.drop_column("entry_files", "counts")
