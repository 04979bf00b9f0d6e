"""What is installed is pinned, by hash, and from wherever the machine's own settings say."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "setup/node.lock"]


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^([a-z0-9.-]+)(?:\[[^]]*\])?==([^\s;]+)", text))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes(lock: str) -> None:
    entries = re.split(r"(?m)^(?=[a-z0-9])", (ROOT / lock).read_text(encoding="utf-8"))[1:]
    assert len(entries) > 0
    assert [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_front_end_package_has_a_checksum() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_what_the_pages_use_is_pinned_exactly() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert [version for version in wanted.values() if not re.fullmatch(r"\d+(\.\d+)+", version)] == []


def test_the_wheel_is_built_with_what_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    building = dict(line.split("==") for line in project["build-system"]["requires"])
    locked = pins("requirements.lock")
    assert building == {name: locked[name] for name in building}


def test_everything_that_campapp_depends_on_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[^A-Za-z0-9.-]", line)[0].lower() for line in wanted}
    assert names - set(pins("requirements.lock")) == set()


def test_no_lock_names_a_place_to_fetch_from() -> None:
    texts = [(ROOT / lock).read_text(encoding="utf-8") for lock in [*LOCKS, "setup/node.in", "package.json"]]
    assert [text for text in texts if "://" in text] == []
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")
