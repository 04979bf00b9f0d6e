"""Faults, time, memory, and the same answer every time."""

import json
import re

import pytest

from campapp.engines.fit import engine, reading, spaces
from campapp.engines.fit.contract import FitInstance
from campapp.engines.fit.reasons import Explainer
from campapp.engines.fit.tables import counted
from campapp.engines.frame import memory
from campapp.engines.frame.control import Control
from campapp.engines.frame.decode import decode
from campapp.engines.frame.errors import BadInput, Cancelled
from campapp.engines.solving import solve_bytes, solve_file
from tests.engines.checkers import fit
from tests.engines.fit.solving import answered, instance
from tests.engines.malformed.fit import FILES, GOOD


@pytest.mark.parametrize(("data", "place"), FILES)
def test_a_malformed_file_is_refused_with_its_place(data, place):
    with pytest.raises(BadInput) as fault:
        solve_bytes("fit", data, Control())
    assert fault.value.place == place


def test_there_are_fifty_malformed_files_or_more():
    assert len({data for data, _ in FILES}) >= 50


def test_a_bad_file_leaves_the_answer_untouched(tmp_path, capsys):
    (tmp_path / "in.json").write_bytes(GOOD.changed("top", to=0))
    (tmp_path / "out.json").write_text("before")
    assert solve_file("fit", tmp_path / "in.json", tmp_path / "out.json") == 2
    assert (tmp_path / "out.json").read_text() == "before"
    assert capsys.readouterr().err == "$.top: 0 is below 1\n"


def test_the_same_file_gives_the_same_bytes():
    first, second = (solve_bytes("fit", GOOD.data, Control()) for _ in range(2))
    seconds = re.compile(rb'"seconds":[0-9.e-]+')
    assert seconds.sub(b"", first) == seconds.sub(b"", second)


def _many(projects: int = 300, needs: int = 100):
    return instance(
        [{"id": f"p{n}", "text": f"edge inference box number w{n}"} for n in range(projects)],
        [{"id": f"n{n}", "text": f"边缘推理 w{n}"} for n in range(needs)],
    )


class Clock:
    """A clock that goes on by one second each time it is asked."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


def test_at_the_time_limit_the_needs_done_so_far_are_written():
    given = _many()
    answer = answered(given, Control(seconds=400, now=Clock()))
    assert answer["status"] == "feasible"
    assert 0 < len({pair["need"] for pair in answer["pairs"]}) < 100


def test_a_limit_that_is_over_before_the_texts_are_read_gives_an_empty_answer():
    answer = answered(_many(), Control(seconds=2, now=Clock()))
    assert (answer["status"], answer["pairs"]) == ("feasible", [])


def test_what_cannot_be_weighed_in_the_time_that_is_left_is_not_begun(monkeypatch):
    monkeypatch.setattr(engine, "likeness", lambda *readings: pytest.fail("began to weigh"))
    answer = answered(_many(), Control(seconds=25, now=Clock()))
    assert (answer["status"], answer["pairs"]) == ("feasible", [])


def test_what_was_read_less_for_a_limit_is_not_called_optimal():
    given = _many(projects=30, needs=10)
    least, enough = (answered(given, Control(seconds=seconds, now=lambda: 0.0)) for seconds in (0.1, 60))
    assert (least["status"], enough["status"]) == ("feasible", "optimal")
    assert [pair["fit"] for pair in least["pairs"]] != [pair["fit"] for pair in enough["pairs"]]


@pytest.mark.parametrize("looks", [0, 2, 30])
def test_a_cancel_is_heard_while_reading_and_while_comparing(looks):
    asked = iter(range(10_000))
    control = Control(stop=lambda: next(asked) >= looks)
    with pytest.raises(Cancelled):
        solve_bytes("fit", json.dumps(_many()).encode(), control)


def test_a_file_that_needs_too_much_memory_is_refused_before_the_work(monkeypatch):
    monkeypatch.setattr(memory, "available", lambda: 200 << 20)
    monkeypatch.setattr(reading.Reader, "read", lambda self, text: pytest.fail("began to work"))
    with pytest.raises(BadInput, match="memory"):
        solve_bytes("fit", json.dumps(_many()).encode(), Control())


def test_an_answer_that_takes_too_much_memory_is_refused_before_the_work():
    few, all_of_them = (
        engine.memory(decode(json.dumps({**_many(2_000, 500), "top": top}).encode(), FitInstance))
        for top in (20, 2_000)
    )
    assert all_of_them - few > 500 * (2_000 - 20) * 2_000


def test_texts_of_many_characters_are_looked_at_one_by_one():
    given = instance(
        [{"id": f"p{n}", "text": "芯片" * 100_000} for n in range(9)], [{"id": "n", "text": "芯片"}]
    )
    asked = iter(range(10_000))
    control = Control(stop=lambda: next(asked) >= 4)
    seen: list[str] = []
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Cancelled):
        patch.setattr(reading.Reader, "read", lambda self, text: seen.append(text))
        solve_bytes("fit", json.dumps(given).encode(), control)
    assert 0 < len(seen) < 5


def test_a_need_whose_reasons_take_long_is_left_in_the_midst(monkeypatch):
    now = [0.0]

    def reasons(self, project, need):
        now[0] += 1
        return [{"kind": "terms", "terms": []}]

    monkeypatch.setattr(Explainer, "reasons", reasons)
    given = instance(
        [{"id": f"p{n}", "text": "edge"} for n in range(30)], [{"id": f"n{n}", "text": "edge"} for n in "ab"]
    )
    control = Control(seconds=25, now=lambda: now[0])
    answer = json.loads(solve_bytes("fit", json.dumps(given).encode(), control))
    assert answer["status"] == "feasible"
    assert now[0] == 25
    assert [pair["need"] for pair in answer["pairs"]] == ["na"] * 20


def test_a_cancel_is_heard_while_texts_are_weighed(monkeypatch):
    wanted = []
    monkeypatch.setattr(spaces, "counted", lambda bags: (wanted.append("cancel"), counted(bags))[1])
    monkeypatch.setattr(spaces, "pairs_counted", lambda runs: pytest.fail("went on"))
    with pytest.raises(Cancelled):
        solve_bytes("fit", json.dumps(_many()).encode(), Control(stop=lambda: bool(wanted)))


def test_progress_is_told():
    told: list[dict[str, object]] = []
    answer = json.loads(
        solve_bytes("fit", json.dumps(_many()).encode(), Control(now=Clock(), tell=told.append))
    )
    fit.check(_many(), answer)
    assert {"texts", "needs"} <= {key for line in told for key in line}
