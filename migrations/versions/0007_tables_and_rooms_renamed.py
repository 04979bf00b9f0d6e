"""Tables and rooms can be renamed; a published place keeps the room's name of its day.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Versions against two organisers at once; the rooms of what is published, as they are called now."""
    for name in ("tables", "rooms"):
        op.add_column(name, sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")))
    op.add_column(
        "placements",
        sa.Column("room_name", sa.String(length=100), nullable=False, server_default=sa.text("''")),
    )
    op.execute(
        sa.text(
            "UPDATE placements SET room_name = COALESCE((SELECT rooms.name FROM tables JOIN rooms "
            "ON rooms.id = tables.room_id WHERE tables.id = placements.table_id), '')"
        )
    )


def downgrade() -> None:
    """Forget rooms of published places, and versions."""
    op.drop_column("placements", "room_name")
    for name in ("rooms", "tables"):
        op.drop_column(name, "version")
