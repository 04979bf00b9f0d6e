"""Sheets as people's programs write them (cases 8, 9, 10, 11; practice row 46)."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campapp.core.sheet.cells import Cell
from campapp.core.sheet.decoding import Undecided
from campapp.core.sheet.escape import escaped, unescaped
from campapp.core.sheet.tables import column_letter, fitted, tables
from campapp.core.sheet.writing import Sheet, write_csv, write_xlsx
from campapp.core.text.language import Unreadable

TEAMS = "team,contact,trl\n火花,王小明,5\n𠮷田,Nguyễn,7\n"
ALIASES = {
    "team": ["团队", "团队名称", "项目团队"],
    "contact": ["联系人"],
    "mobile": ["手机", "手机号", "mobile number"],
    "trl": [],
}


def read(text, encoding="utf-8"):
    """Lines of a CSV file as plain values."""
    (table,) = tables(text.encode(encoding))
    return [{heading: cell.value for heading, cell in line.cells.items()} for line in table.lines]


def book(*sheets, **formats):
    """An XLSX file of openpyxl's; formats by cell name."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
        for cell, number_format in formats.items():
            page[cell].number_format = number_format
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_a_bom_changes_nothing():
    assert read(TEAMS) == read("\ufeff" + TEAMS) == read(TEAMS, "utf-16")
    assert read(TEAMS)[0] == {"team": "火花", "contact": "王小明", "trl": "5"}


def test_a_gb18030_file_says_what_does_not_fit_and_is_read_after_the_choice():
    data = TEAMS.replace("ễ", "e").encode("gb18030")
    with pytest.raises(Undecided) as undecided:
        tables(data)
    assert str(undecided.value).startswith("Line 2, byte 1 (0xBB) is not UTF-8")
    offer = undecided.value.offers[0]
    assert (offer.encoding, offer.preview[1]) == ("gb18030", "火花,王小明,5")
    (table,) = tables(data, encoding="gb18030")
    assert table.lines[1]["team"].value == "𠮷田"


def test_a_windows_1252_file_is_offered_as_such():
    data = "team,contact\nCafé,José\n".encode("cp1252")
    with pytest.raises(Undecided) as undecided:
        tables(data)
    assert (undecided.value.line, undecided.value.position, undecided.value.byte) == (2, 4, 0xE9)
    assert "Café,José" in undecided.value.offers[-1].preview
    assert tables(data, encoding="cp1252")[0].lines[0]["team"].value == "Café"


def test_a_choice_that_does_not_fit_is_refused():
    with pytest.raises(Unreadable, match="does not fit GB18030"):
        tables(b"team\n\xff\xff\n", encoding="gb18030")
    with pytest.raises(Unreadable, match="no encoding"):
        tables(b"\xff", encoding="rot13")


@pytest.mark.parametrize("mark", [",", ";", "\t", "，"])
def test_any_usual_mark_parts_the_fields(mark):
    assert read(TEAMS.replace(",", mark)) == read(TEAMS)
    assert read(f'团队{mark}说明\n火花{mark}"a{mark}b"\n') == [{"团队": "火花", "说明": f"a{mark}b"}]


def test_rows_are_numbered_as_the_spreadsheet_counts():
    (table,) = tables(b'2026 camp\n\nteam,note\nA,"two\nlines"\n\nB,x,surplus\n')
    assert table.heading_row == 3
    assert [line.row for line in table.lines] == [4, 6]
    assert [(cell.column, cell.value) for cell in table.lines[1].surplus] == [("C", "surplus")]


@pytest.mark.parametrize("data", [b'team,x\n"open,1\n', b"a\0b", b"\xd0\xcf\x11\xe0rest", b"PK\x03\x04rest"])
def test_a_broken_file_is_refused_with_a_reason(data):
    with pytest.raises(Unreadable) as refused:
        tables(data)
    assert str(refused.value)


def test_a_date_is_a_date_by_its_format_only():
    data = book(
        ("表", [["团队", "日期", "时间"], ["火花", 43102, 43102.5]]), B2="yyyy-mm-dd", C2="yyyy-mm-dd hh:mm"
    )
    line = tables(data)[0].lines[0]
    assert line["日期"].value == date(2018, 1, 2)
    assert line["日期"].day() == date(2018, 1, 2)
    assert line["时间"].moment(ZoneInfo("Asia/Shanghai")) == datetime(2018, 1, 2, 4, tzinfo=UTC)
    plain = tables(book(("表", [["团队", "日期"], ["火花", 43102]])))[0].lines[0]["日期"]
    with pytest.raises(Unreadable, match="43102 is a number, not a date"):
        plain.day()


