"""What the frame refuses before an engine sees it, and the place that it names."""

from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campapp.engines.frame.decode import decode
from campapp.engines.frame.errors import BadInput
from campapp.engines.frame.keys import refuse_keys_twice


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    number: Annotated[int, msgspec.Meta(ge=0)]
    score: float
    names: list[str] | msgspec.UnsetType = msgspec.UNSET
    level: int = 1


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["campapp.sheet/1"]
    rows: list[Row]
    shares: dict[str, int] | msgspec.UnsetType = msgspec.UNSET


def sheet(rows: str, more: str = "") -> bytes:
    text = '{"format":"campapp.sheet/1","rows":[' + rows + "]" + more + "}"
    return text.encode("utf-8", "surrogatepass")


GOOD = '{"id":"a","number":1,"score":1.5}'
BAD: list[tuple[bytes, str]] = [
    (b"", "$"),
    (b"[]", "$"),
    (b"\xef\xbb\xbf" + sheet(GOOD), "$"),
    (sheet(GOOD)[:-1], "$.rows"),
    (sheet(GOOD) + b"x", "$"),
    (b"[" * 100_000, "$"),
    (sheet(GOOD).replace(b"sheet/1", b"sheet/2"), "$.format"),
    (b'{"rows":[]}', "$.format"),
    (sheet(GOOD, ',"rows":[]'), "$.rows"),
    (sheet(GOOD, ',"other":1'), "$.other"),
    (sheet(GOOD + ',{"id":"b","number":1.0,"score":1}'), "$.rows[1].number"),
    (sheet('{"id":"b","number":true,"score":1}'), "$.rows[0].number"),
    (sheet('{"id":"b","number":"1","score":1}'), "$.rows[0].number"),
    (sheet('{"id":"b","number":-1,"score":1}'), "$.rows[0].number"),
    (sheet('{"id":"b","number":1e2,"score":1}'), "$.rows[0].number"),
    (sheet('{"id":"b","number":01,"score":1}'), "$.rows[0].number"),
    (sheet('{"id":"b","number":1,"score":1e400}'), "$.rows[0].score"),
    (sheet('{"id":"b","number":1,"score":-1e400}'), "$.rows[0].score"),
    (sheet('{"id":"b","number":1,"score":NaN}'), "$.rows[0].score"),
    (sheet('{"id":"b","number":1,"score":-Infinity}'), "$.rows[0].score"),
    (sheet('{"id":"b","number":1,"score":null}'), "$.rows[0].score"),
    (sheet('{"id":"b","number":1,"score":"1"}'), "$.rows[0].score"),
    (sheet('{"id":"b","number":1}'), "$.rows[0].score"),
    (sheet('{"id":null,"number":1,"score":1}'), "$.rows[0].id"),
    (sheet('{"id":"\\ud800","number":1,"score":1}'), "$.rows[0].id"),
    (sheet('{"id":"\\udc00\\ud800","number":1,"score":1}'), "$.rows[0].id"),
    (sheet('{"id":"\ud800","number":1,"score":1}'), "$.rows[0].id"),
    (sheet('{"id":"x').replace(b"x", b"\xff") + b'"', "$.rows[0].id"),
    (sheet('{"id":"a","id":"b","number":1,"score":1}'), "$.rows[0].id"),
    (sheet(GOOD + ',{"id":"a:b","number":1,"number":1,"score":1}'), "$.rows[1].number"),
    (sheet('{"id":"a","\\u0069d":"b","number":1,"score":1}'), "$.rows[0].id"),
    (sheet('{"id":"a","number":1,"score":1,"level":1,"level":1}'), "$.rows[0].level"),
    (sheet('{"id":"a","number":1,"score":1,"level":2,"level":1}'), "$.rows[0].level"),
    (sheet('{"id":"a","number":1,"score":1,"names":["b",3]}'), "$.rows[0].names[1]"),
    (sheet('{"id":"a","number":1,"score":1,"names":null}'), "$.rows[0].names"),
    (sheet('{"id":"a","number":1,"score":1,"x y":3}'), '$.rows[0]["x y"]'),
    (sheet(GOOD, ',"shares":{"a:":1,"a:":1}'), '$.shares["a:"]'),
    (sheet("[1,2,3]"), "$.rows[0]"),
    (sheet(GOOD + ","), "$.rows"),
]


@pytest.mark.parametrize(("data", "place"), BAD)
def test_a_fault_is_named_by_its_place(data: bytes, place: str) -> None:
    with pytest.raises(BadInput) as caught:
        decode(data, Sheet)
    assert caught.value.place == place
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "row",
    [
        GOOD,
        '{"id":"a:b\\"c\\\\","number":1,"score":1}',
        '{"id":"\\\\\\":\\"","number":1,"score":-0}',
        '{"id":"\\ud83d\\ude00:","number":0,"score":1e-400,"names":[":",":"]}',
        '{"id":"","number":1,"score":12345678901234567890123,"level":1}',
        '{"id":"a:","number":1,"score":1,"level":1}',
    ],
)
def test_colons_in_strings_and_defaults_given_are_no_fault(row: str) -> None:
    assert len(decode(sheet(row), Sheet).rows) == 1


TREES = st.recursive(
    st.integers() | st.text(alphabet='a:"\\{}[],é', max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(alphabet='a:"\\', max_size=2), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(TREES)
def test_no_tree_without_repeats_is_refused(tree: Any) -> None:
    data = msgspec.json.encode({"tree": tree})
    refuse_keys_twice(data, msgspec.json.decode(data), dict[str, Any])


@given(TREES, st.text(alphabet='a:"\\', max_size=2), st.lists(st.integers(), max_size=2))
def test_a_repeat_anywhere_in_a_tree_is_found(tree: Any, key: str, beside: list[int]) -> None:
    name = msgspec.json.encode(key)
    twice = b"{" + name + b":" + msgspec.json.encode(tree) + b"," + name + b":1}"
    data = b'{"tree":[' + b"".join(b"%d," % value for value in beside) + twice + b"]}"
    with pytest.raises(BadInput) as caught:
        refuse_keys_twice(data, msgspec.json.decode(data), dict[str, Any])
    assert caught.value.place.startswith(f"$.tree[{len(beside)}]")
