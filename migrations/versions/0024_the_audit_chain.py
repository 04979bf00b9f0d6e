"""Events sealed into a chain of blocks, and what checking it found.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

PERSONAL = ("name_salt", "name_hash", "values_salt", "values_hash")


def upgrade() -> None:
    """What has happened so far is sealed by the first workers that run."""
    for name in PERSONAL:
        length = 16 if name.endswith("salt") else 32
        op.add_column("event_persons", sa.Column(name, sa.LargeBinary(length=length), nullable=True))
    op.drop_column("events", "salt")
    op.create_table(
        "event_blocks",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("leaves", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("highest", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_blocks")),
        sa.UniqueConstraint("number", name=op.f("uq_event_blocks_number")),
    )
    op.create_table(
        "audit_checks",
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("emptied", sa.Integer(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_checks")),
    )


def downgrade() -> None:
    """Without the chain."""
    op.drop_table("audit_checks")
    op.drop_table("event_blocks")
    op.add_column("events", sa.Column("salt", sa.LargeBinary(length=16), nullable=True))
    op.execute(sa.text("UPDATE events SET block = NULL"))
    for name in PERSONAL:
        op.drop_column("event_persons", name)
