"""Follow-ups, their forms, and what is owed.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Five tables."""
    _follow_ups()
    _forms()
    _dues()


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _refers(table: str, column: str, other: str, *, null: bool = False) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column(column, sa.Integer(), nullable=null),
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}")),
    ]


def _moment(name: str, *, null: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=False)


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _version() -> sa.Column[int]:
    return sa.Column("version", sa.Integer(), nullable=False)


def _follow_ups() -> None:
    op.create_table(
        "follow_ups", _id(), *_refers("follow_ups", "programme_id", "programmes"), _text("side", 10),
        _text("wanted_of", 20), _text("title_zh", 200), _text("title_en", 200), _text("text_zh"), _text("text_en"),
        _moment("due_at", null=True), _moment("closed_at", null=True), _moment("created_at"), _version(),
        _key("follow_ups"),
    )  # fmt: skip
    _indexed("follow_ups", "programme_id")


def _forms() -> None:
    op.create_table(
        "follow_up_forms", _id(), *_refers("follow_up_forms", "follow_up_id", "follow_ups"),
        sa.Column("number", sa.Integer(), nullable=False), sa.Column("document", sa.JSON(), nullable=False),
        _moment("created_at"), _key("follow_up_forms"),
        sa.UniqueConstraint("follow_up_id", "number", name=op.f("uq_follow_up_forms_follow_up_id_number")),
    )  # fmt: skip
    _indexed("follow_up_forms", "follow_up_id")
    op.create_table(
        "follow_up_drafts", _id(), *_refers("follow_up_drafts", "follow_up_id", "follow_ups"),
        sa.Column("document", sa.JSON(), nullable=False), sa.Column("before", sa.JSON(), nullable=True),
        _moment("changed_at"), sa.Column("account_id", sa.Integer(), nullable=True), _text("name", 100),
        _moment("created_at"), _version(), _key("follow_up_drafts"),
        sa.UniqueConstraint("follow_up_id", name=op.f("uq_follow_up_drafts_follow_up_id")),
    )  # fmt: skip


def _dues() -> None:
    op.create_table(
        "dues", _id(), *_refers("dues", "programme_id", "programmes"), *_refers("dues", "follow_up_id", "follow_ups"),
        *_refers("dues", "application_id", "applications", null=True),
        *_refers("dues", "participation_id", "participations", null=True), _text("key", 80),
        sa.Column("position", sa.Integer(), nullable=False), _text("stands", 12), _moment("due_at", null=True),
        _moment("locks_at", null=True), sa.Column("answer", sa.JSON(), nullable=True), _moment("given_at", null=True),
        sa.Column("account_id", sa.Integer(), nullable=True), _text("name", 100),
        _moment("unlocked_until", null=True), _text("unlock_reason"), _moment("dropped_at", null=True),
        _moment("created_at"), _version(), _key("dues"),
        sa.UniqueConstraint("follow_up_id", "application_id", "key",
                            name=op.f("uq_dues_follow_up_id_application_id_key")),
        sa.UniqueConstraint("follow_up_id", "participation_id", "key",
                            name=op.f("uq_dues_follow_up_id_participation_id_key")),
    )  # fmt: skip
    _indexed("dues", "programme_id", "follow_up_id", "application_id", "participation_id")
    op.create_index("ix_dues_board", "dues", ["programme_id", "stands", "due_at", "id"])
    op.create_table(
        "due_files", _id(), *_refers("due_files", "due_id", "dues"), *_refers("due_files", "file_id", "files"),
        _moment("removed_at", null=True), _moment("created_at"), _key("due_files"),
    )  # fmt: skip
    _indexed("due_files", "due_id", "file_id")


def downgrade() -> None:
    """Throw them away."""
    for table in ("due_files", "dues", "follow_up_drafts", "follow_up_forms", "follow_ups"):
        op.drop_table(table)
