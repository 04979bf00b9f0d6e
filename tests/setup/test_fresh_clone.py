"""From a fresh clone to a park that answers, and from a wheel in an empty environment likewise."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.setup, pytest.mark.xdist_group("setup")]
PATIENCE = 300


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What git tracks, as it stands, in a path with a space; the files of npm are taken from here."""
    place = tmp_path_factory.mktemp("a fresh") / "camp app"
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, tracked.stdout.split("\0")):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, place / name)
    for made in ("static/vendor", "build/front-end"):
        if (ROOT / made).is_dir():
            shutil.copytree(ROOT / made, place / made)
    return place


def make(place: Path, *words: str) -> str:
    """Run make there without this process's own environment leading it elsewhere."""
    values = {
        key: value for key, value in os.environ.items() if key not in {"MAKEFLAGS", "MFLAGS", "VIRTUAL_ENV"}
    }
    done = subprocess.run(
        ["make", *words], cwd=place, env=values, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def served(command: list[str | Path], folder: Path) -> Iterator[str]:
    """Start a park, wait for its address, and end it afterwards."""
    folder.mkdir(exist_ok=True)
    said = folder / "said"
    values = {key: value for key, value in os.environ.items() if not key.startswith(("CAMPAPP_", "PYTHON"))}
    with said.open("w") as output:
        child = subprocess.Popen(
            [str(word) for word in command], cwd=folder, env=values, stdin=subprocess.DEVNULL, stdout=output,
            stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        yield address(said, child)
    except OSError as error:
        error.add_note(said.read_text(encoding="utf-8"))
        raise
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(timeout=30)


def address(said: Path, child: subprocess.Popen[bytes]) -> str:
    """The address that a starting park prints, once it answers there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and child.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:\d+", said.read_text(encoding="utf-8"))
        with suppress(OSError):
            if found and answer(found[0] + "/healthz"):
                return found[0]
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=0.2)
    raise AssertionError(said.read_text(encoding="utf-8"))


def answer(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as response:
        return str(response.read().decode())


def test_a_fresh_clone_is_set_up_by_make_once(clone: Path) -> None:
    first = make(clone, "env", "front", "catalogues")
    assert "pinned packages" in first
    assert (clone / ".venv" / "bin" / "campapp").exists()
    assert (clone / "static" / "vendor" / "icons.svg").exists()
    assert list(clone.glob("campapp/engines/schedule/__pycache__/campapp-*/*/annealing.anneal-*.nbc"))
    assert "campapp:" not in make(clone, "ready")
    help_text = subprocess.run(
        [clone / ".venv" / "bin" / "campapp", "--help"], cwd="/", capture_output=True, text=True, check=True
    )
    assert "demo" in help_text.stdout


def test_a_second_make_run_keeps_the_data(clone: Path, tmp_path: Path) -> None:
    command = ["make", "-C", clone, "run"]
    with served(command, tmp_path / "first"):
        planted = (clone / "var" / "campapp.sqlite3").stat().st_ino
    with served(command, tmp_path / "second") as url:
        assert "Planting" not in (tmp_path / "second" / "said").read_text(encoding="utf-8")
        assert 'lang="' in answer(url)
    assert (clone / "var" / "campapp.sqlite3").stat().st_ino == planted


def test_make_alone_lists_the_targets(clone: Path) -> None:
    listed = re.findall(r"(?m)^  make (\S+)", make(clone))
    assert listed == ["run", "test", "check", "demo-reset", "shots", "bench", "lock"]


def test_make_says_what_is_missing(clone: Path) -> None:
    bare = {"PATH": str(clone / "nothing"), "PYTHON": "no-such-python"}
    done = subprocess.run(
        ["/bin/sh", "setup/with-python", "-m", "setup"],
        cwd=clone,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no Python from 3.11 to 3.14 found" in done.stderr


def test_a_wheel_serves_the_demo_from_any_folder(clone: Path, tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--quiet", "--no-deps", "-w", tmp_path, clone], check=True, timeout=PATIENCE
    )
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "empty"], check=True)
    python = tmp_path / "empty" / "bin" / "python"
    [wheel] = tmp_path.glob("campapp-*.whl")
    subprocess.run([python, *pip[1:], "install", "--quiet", wheel], check=True, timeout=PATIENCE)
    with served(
        [tmp_path / "empty" / "bin" / "campapp", "demo", "--data", tmp_path / "park"], tmp_path / "any"
    ) as url:
        assert 'lang="' in answer(url)
        assert "--" in answer(url + "/static/css/tokens.css")
        assert "htmx" in answer(url + "/static/vendor/htmx.min.js")
