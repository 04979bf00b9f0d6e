"""Time, cancel, progress, memory, envelope and exit codes: what all kinds owe alike."""

import json
import math
import sys
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from campapp.engines import registry
from campapp.engines.frame import memory
from campapp.engines.frame.control import Control
from campapp.engines.frame.engine import Engine, Result
from campapp.engines.frame.errors import BadInput, Cancelled
from campapp.engines.solving import solve_bytes, solve_file


class Sum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    numbers: list[int]


def _check(instance: Sum) -> None:
    if not instance.numbers:
        raise BadInput("$.numbers", "none\nat all")


def _solve(instance: Sum, control: Control) -> Result:
    total = sum(instance.numbers)
    return {"total": total, "status": "infeasible" if total < 0 else "optimal"}


@pytest.fixture(autouse=True)
def summing(monkeypatch: pytest.MonkeyPatch) -> None:
    module: Any = ModuleType("campapp.engines.sum.engine")
    module.ENGINE = Engine("sum", Sum, _check, lambda instance: 10**9 * instance.numbers[0], _solve)
    monkeypatch.setitem(sys.modules, "campapp.engines.sum.engine", module)
    monkeypatch.setattr(registry, "KINDS", (*registry.KINDS, "sum"))
    monkeypatch.setattr("campapp.engines.solving.KINDS", registry.KINDS)


DATA = b'{"format":"campapp.sum/1","numbers":[1,2]}'


def test_the_envelope_says_what_was_asked_and_who_answered() -> None:
    answer = json.loads(solve_bytes("sum", DATA, Control(seed=7, now=lambda: 1.0)))
    assert answer == {
        "format": "campapp.sum/1",
        "status": "optimal",
        "seconds": 0.0,
        "seed": 7,
        "engine": {"name": "campapp.sum", "version": metadata.version("campapp")},
        "input_sha256": sha256(DATA).hexdigest(),
        "total": 3,
    }


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (DATA, 0, ""),
        (DATA.replace(b"[1,2]", b"[1,-2]"), 3, ""),
        (DATA.replace(b"[1,2]", b"[]"), 2, "$.numbers: none at all\n"),
        (DATA.replace(b"[1,2]", b"[1,2.0]"), 2, "$.numbers[1]: expected `int`, got `float`\n"),
    ],
)
def test_the_exit_code_tells_solved_bad_and_infeasible(
    data: bytes, code: int, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "in.json", tmp_path / "out.json"
    source.write_bytes(data)
    out.write_bytes(b"before")
    assert solve_file("sum", source, out) == code
    assert capsys.readouterr().err == line
    assert (out.read_bytes() == b"before") == (code == 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.json", "out.json"]


def test_a_file_that_is_not_there_and_a_kind_that_is_not_there_are_wrong_usage(tmp_path: Path) -> None:
    assert solve_file("sum", tmp_path / "none.json", tmp_path / "out.json") == 2
    (tmp_path / "in.json").write_bytes(DATA)
    assert solve_file("product", tmp_path / "in.json", tmp_path / "out.json") == 2
    assert solve_file("sum", tmp_path / "in.json", tmp_path / "no folder" / "out.json") == 1


def test_memory_is_refused_before_the_engine_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "available", lambda: 1 << 29)
    with pytest.raises(BadInput, match="needs about 954 MB of memory"):
        solve_bytes("sum", DATA, Control())


def test_memory_for_decoding_is_asked_before_the_file_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(memory, "available", lambda: 1 << 20)
    source = tmp_path / "in.json"
    source.write_bytes(b" " * (1 << 20))
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("was read"))
    assert solve_file("sum", source, tmp_path / "out.json") == 2
    assert capsys.readouterr().err.startswith("$: needs about 9 MB of memory")


def test_what_is_available_is_the_least_of_all_limits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    most, used = tmp_path / "max", tmp_path / "current"
    most.write_text("1000000\n")
    used.write_text("400000\n")
    monkeypatch.setattr(memory, "_GROUPS", ((most, used),))
    assert memory.available() == 600_000
    most.write_text("max\n")
    assert memory.available() > 600_000


def test_a_cancel_stops_before_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Cancelled):
        solve_bytes("sum", DATA.replace(b"[1", b"[0"), Control(stop=lambda: True))


def test_time_is_what_the_clock_given_says() -> None:
    clock = iter([10.0, 12.0, 20.0, 20.5])
    control = Control(seconds=10, now=lambda: next(clock))
    assert control.left() == 8.0
    assert control.out_of_time()
    assert control.elapsed() == 10.5
    assert Control().left() == math.inf


def test_progress_is_told_once_a_second_at_most() -> None:
    times = iter([0.0, 0.1, 0.1, 0.5, 1.05, 1.2, 1.2, 1.3])
    told: list[dict[str, object]] = []
    control = Control(now=lambda: next(times), tell=told.append)
    for best in range(5):
        control.report(best, None)
    assert [line["best"] for line in told] == [0, 3]


def test_every_kind_of_the_contract_is_registered_and_no_other() -> None:
    assert tuple(registry.ENGINES)[:5] == ("fit", "match", "assign", "schedule", "rank")
    with pytest.raises(KeyError):
        registry.engine("sort")
