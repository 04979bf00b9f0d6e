"""Every way to break a match or assign file is refused, and the place of the fault is named."""

from pathlib import Path

import pytest

from campapp.engines.frame.control import Control
from campapp.engines.frame.errors import BadInput
from campapp.engines.solving import solve_bytes, solve_file
from tests.engines.malformed import assign, match

FILES = [
    *(("match", data, place) for data, place in match.FILES),
    *(("assign", data, place) for data, place in assign.FILES),
]


@pytest.mark.parametrize("kind", [match, assign])
def test_there_are_fifty_broken_files_and_the_good_one_is_good(kind) -> None:
    assert len(kind.FILES) >= 50
    name = kind.__name__.rsplit(".", 1)[1]
    assert b'"optimal"' in solve_bytes(name, kind.GOOD.data, Control())


@pytest.mark.parametrize(("kind", "data", "place"), FILES)
def test_a_broken_file_leaves_the_answer_untouched(
    kind: str, data: bytes, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "in.json", tmp_path / "out.json"
    source.write_bytes(data)
    assert solve_file(kind, source, out) == 2
    assert not out.exists()
    line = capsys.readouterr().err
    assert line.startswith(f"{place}: ")
    assert line.count("\n") == 1


@pytest.mark.parametrize(("kind", "data", "place"), FILES)
def test_the_same_places_are_named_where_there_is_no_room_for_tables(
    kind: str, data: bytes, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("campapp.engines.frame.lookup._ROOMY", 0)
    monkeypatch.setattr("campapp.engines.frame.lookup._SMALL_TABLE", -1)
    with pytest.raises(BadInput) as fault:
        solve_bytes(kind, data, Control())
    assert fault.value.place == place
