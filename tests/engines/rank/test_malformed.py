"""Every way to break a rank file is refused, and the place of the fault is named."""

from pathlib import Path

import pytest

from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes, solve_file
from tests.engines.malformed.rank import FILES, GOOD


def test_there_are_fifty_broken_files_and_the_good_one_is_good() -> None:
    assert len(FILES) >= 50
    assert b'"optimal"' in solve_bytes("rank", GOOD.data, Control())


@pytest.mark.parametrize(("data", "place"), FILES)
def test_a_broken_file_leaves_the_answer_untouched(
    data: bytes, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "in.json", tmp_path / "out.json"
    source.write_bytes(data)
    assert solve_file("rank", source, out) == 2
    assert not out.exists()
    line = capsys.readouterr().err
    assert line.startswith(f"{place}: ")
    assert line.count("\n") == 1
