"""Where machine code is kept: with the package, else with the user, never where another user could put some."""

import shutil
from pathlib import Path

import pytest

from campapp.engines.schedule import compiled

HERE = Path(compiled.__file__).parent


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sources, a home and a temporary folder."""
    place = tmp_path / "package"
    place.mkdir()
    for name in compiled.SOURCES:
        shutil.copy(HERE / name, place)
    monkeypatch.setattr(compiled, "__file__", str(place / "compiled.py"))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "shared").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "shared"))
    return place


def folder() -> Path:
    return Path(compiled.folder.__wrapped__())


def test_code_lies_beside_the_module_where_that_can_be_written(package: Path) -> None:
    assert folder().parent == package / "__pycache__"


def test_a_package_that_cannot_be_written_leaves_it_to_the_users_cache(package: Path, tmp_path: Path) -> None:
    (package / "__pycache__").write_text("no folder")
    assert folder().parent == tmp_path / "home" / ".cache" / "campapp"


def test_without_a_home_it_lies_in_a_temporary_folder_that_is_ones_own(package: Path, tmp_path: Path) -> None:
    (package / "__pycache__").write_text("no folder")
    (tmp_path / "home").write_text("no folder")
    own = folder().parent
    assert own.parent == tmp_path / "shared"
    assert own.stat().st_mode & 0o777 == 0o700
    own.chmod(0o777)
    assert compiled.folder.__wrapped__() == ""


def test_another_text_of_any_source_has_another_folder(package: Path) -> None:
    before = folder()
    (package / "moves.py").write_text((package / "moves.py").read_text() + "\n")
    assert folder() != before


def test_each_function_has_one_form() -> None:
    from campapp.engines.schedule import annealing, moves, places, sitting

    functions = [
        f
        for module in (moves, annealing, places, sitting)
        for f in vars(module).values()
        if hasattr(f, "signatures")
    ]
    assert len(functions) > 10
    assert {len(f.signatures) for f in functions} == {1}
