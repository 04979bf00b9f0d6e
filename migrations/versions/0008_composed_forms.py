"""Composed entry forms, groups, the formal check, and more time.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, then the columns that speak of them."""
    _forms()
    _groups()
    _allowances()
    _check()
    _columns()


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _refers(table: str, column: str, other: str, *, null: bool = False) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column(column, sa.Integer(), nullable=null),
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}")),
    ]


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _moment(name: str, *, null: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def _version() -> sa.Column[int]:
    return sa.Column("version", sa.Integer(), nullable=False)


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=False)


def _forms() -> None:
    op.create_table(
        "form_drafts", _id(), *_refers("form_drafts", "programme_id", "programmes"),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True), _moment("changed_at"), _text("name", 100),
        _moment("created_at"), _version(),
        sa.UniqueConstraint("programme_id", name=op.f("uq_form_drafts_programme_id")),
    )  # fmt: skip
    op.create_table(
        "form_templates", _id(), _text("title", 200), sa.Column("document", sa.JSON(), nullable=False),
        *_refers("form_templates", "account_id", "accounts", null=True), _text("name", 100),
        _moment("removed_at", null=True), _moment("created_at"),
    )  # fmt: skip
    _indexed("form_templates", "account_id")


def _groups() -> None:
    op.create_table(
        "entry_groups", _id(), *_refers("entry_groups", "programme_id", "programmes"),
        sa.Column("position", sa.Integer(), nullable=False), _text("title_zh", 200), _text("title_en", 200),
        sa.Column("conditions", sa.JSON(), nullable=False), _version(),
    )  # fmt: skip
    op.create_table(
        "check_items", _id(), *_refers("check_items", "programme_id", "programmes"),
        sa.Column("position", sa.Integer(), nullable=False), _text("title_zh"), _text("title_en"),
        _text("auto", 40), _version(),
    )  # fmt: skip
    _indexed("entry_groups", "programme_id")
    _indexed("check_items", "programme_id")


def _allowances() -> None:
    op.create_table(
        "allowances", _id(), *_refers("allowances", "programme_id", "programmes"),
        *_refers("allowances", "application_id", "applications", null=True), _moment("until", null=True),
        *_refers("allowances", "group_id", "entry_groups", null=True), _text("reason"), _text("salt", 40),
        _text("name", 100), _moment("taken_at", null=True), _moment("revoked_at", null=True), _moment("created_at"),
        _version(),
    )  # fmt: skip
    _indexed("allowances", "programme_id", "application_id")


def _check() -> None:
    op.create_table(
        "check_marks", _id(), *_refers("check_marks", "application_id", "applications"),
        *_refers("check_marks", "item_id", "check_items"), *_refers("check_marks", "submission_id", "submissions"),
        _text("verdict", 10), _text("reason"), sa.Column("account_id", sa.Integer(), nullable=True),
        _text("name", 100), _moment("marked_at"), _version(),
        sa.UniqueConstraint("application_id", "item_id", name=op.f("uq_check_marks_application_id_item_id")),
    )  # fmt: skip
    op.create_table(
        "check_results", _id(), *_refers("check_results", "application_id", "applications"),
        *_refers("check_results", "submission_id", "submissions"), _text("verdict", 12),
        sa.Column("items", sa.JSON(), nullable=False), _moment("respond_by", null=True),
        _moment("undone_at", null=True), _moment("created_at"),
    )  # fmt: skip
    _indexed("check_marks", "application_id", "item_id", "submission_id")
    _indexed("check_results", "application_id", "submission_id")


def _columns() -> None:
    _number(
        "programmes", sa.Column("grace_minutes", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    _number("entry_files", sa.Column("for_companies", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("applications", _moment("respond_by", null=True))
    _reference("applications", "group_id", "entry_groups")
    _reference("submissions", "allowance_id", "allowances")
    _indexed("applications", "group_id")


def _number(table: str, column: sa.Column[object]) -> None:
    """A column that rows which are there already have as well; the default is only for them."""
    op.add_column(table, column)
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column(table, column.name, server_default=None)


def _reference(table: str, column: str, other: str) -> None:
    """SQLite adds a column that refers, and no constraint alone; a table made anew would lose its search triggers."""
    name = f"fk_{table}_{column}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f'ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT {name} REFERENCES "{other}" (id)'
        )
        return
    op.add_column(table, sa.Column(column, sa.Integer(), nullable=True))
    op.create_foreign_key(op.f(name), table, other, [column], ["id"])


def downgrade() -> None:
    """There is no way back to a form that cannot be composed."""
    raise NotImplementedError
