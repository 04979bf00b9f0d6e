"""The environment in .venv/: the pinned dependencies, and campapp itself as it stands in the tree."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from setup.say import SetupError, follow, run, say

LOCK = "requirements.lock"
STAMP = "campapp-stamp.json"


def install(root: Path) -> None:
    """Make .venv/ what the lock says; nothing is started where it already is."""
    venv = root / ".venv"
    if venv.is_symlink():
        return  # somebody's own environment, linked here: theirs to keep
    wanted = _description(root)
    have = _stamp(venv)
    if have == wanted and _runs(venv):
        return
    if not _runs(venv) or any(have.get(key) != wanted[key] for key in ("place", "python")):
        _create(venv)
    (venv / STAMP).unlink(missing_ok=True)
    _install_lock(root, venv)
    _install_campapp(root, venv)
    _compile_search(venv)
    (venv / STAMP).write_text(json.dumps(wanted, indent=1), encoding="utf-8")


def pip_install(venv: Path, *options: str) -> list[str]:
    """The command that installs into an environment; mirrors and folders of wheels are pip's own settings."""
    return [
        str(python_of(venv)),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        *options,
    ]


def python_of(venv: Path) -> Path:
    """The interpreter of an environment."""
    return venv / "bin" / "python"


def _description(root: Path) -> dict[str, str]:
    told = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    project, version = told["project"], root / told["tool"]["hatch"]["version"]["path"]
    return {
        "place": str(root),
        "python": f"{sys.base_prefix} {sys.version_info.major}.{sys.version_info.minor}",
        "lock": hashlib.sha256((root / LOCK).read_bytes()).hexdigest(),
        "project": json.dumps([project["name"], version.read_text(encoding="utf-8"), project["scripts"]]),
    }


def _stamp(venv: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _runs(venv: Path) -> bool:
    """Whether the environment's interpreter still starts: it does not after its base was upgraded away."""
    if not python_of(venv).exists():
        return False
    return subprocess.run([python_of(venv), "-c", ""], check=False, capture_output=True).returncode == 0


def _create(venv: Path) -> None:
    say(f"making the environment .venv/ with Python {sys.version.split()[0]}")
    if venv.exists():
        shutil.rmtree(venv)
    try:
        run([sys.executable, "-m", "venv", venv])
    except SetupError as error:
        shutil.rmtree(venv, ignore_errors=True)
        raise SetupError(f"{error}\n  On Debian or Ubuntu: apt install python3-venv") from None


def _install_lock(root: Path, venv: Path) -> None:
    lock = (root / LOCK).read_text(encoding="utf-8")
    total = sum(1 for line in lock.splitlines() if line[:1].isalnum())
    say(f"installing {total} pinned packages, checked by their hashes (a minute or two the first time)")
    options = ["--require-hashes", "--no-deps", "--no-compile", "-r", str(root / LOCK)]
    follow(pip_install(venv, *options), starting=("Collecting ", "Processing "), total=total)


def _install_campapp(root: Path, venv: Path) -> None:
    run(pip_install(venv, "--no-deps", "--no-build-isolation", "--editable", str(root)))


def _compile_search(venv: Path) -> None:
    """Machine code for the timetable search, so that the first timetable need not wait for it."""
    say("compiling the timetable search")
    run([python_of(venv), "-c", "import campapp.engines.schedule.places"], env=clean_environment())


def clean_environment() -> dict[str, str]:
    """The variables of this process without those that would lead another interpreter to our packages."""
    return {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "PYTHONHOME"}}
