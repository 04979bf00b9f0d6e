"""`campapp solve` on its command line: what it takes, what it refuses, what it prints."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from campapp.cli.main import group
from tests.engines.malformed import rank


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    source, out = tmp_path / "in.json", tmp_path / "out.json"
    source.write_bytes(rank.GOOD.data)
    return [str(source), str(out)]


@pytest.mark.parametrize(
    "wrong",
    [
        ["--time-limit", "nan"],
        ["--time-limit", "inf"],
        ["--time-limit", "1e300"],
        ["--time-limit", "0"],
        ["--seed", "-1"],
        ["--workers", "0"],
    ],
)
def test_numbers_that_mean_nothing_are_wrong_usage(files: list[str], wrong: list[str]) -> None:
    done = CliRunner().invoke(group, ["solve", "rank", *files, *wrong])
    assert (done.exit_code, done.stdout) == (2, "")
    assert not Path(files[1]).exists()


@pytest.mark.parametrize("line", [["--json", "solve", "rank"], ["solve", "--json", "rank"]])
def test_the_answer_is_printed_where_json_is_asked_for(files: list[str], line: list[str]) -> None:
    done = CliRunner().invoke(group, [*line, *files])
    printed: Any = json.loads(done.stdout)
    assert done.exit_code == 0
    assert printed == json.loads(Path(files[1]).read_bytes())
