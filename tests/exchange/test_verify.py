"""`campapp verify audit`: 0 where the log is whole, 1 and a line each where it is not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from click.testing import CliRunner
from flask_migrate import upgrade

from campapp import create_app
from campapp.cli.main import group
from campapp.core import audit
from campapp.core.db import db
from campapp.settings import Settings
from tests.cast import person


def verified(data: Path, *more: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(group, ["verify", "audit", "--data", str(data), *more])
    return result.exit_code, result.output.splitlines()


def test_the_command_names_what_was_changed_and_the_head_to_note_down(tmp_path: Path) -> None:
    with create_app(Settings(data=tmp_path)).app_context():
        upgrade()
        for name in ("Ann", "Bob"):
            person(name)
        audit.seal()
        db.session.remove()
        db.engine.dispose()
    code, lines = verified(tmp_path)
    assert code == 0
    assert lines[-1].startswith("Head: 1:")
    head = lines[-1].removeprefix("Head: ")
    assert verified(tmp_path, "--expect", head)[0] == 0
    code, lines = verified(tmp_path, "--expect", f"1:{'0' * 64}")
    assert code == 1
    assert lines[0] == "block 1 is another one than was noted down"
    with sqlite3.connect(tmp_path / "campapp.sqlite3") as connection:
        connection.execute("UPDATE events SET role = 'nobody' WHERE id = 1")
        connection.execute("DELETE FROM event_subjects WHERE event_id = 2")
    connection.close()
    code, lines = verified(tmp_path)
    assert code == 1
    assert lines[:2] == ["Event 1 of block 1 was changed.", "Event 2 of block 1 was changed."]
