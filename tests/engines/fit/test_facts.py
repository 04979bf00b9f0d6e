"""Tags, technology readiness and the order of the answer."""

import pytest

from tests.engines.fit.solving import answered, instance, pairs, reason

BOX = "边缘推理盒"


def test_a_tag_in_common_lifts_a_fit_and_is_named_as_each_wrote_it():
    plain, tagged = pairs([BOX, {"text": BOX, "tags": ["人工智能"]}], [{"text": "边缘推理", "tags": ["AI"]}])[
        ::-1
    ]
    assert tagged["project"] == "p1"
    assert tagged["fit"] > plain["fit"]
    assert reason(tagged, "tags")["tags"] == [{"project": "人工智能", "need": "AI"}]


def test_a_tag_alone_is_enough_for_a_fit():
    [pair] = pairs([{"text": "棉布染料", "tags": ["Robot "]}], [{"text": "量子密钥", "tags": ["机器人"]}])
    assert [found["kind"] for found in pair["reasons"]] == ["tags"]


def test_a_tag_given_twice_is_named_once():
    [pair] = pairs(
        [{"text": BOX, "tags": ["AI", "AI"]}], [{"text": "边缘推理", "tags": ["人工智能", "AI", "AI"]}]
    )
    named = [{"project": "AI", "need": "人工智能"}, {"project": "AI", "need": "AI"}]
    assert reason(pair, "tags")["tags"] == named


def test_a_blank_tag_says_nothing():
    assert (
        pairs([{"text": "棉布染料", "tags": ["", " "]}], [{"text": "量子密钥", "tags": ["\u3000", ""]}]) == []
    )
    [blank, plain] = (
        pairs([{"text": BOX, "tags": ["AI"]}], [{"text": BOX, "tags": tags}]) for tags in (["AI", ""], ["AI"])
    )
    assert blank == plain


@pytest.mark.parametrize(("trl", "outside"), [(4, 0), (7, 0), (9, 2), (1, 3)])
def test_a_level_outside_the_window_lowers_a_fit_and_never_removes_it(trl, outside):
    need = {"text": "边缘推理", "trl_min": 4, "trl_max": 7}
    [known] = pairs([{"text": BOX, "trl": trl}], [need])
    [unknown] = pairs([BOX], [need])
    assert known["fit"] == pytest.approx(unknown["fit"] * 0.85**outside, abs=2e-6)
    assert reason(known, "trl") == {
        "kind": "trl", "trl": trl, "trl_min": 4, "trl_max": 7, "factor": pytest.approx(0.85**outside, abs=1e-6),
    }  # fmt: skip


def test_a_window_open_at_one_end_reaches_to_the_last_level():
    [pair] = pairs([{"text": BOX, "trl": 9}], [{"text": "边缘推理", "trl_min": 6}])
    assert reason(pair, "trl")["factor"] == 1


def test_equal_fits_stand_in_the_order_of_code_points():
    given = instance(
        [{"id": name, "text": BOX} for name in ("b", "é", "a", "B", "芯")], [{"id": "n", "text": BOX}]
    )
    assert [pair["project"] for pair in answered(given)["pairs"]] == ["B", "a", "b", "é", "芯"]


def test_no_more_than_top_are_named_for_each_need():
    found = pairs([BOX] * 7, ["边缘推理", "推理盒"], top=3)
    assert [(pair["need"], pair["project"]) for pair in found] == [
        (n, p) for n in ("n0", "n1") for p in ("p0", "p1", "p2")
    ]


def test_a_file_without_projects_or_needs_has_no_pairs():
    assert answered(instance([], [{"id": "n", "text": BOX}]))["pairs"] == []
    assert answered(instance([{"id": "p", "text": BOX}], []))["pairs"] == []
    assert answered(instance([], []))["status"] == "optimal"
