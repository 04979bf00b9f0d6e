"""The distribution that `make check` prints."""

from pathlib import Path

import pytest

from checks import sizes


def test_nine_of_ten_are_not_longer_than_the_ninth_decile() -> None:
    assert sizes.percentile(list(range(1, 11)), 0.9) == 9
    assert sizes.percentile(list(range(1, 12)), 0.9) == 10
    assert sizes.percentile([7], 0.9) == 7


def test_files_functions_and_templates_are_counted_in_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "campapp").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "campapp" / "teams.py").write_text("def join():\n    return 1\n\n\nx = 2\n", encoding="utf-8")
    (tmp_path / "templates" / "show.html").write_text("<p>\n</p>\n", encoding="utf-8")
    assert sizes.distribution(tmp_path) == {"file": [5], "function": [2], "template": [2]}
    assert sizes.main(tmp_path) == 0
    assert "function        1       2" in capsys.readouterr().out
