"""Whatever somebody may write into a JSON file: forms with one thing or two wrong, and no forms at all."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from tests.core.form.generated import a_case

ODD: list[Any] = [None, True, False, 0, 1, -1, 2.5, 10**6, 10**15, 10**400, 1e308, 1e-300, "", " ", "a", "1",
       "\x00", "a\u202eb",
       "2021-01-01", "0001-01-01", "9999-12-31", "2021-W01-1", "text", "x" * 300, "x" * 30_000, "'", [], {}, [[]],
       ["a"], ["pdf"], [1], {"value": "a"}, {"value": [], "zh": 1}, {"key": "f0"}, {"key": "f0", "answered": True},
       {"key": "f0", "is": ["a"]}, {"key": "f0", "least": None}, [{"value": "a", "zh": 5}, {"value": {}}],
       [{"value": "a", "zh": "甲"}], [{"key": "c0", "kind": "text", "label_zh": "甲"}], "companies", ["companies"],
       "summary", "team.name", "2026-03-29 02:30", "24:00", "万元", "identity", "table", "money", "letter"]  # fmt: skip
NAMES = ["key", "kind", "label_zh", "label_en", "help_zh", "required", "when", "due", "freeze", "seen_by", "filter",
         "confidential", "profile", "again", "longest", "choices", "recommender", "least", "most", "decimals", "unit",
         "because_zh", "kinds", "megabytes", "count", "columns", "badges", "people", "text_zh", "sum", "title_zh",
         "fields", "sections", "value", "zh", "is", "answered", "onclick"]  # fmt: skip
leaves = st.sampled_from(ODD).map(copy.deepcopy) | st.text(max_size=5) | st.integers(-5, 60) | st.floats()
values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3)
                      | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4), max_leaves=12)  # fmt: skip


def paths(node: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [here, *(path for name, one in inside for path in paths(one, (*here, name)))]


@st.composite
def a_document(draw: st.DrawFn) -> Any:
    """Any JSON; mostly a sound form in which up to three places were spoilt, or were given another value."""
    if draw(st.integers(0, 9)) == 0:
        return draw(values)
    fields = draw(a_case())["fields"]
    document: Any = {"sections": [{"key": "s", "title_zh": "甲", "title_en": "A", "fields": fields}]}
    document = copy.deepcopy(document)
    for _time in range(draw(st.integers(0, 3))):
        *way, last = draw(st.sampled_from(paths(document)[1:]))
        node = document
        for step in way:
            node = node[step]
        act = draw(st.sampled_from(["set", "drop", "add"]))
        if act == "set":
            node[last] = draw(values)
        elif act == "drop":
            del node[last]
        elif isinstance(node, dict):
            node[draw(st.sampled_from(NAMES))] = draw(values)
        else:
            node.insert(0, draw(values))
        if len(paths(document)) < 2:
            break
    return document
