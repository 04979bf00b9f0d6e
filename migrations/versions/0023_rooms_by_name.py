"""A programme has one room of a name.

Revision ID: 0023
Revises: 0022
"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of rooms that share a name all but the first get their number behind it."""
    op.execute(
        "UPDATE rooms SET name = substr(name, 1, 80) || ' (' || id || ')' WHERE EXISTS "
        "(SELECT 1 FROM rooms first WHERE first.programme_id = rooms.programme_id "
        "AND first.name = rooms.name AND first.id < rooms.id)"
    )
    with op.batch_alter_table("rooms") as rooms:
        rooms.create_unique_constraint(op.f("uq_rooms_programme_id_name"), ["programme_id", "name"])
