"""A small camp as spreadsheets, whole or with one cell spoilt."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

Rows = Sequence[Sequence[str]]

SHEETS: dict[str, Rows] = {
    "camp": [
        ["key", "value"], ["title_en", "Small Camp"], ["title_zh", "小营"], ["timezone", "Asia/Shanghai"],
        ["first_day", "2026-12-01"], ["last_day", "2026-12-02"], ["tables", "3"],
        ["registration_deadline", "2026-11-28 23:59:59"],
    ],
    "agenda": [
        ["day", "start", "end", "kind", "title", "room"],
        ["2026-12-01", "08:30", "09:00", "session", "Opening / 开营", "Hall A"],
        *[["2026-12-01", f"{hour:02d}:{minute:02d}", f"{hour:02d}:{minute + 25:02d}", "slot", "", ""]
          for hour in (9, 10, 11) for minute in (0, 30)],
    ],
    "companies": [
        ["company", "representative_email", "tables", "max_meetings", "unavailable"],
        ["Company One", "one@companies.example", "1", "5", "2026-12-01 09:00"],
        ["百度示例", "two@companies.example", "1", "5", ""],
    ],
    "needs": [
        ["company", "need", "description", "sector", "trl_min", "offers"],
        ["Company One", "Vision at the edge", "Recognise images on small devices", "artificial intelligence", "5",
         "pilot;purchase"],
        ["百度示例", "大模型应用", "寻找可私有化部署的大模型", "artificial intelligence", "", "pilot"],
    ],
    "teams": [
        ["team", "project", "summary", "sector", "trl", "members", "captain_email", "language", "max_meetings",
         "unavailable"],
        ["Team 1", "Seer", "Edge image recognition", "artificial intelligence", "7", "3", "a@teams.example", "en", "3",
         "2026-12-01 09:30"],
        ["青禾视觉", "轻眸", "端侧图像识别", "artificial intelligence", "6", "4", "b@teams.example", "zh", "3", ""],
        ["=1+1", "+86 10 5555", "-5 °C", "", "", "", "", "en", "2", ""],
    ],
    "preferences": [
        ["side", "from", "to", "rank"], ["team", "Team 1", "Company One", "1"], ["team", "=1+1", "百度示例", "1"],
        ["company", "百度示例", "青禾视觉", "1"], ["company", "Company One", "Team 1", "1"],
        ["team", "青禾视觉", "Company One", "1"],
    ],
}  # fmt: skip


def as_csv(rows: Rows) -> str:
    """Rows as text, as a person's program writes them."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def folder(path: Path, *, without: str = "", encoding: str = "utf-8", **changed: Rows) -> Path:
    """The camp in a folder, with some sheets changed or left out."""
    path.mkdir(parents=True, exist_ok=True)
    for name, rows in (SHEETS | changed).items():
        if name != without:
            (path / f"{name}.csv").write_bytes(as_csv(rows).encode(encoding))
    return path


def spoilt(sheet: str, row: int, column: str, value: str) -> Rows:
    """A sheet with another value in one cell; `row` as a spreadsheet counts."""
    rows = [list(one) for one in SHEETS[sheet]]
    rows[row - 1][rows[0].index(column)] = value
    return rows


def doubled(sheet: str, row: int) -> Rows:
    """A sheet in which a row stands once more at the end."""
    return [*SHEETS[sheet], SHEETS[sheet][row - 1]]