def test_codes_keep_every_digit_or_are_refused():
    rows = [
        ["名称", "代码"],
        ["a", "007"],
        ["b", "013800000000"],
        ["c", "110105194912310025"],
        ["d", 911000001234567890],
        ["e", "9.11E+17"],
    ]
    lines = tables(book(("表", rows)))[0].lines
    assert [line["代码"].code() for line in lines[:3]] == ["007", "013800000000", "110105194912310025"]
    for line in lines[3:]:
        with pytest.raises(Unreadable, match="rounded number"):
            line["代码"].code()
    assert Cell(13800008000.0, 2, "A").code() == "13800008000"
    problem = lines[4]["代码"].problem("codes.xlsx", "why")
    assert (problem.file, problem.row, problem.column, problem.value) == ("codes.xlsx", 6, "代码", "9.11E+17")


def test_cells_are_read_as_what_they_should_be():
    assert Cell("3,200.50", 1, "A").number() == Decimal("3200.50")
    assert Cell(5.0, 1, "A").whole() == 5
    assert Cell("500", 1, "A").amount("万元") == 5_000_000
    assert Cell("2026年6月30日", 1, "A").day() == date(2026, 6, 30)
    for wrong in ("five", "1e400", "NaN", "5 teams", ""):
        with pytest.raises(Unreadable):
            Cell(wrong, 1, "A").number()
    with pytest.raises(Unreadable):
        Cell("5.5", 1, "A").whole()


def test_titles_above_several_sheets_and_chinese_headings_in_any_order():
    data = book(
        ("说明", [["请勿修改表头"], ["2026年加速营"]]),
        (
            "初创组",
            [
                ["2026年加速营报名汇总表"],
                [None],
                ["序号", "手机号（必填）", "团队名称*"],
                [1, "13800008000", "火花"],
                [None],
                [2, "", "青禾"],
            ],
        ),
        ("成长组", [["团队", "联系人:"], ["银杏", "王小明"]]),
    )
    first, second = tables(data, ALIASES)
    assert (first.name, first.heading_row, second.name) == ("初创组", 3, "成长组")
    fitting = fitted(first.headings, ALIASES)
    assert fitting.fields == {"mobile": "手机号（必填）", "team": "团队名称*"}
    assert fitting.unknown == ("序号",)
    assert fitting.missing(["team", "contact"]) == ["contact"]
    assert [(line.row, fitting.cell(line, "team").value) for line in first.lines] == [
        (4, "火花"),
        (6, "青禾"),
    ]
    assert fitting.cell(first.lines[0], "contact").value is None
    assert fitted(second.headings, ALIASES).fields == {"team": "团队", "contact": "联系人:"}


def test_a_mapping_made_by_hand_is_remembered():
    fitting = fitted(["单位简称", "团队"], ALIASES, {"单位简称": "contact"})
    assert fitting.fields == {"contact": "单位简称", "team": "团队"}


def test_a_heading_that_comes_twice_is_told():
    (table,) = tables(b"team,team,x\nA,B,C\n")
    assert table.headings == ("team", "team (2)", "x")
    assert fitted(["团队", "团队名称"], ALIASES).doubled == {"team": ("团队", "团队名称")}


@given(st.text(max_size=30))
def test_an_escaped_text_comes_back_as_it_was(text):
    assert unescaped(escaped(text)) == text
    assert not escaped(text).lstrip().startswith(("=", "+", "-", "@"))


NASTY = [
    '=HYPERLINK("http://x","y")',
    "+86 10 5555",
    "-5 °C",
    "@channel",
    "\ttab",
    "'=q",
    "'plain",
    "''+1",
    " =1",
    "＝1",
    "a\nb",
    "_x0041_",
]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_leaves_comes_back_as_it_was(kind):
    rows = [[text, "110105194912310025"] for text in NASTY]
    if kind == "csv":
        data = b"".join(write_csv(["name", "code"], rows))
        assert not [
            row for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) if row[0][0] in "=+-@\t\r＝"
        ]
    else:
        file = io.BytesIO()
        write_xlsx(file, [Sheet("表[1]", ["name", "code"], rows, notes=["2026"])])
        data = file.getvalue()
    (table,) = tables(data, {"name": [], "code": []})
    assert [line["name"].value for line in table.lines] == NASTY
    assert {line["code"].code() for line in table.lines} == {"110105194912310025"}


def test_a_text_too_long_for_a_cell_says_so():
    file = io.BytesIO()
    write_xlsx(file, [Sheet("x", ["text"], [["a" * 40_000]]), Sheet("x", ["text"], [])])
    cell = openpyxl.load_workbook(file)["x"]["A2"].value
    assert len(cell) == 32_767 and cell.endswith("the CSV file has it all)")


def test_columns_are_named_as_a_spreadsheet_does():
    assert [column_letter(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
