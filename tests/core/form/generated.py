"""Form definitions and what people type into them, invented: near what fits, and far from it."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from campapp.core.form import kinds

ODD = "a1 é̀𠮷家😀\t\n\r\x00\u200b\u202e\ud800\ufffe　０９"
near = st.text(alphabet=st.sampled_from(ODD), max_size=14)
NUMBERS = [
    "0",
    "-1",
    "3.50",
    "1e5",
    "１２",
    "1,000",
    " 7 ",
    "+4",
    ".5",
    "5.",
    "NaN",
    "Infinity",
    "1_0",
    "٣",
    "",
    "x",
    "--1",
]
MONEY = [
    "500万元", "5亿", "3,200 万", "伍佰万元整", "1.5 million", "3亿2000万", "¥300", "-5", "12", "0.001", "1e9",
    "100000亿", "99999999999999.99", "万", "RMB 5k", "5 元", "2000万3亿", "1，000", "٥", "", "3.5万元",
    "12 bn", "１２万",
]  # fmt: skip
DATES = [
    "2026-06-30", "2026年6月30日", "2026/6/3", "20260630", "30 June 2026", "June 31, 2026", "06/07/2026", "2026-02-29",
    "2024-02-29", "1899-12-31", "2201-01-01", "0000-01-01", "2026.6.3", "2026-6/3", "2026年6月30日星期二", "٢٠٢٦-06-30",
    "2026-06-30 10:00", "", "soon", "３0 jun 2026", "1 sept. 2025",
]  # fmt: skip
LINKS = [
    "https://x.example",
    "http://a",
    "ftp://x.example/a",
    "https://x y.example",
    "HTTPS://x.example",
    "",
    "https://é.example/路",
]
PHONES = [
    "13800008000",
    "+86 138 0000 8000",
    "010-62981234",
    "+852 5123 4567",
    "12800008000",
    "",
    "phone",
    "１３８００００８０００",
    "008613800008000",
]
CODES = [
    "91000000DEM0000019", "91000000dem0000019", "９１000000DEM0000019", "91000000DEM000001A", "9100", "9.11E+17", "",
    "91000000 DEM 0000019", "91000000DEM00000l9", "91110108551385082Q", "911101085513850820",
]  # fmt: skip
CARDS = ["11010519491231002X", "11010519491231002x", "110105 19491231 002X", "110105194912310021", "E12345678", "abc",
         "",
         "１１０１０５19491231002X", "H12345678901234567", "12-34-567"]  # fmt: skip
TYPED = {
    "text": near, "long": near, "number": st.sampled_from(NUMBERS) | st.decimals(-200, 200, places=2).map(str),
    "money": st.sampled_from(MONEY) | st.integers(0, 10**13).map(str),
    "date": st.sampled_from(DATES) | st.dates().map(str),
    "link": st.sampled_from(LINKS) | near, "phone": st.sampled_from(PHONES) | near,
    "credit": st.sampled_from(CODES) | near, "identity": st.sampled_from(CARDS) | near,
}  # fmt: skip
BOUND = st.none() | st.integers(-50, 150)
CHOICES = [{"value": value, "zh": value, "en": value} for value in ("a", "b", "c")]
picked = st.sampled_from(["a", "b", "c", "d", ""])


def _bare(field: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in field.items() if value is not None}


@st.composite
def a_field(draw: st.DrawFn, key: str, among: tuple[str, ...] = kinds.KINDS) -> dict[str, Any]:
    """A field of any kind, with some of the limits that it may have."""
    kind = draw(st.sampled_from(among))
    field: dict[str, Any] = {
        "key": key,
        "kind": kind,
        "label_zh": key,
        "label_en": key,
        "required": draw(st.booleans()),
    }
    if kind in kinds.LINES:
        field["longest"] = draw(st.none() | st.integers(1, 12))
    elif kind in kinds.LISTED:
        field["choices"] = CHOICES
        if kind == "choices":
            field |= {
                "least": draw(st.none() | st.integers(1, 2)),
                "most": draw(st.none() | st.integers(2, 3)),
            }
    elif kind in {"number", "money"}:
        field |= {"least": draw(BOUND), "most": draw(BOUND), "decimals": draw(st.none() | st.integers(0, 2))}
        if kind == "money":
            field["unit"] = draw(st.sampled_from(["元", "万元", "亿元", None]))
            field["most"] = draw(st.none() | st.integers(0, 10**9))
            field["least"] = None
    elif kind == "date":
        field |= {
            "least": draw(st.sampled_from([None, "2000-01-01"])),
            "most": draw(st.sampled_from([None, "2026-12-31"])),
        }
    elif kind == "table":
        field |= {"because_zh": "入园登记", "because_en": "Entry to the park"}
        field["columns"] = [draw(a_field(f"c{n}", kinds.CELLS)) for n in range(draw(st.integers(1, 3)))]
        field |= {"least": draw(st.none() | st.integers(1, 2)), "most": draw(st.none() | st.integers(1, 3))}
    elif kind == "identity":
        field |= {"because_zh": "入园登记", "because_en": "Entry to the park"}
    elif kind in {"consent", "letter"}:
        field |= {"text_zh": "我同意", "text_en": "I agree"}
    return _bare(field)


@st.composite
def a_condition(draw: st.DrawFn, earlier: list[dict[str, Any]]) -> dict[str, Any] | None:
    """`when` over a field that stands before, or nothing."""
    able = [field for field in earlier if field["kind"] not in {*kinds.GIVEN, "table"}]
    if not able or draw(st.booleans()):
        return None
    other = draw(st.sampled_from(able))
    if other["kind"] in kinds.LISTED:
        return {
            "key": other["key"],
            "is": draw(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=2)),
        }
    if other["kind"] in kinds.COMPARED and draw(st.booleans()):
        bound = {"number": BOUND, "money": st.none() | st.sampled_from([0, 500, 12, 0.5, 5_000_000, 2 * 10**9]),
                 "date": st.none() | st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(str)
                 | st.sampled_from(["2026-06-30", "2026-06-03", "2024-02-29"])}[other["kind"]]  # fmt: skip
        return _bare({"key": other["key"], "least": draw(bound), "most": draw(bound)})
    return {"key": other["key"], "answered": True}


@st.composite
def typed_into(draw: st.DrawFn, field: dict[str, Any]) -> Any:
    """What somebody types: text, a list of chosen values, rows, or a tick."""
    kind = field["kind"]
    if kind == "choice":
        return draw(picked)
    if kind == "choices":
        return draw(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=4))
    if kind == "consent":
        return draw(st.booleans())
    if kind == "table":
        row = st.fixed_dictionaries({column["key"]: typed_into(column) for column in field["columns"]})
        return draw(st.lists(row, max_size=4))
    return draw(TYPED.get(kind, st.just("")))


@st.composite
def a_case(draw: st.DrawFn) -> dict[str, Any]:
    """A form of one to five fields, and what is typed into each."""
    fields: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 5))):
        field = draw(a_field(f"f{number}"))
        when = draw(a_condition(fields))
        fields.append(field | ({"when": when} if when else {}))
    typed = {field["key"]: draw(typed_into(field)) for field in fields}
    files = [field["key"] for field in fields if field["kind"] in kinds.GIVEN and draw(st.booleans())]
    return {"fields": fields, "typed": typed, "files": files}
