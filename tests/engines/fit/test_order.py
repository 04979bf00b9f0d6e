"""The order of a file changes no value, and the best are the best of all."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campapp.engines.fit import engine
from campapp.engines.fit.contract import FitInstance
from campapp.engines.frame.control import Control
from campapp.engines.frame.decode import decode
from tests.engines.fit.solving import answered, instance

WORDS = """边缘推理 盒子 edge inference chip 芯片 平台 platform RISC-V 雷达 radar 軟體 software 自动驾驶 shuttle
    ，。 … ＡＩ 5G 𠀀 é 記憶體""".split()  # noqa: SIM905
TEXT = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
TAGS = st.lists(st.sampled_from(["AI", "人工智能", "chips", "芯片", "5g"]), max_size=2)
TRL = st.one_of(st.none(), st.integers(1, 9))


def _row(name, text, tags, **levels):
    return {"id": name, "text": text, "tags": tags, **{key: value for key, value in levels.items() if value}}


@st.composite
def instances(draw):
    projects = [_row(f"p{n}", draw(TEXT), draw(TAGS), trl=draw(TRL)) for n in range(draw(st.integers(0, 6)))]
    needs = []
    for n in range(draw(st.integers(0, 4))):
        low, high = sorted((draw(TRL) or 1, draw(TRL) or 9))
        needs.append(_row(f"n{n}", draw(TEXT), draw(TAGS), trl_min=low, trl_max=high))
    return instance(projects, needs, draw(st.integers(1, 6)))


@settings(max_examples=50, deadline=None)
@given(instances(), st.randoms(use_true_random=False))
def test_permuting_projects_needs_and_tags_changes_no_value(given_file, random):
    shuffled = {**given_file, "projects": [*given_file["projects"]], "needs": [*given_file["needs"]]}
    random.shuffle(shuffled["projects"])
    random.shuffle(shuffled["needs"])
    values = {(pair["project"], pair["need"]): pair["fit"] for pair in answered(given_file)["pairs"]}
    assert {(pair["project"], pair["need"]): pair["fit"] for pair in answered(shuffled)["pairs"]} == values


@settings(max_examples=25, deadline=None)
@given(instances())
def test_the_top_are_the_best_of_all_pairs(given_file):
    whole = answered({**given_file, "top": 1000})["pairs"]
    for need in given_file["needs"]:
        every = [pair for pair in whole if pair["need"] == need["id"]]
        some = [pair for pair in answered(given_file)["pairs"] if pair["need"] == need["id"]]
        assert some == every[: given_file["top"]]


@settings(max_examples=20, deadline=None)
@given(instances())
def test_the_engine_takes_structures_as_well_as_bytes(given_file):
    import msgspec  # why: only here the structures are made without the frame

    data = msgspec.json.encode(given_file)
    result = engine.ENGINE.solve(decode(data, FitInstance), Control())
    assert result["pairs"] == answered(given_file)["pairs"]


def test_the_worked_example_is_what_the_engine_answers():
    folder = Path(__file__).parents[3] / "docs" / "engines" / "examples"
    given_file, shown = (json.loads((folder / f"fit.{end}.json").read_text("utf-8")) for end in ("in", "out"))
    found = answered(given_file)["pairs"]
    fits = [[pair.pop("fit") for pair in pairs] for pairs in (found, shown["pairs"])]
    assert found == shown["pairs"]
    assert fits[0] == pytest.approx(
        fits[1], abs=1e-5
    )  # processors add single numbers up in orders of their own
