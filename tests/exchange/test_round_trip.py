"""A camp goes through the house on the command line, and out again: the same camp elsewhere, its timetable clean."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from campapp.cli.main import group
from tests.exchange.sheets import folder

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "data" / "camp"
Row = dict[str, str]


@pytest.fixture(autouse=True)
def english() -> None:
    """The commands speak English, and need no park of the tests'."""


def campapp(data: Path, *words: str) -> str:
    """Give a command over a park of its own, without the two seconds in which a process reads its programs."""
    done = CliRunner().invoke(group, [*words, "--data", str(data)], prog_name="campapp")
    assert done.exit_code == 0, done.output
    return done.stdout


def started(data: Path, *words: str) -> str:
    """The same as people start it, in a process of its own."""
    command = [sys.executable, "-m", "campapp.cli", *words, "--data", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)  # our own
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rows(path: Path) -> list[Row]:
    """A sheet, read by nothing of campapp's."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def moments(row: Row) -> set[tuple[str, str]]:
    """Day and time of each slot in which somebody is away."""
    parts = [part.split() for part in row["unavailable"].split(";") if part.strip()]
    return {(day, time) for day, time in parts}


def faults_of(sheets: Path) -> list[str]:
    """What is wrong with an exported timetable."""
    timetable, found = rows(sheets / "schedule.csv"), []
    slots = {(r["day"], r["start"]): r["end"] for r in rows(sheets / "agenda.csv") if r["kind"] == "slot"}
    for who in ("team", "company", "table"):
        # A company with tables of its own sits at as many at once as it has.
        many = (
            {r["company"]: int(r["tables"] or 1) for r in rows(sheets / "companies.csv")}
            if who == "company"
            else {}
        )
        taken = Counter((r["day"], r["start"], r[who]) for r in timetable)
        found += [f"{who} twice: {key}" for key, n in taken.items() if n > max(1, many.get(key[2], 1))]
    for who, sheet in (("team", "teams"), ("company", "companies")):
        for one in rows(sheets / f"{sheet}.csv"):
            own = [r for r in timetable if r[who] == one[who]]
            found += [f"{one[who]} is away" for r in own if (r["day"], r["start"]) in moments(one)]
            if len(own) > int(one["max_meetings"]):
                found.append(f"{one[who]} has too many meetings")
    found += [f"no such slot: {r}" for r in timetable if slots.get((r["day"], r["start"])) != r["end"]]
    confirmed = {(r["team"], r["company"]) for r in rows(sheets / "matches.csv") if r["state"] == "scheduled"}
    if Counter((r["team"], r["company"]) for r in timetable) != Counter(confirmed):
        found.append("a scheduled match is not in the timetable exactly once")
    return found


def through_the_house(data: Path, slug: str) -> None:
    campapp(data, "camp", "match", slug, "--objective", "fair")
    campapp(data, "camp", "release", slug)
    campapp(data, "camp", "accept", slug, "--all", "--reason", "A test")
    campapp(data, "camp", "schedule", slug, "--time-limit", "20")
    campapp(data, "camp", "publish", slug)


def test_a_camp_is_matched_scheduled_and_the_same_camp_in_an_empty_park(tmp_path: Path) -> None:
    started(tmp_path / "first", "import", "camp", str(folder(tmp_path / "in")))
    through_the_house(tmp_path / "first", "small-camp")
    started(tmp_path / "first", "export", "camp", "small-camp", str(tmp_path / "out"))
    assert rows(tmp_path / "out" / "schedule.csv")
    assert faults_of(tmp_path / "out") == []
    campapp(tmp_path / "second", "import", "camp", str(tmp_path / "out"))
    campapp(tmp_path / "second", "export", "camp", "small-camp", str(tmp_path / "again"))
    for sheet in sorted((tmp_path / "out").glob("*.csv")):
        assert (tmp_path / "again" / sheet.name).read_bytes() == sheet.read_bytes(), sheet.name


def test_outcomes_come_out_of_another_park_as_they_went_in(tmp_path: Path) -> None:
    head = ["team", "company", "type", "day", "title", "currency", "intended", "signed", "paid", "state", "reported_by",
            "confirmed_by"]  # fmt: skip
    said = ["Team 1", "Company One", "pilot", "2026-12-02"]
    came = [[*said, f"Pilot {state}", "CNY", "500000.00", "", "", state, *sides]
            for state, *sides in (("reported", "team", ""), ("confirmed", "team", "company"),
                                  ("followed", "company", "organiser"), ("disputed", "organiser", ""),
                                  ("closed", "organiser", "team"))]  # fmt: skip
    campapp(tmp_path / "first", "import", "camp", str(folder(tmp_path / "in", outcomes=[head, *came])))
    campapp(tmp_path / "first", "export", "camp", "small-camp", str(tmp_path / "out"))
    assert [list(row.values()) for row in rows(tmp_path / "out" / "outcomes.csv")] == came
    campapp(tmp_path / "second", "import", "camp", str(tmp_path / "out"))
    campapp(tmp_path / "second", "export", "camp", "small-camp", str(tmp_path / "again"))
    for sheet in sorted((tmp_path / "out").glob("*.csv")):
        assert (tmp_path / "again" / sheet.name).read_bytes() == sheet.read_bytes(), sheet.name


@pytest.mark.parametrize(
    ("start", "end", "clean"), [("10:00", "10:25", True), ("09:30", "09:55", False), ("23:00", "23:25", False),
                                ("09:00", "09:25", False), ("10:30", "10:55", False)],
)  # fmt: skip
def test_the_check_itself_finds_an_absence_no_slot_and_two_at_once(
    tmp_path: Path, start: str, end: str, clean: bool
) -> None:
    pairs = [
        ("Team 1", "Company One", start, end, "T01"),
        ("青禾视觉", "Company One", "10:30", "10:55", "T01"),
    ]
    folder(
        tmp_path,
        matches=[["team", "company", "score", "state"], *[[*pair[:2], "0.5", "scheduled"] for pair in pairs]],
        schedule=[["team", "company", "day", "start", "end", "table"],
                  *[[team, company, "2026-12-01", *place] for team, company, *place in pairs]],
    )  # fmt: skip
    assert (faults_of(tmp_path) == []) is clean


@pytest.mark.skipif(not REAL.is_dir(), reason="the sheets of the large camp are not beside this checkout")
def test_the_large_camp_comes_out_clean(tmp_path: Path) -> None:
    slug = "open-source-acceleration-camp"
    campapp(tmp_path / "park", "import", "camp", str(REAL))
    through_the_house(tmp_path / "park", slug)
    campapp(tmp_path / "park", "export", "camp", slug, str(tmp_path / "out"))
    assert len(rows(tmp_path / "out" / "teams.csv")) == 80
    assert faults_of(tmp_path / "out") == []
