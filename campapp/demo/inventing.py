"""Invented answers that fit their questions, and small real files where a question asks for one."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Callable, Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from PIL import Image
from stdnum.cn import uscc

from campapp.core import clock, files
from campapp.core.files import StoredFile
from campapp.core.form import kinds
from campapp.core.form.answers import plain
from campapp.core.form.asked import all_fields, asked, names_in
from campapp.core.text import codes
from campapp.core.text.language import Unreadable
from campapp.demo import scan
from campapp.demo.data.projects import PROJECTS
from campapp.demo.stock import person_name

Declared = dict[str, Any]
_SHORT = {
    "role": "研发负责人", "title": "产品经理", "school": "北京云岫大学", "duty": "算法与测试", "holder": "本团队",
    "investor": "知行创投", "arrival": "高铁，前一日 18:30 到达",
}  # fmt: skip
_FIGURES = (4, 12, 35, 80, 9)
_AMOUNTS = (6_000_000, 86_000_000, 1_200_000, 32_000_000, 260_000_000)
_FILES = ("pdf", "png", "jpg", "office", "zip", "video")
"""Kinds of file in the order in which they are given where a question takes several."""


STEP = 17
"""From one attempt to the next: no two teams give the same number."""


def invented_answers(
    document: Declared, index: int, known: Declared | None = None, *, attempt: int = 0
) -> Declared:
    """Team `index`'s answers to what the form asks, the `known` ones kept where they fit; files aside.

    Another `attempt` answers otherwise.
    """
    words = PROJECTS[index % len(PROJECTS)]
    found: Declared = {}
    told = {"summary": words.summary_zh, "sector": words.sector, "trl": str(words.trl)} | (known or {})
    for field in all_fields(document):
        if field["kind"] in kinds.GIVEN or field["key"] not in asked(document, found):
            continue
        value = told.get(field["key"])
        found[field["key"]] = (
            value if value and kinds.fits(field, value) else invented(field, index + STEP * attempt)
        )
    return found


def invented(field: Declared, index: int, row: int = 0) -> Any:
    """An answer that fits the field; another for the next team, and for the next row."""
    made = _MADE[field["kind"]](field, index, row)
    return plain(made)


def _text(field: Declared, index: int, row: int) -> str:
    words = PROJECTS[index % len(PROJECTS)]
    said = _SHORT.get(field["key"], words.zh if field["kind"] == "text" else words.summary_zh)
    if field["key"] == "number":
        said = f"ZL2023{10_000 + 97 * index + row}"
    return said[: kinds.longest(field)]


def _choice(field: Declared, index: int, row: int) -> Any:
    values = [choice["value"] for choice in field["choices"]]
    if field["kind"] == "choice":
        return values[(index + row) % len(values)]
    least, most = int(field.get("least") or 1), int(field.get("most") or len(values))
    count = max(1, min(max(least, 1 + index % 2), most, len(values)))
    return [values[(index + n) % len(values)] for n in range(count)]


def _figure(field: Declared, index: int, row: int) -> Decimal:
    """A plausible number between the bounds, with no more decimals than are taken."""
    money = field["kind"] == "money"
    least = Decimal(str(field.get("least", 0 if money else -kinds.MOST_NUMBER)))
    most = Decimal(str(field.get("most", kinds.MOST_NUMBER)))
    value = Decimal((_AMOUNTS if money else _FIGURES)[(index + row) % 5])
    if least >= 1900 and most <= 2200:
        value = Decimal(clock.now().year - 1 - row)
    if not least <= value <= most:
        span = most - least if "least" in field and "most" in field else Decimal(10)
        value = least + span * (1 + index % 5) / 7 if "least" in field else most - span * (1 + index % 5) / 7
    step = Decimal(1).scaleb(-int(field.get("decimals", 0)))
    stepped = min(max(math.ceil(least / step), int(value / step)), math.floor(most / step)) * step
    return stepped if least <= stepped <= most else least


def _day(field: Declared, index: int, row: int) -> date:
    value = date(2015 + index % 9, 1 + (index + row) % 12, 15)
    least = date.fromisoformat(field["least"]) if field.get("least") else date.min
    most = date.fromisoformat(field["most"]) if field.get("most") else date.max
    if value < least:
        return min(most, least + timedelta(days=min(7 * index, (date.max - least).days)))
    return (
        value if value <= most else max(least, most - timedelta(days=min(7 * index, (most - date.min).days)))
    )


def _credit(_field: Declared, index: int, row: int) -> str:
    code = f"91000000REH{100 * index + row:06d}"
    return str(code + uscc.calc_check_digit(code))


def _identity(_field: Declared, index: int, row: int) -> str:
    """Of a place that there is not, so that the number is nobody's."""
    head = f"000000{1980 + index % 20}0101{100 + 10 * (index // 20) + row % 10}"
    return next(f"{head}{last}" for last in "0123456789X" if _reads(codes.identity, head + last))


def _reads(read: Callable[[str], str], text: str) -> bool:
    try:
        return bool(read(text))
    except Unreadable:
        return False


def _table(field: Declared, index: int, _row: int) -> list[Declared]:
    least = int(field.get("least") or 0)
    count = max(least, min(1 + (index % 3 > 0), int(field.get("most") or 2), kinds.MOST_ROWS))
    person, found = names_in(field), []
    for row in range(count):
        made = {column["key"]: invented(column, index, row) for column in field["columns"]}
        if person:
            made[person] = person_name(index + 40 * row)[: kinds.longest(_column(field, person))]
        found.append(made)
    return found


def _column(field: Declared, key: str) -> Declared:
    return next(column for column in field["columns"] if column["key"] == key)


_MADE: dict[str, Callable[[Declared, int, int], Any]] = {
    "text": _text, "long": _text, "choice": _choice, "choices": _choice, "number": _figure, "money": _figure,
    "date": _day, "credit": _credit, "identity": _identity, "table": _table,
    "link": lambda _field, index, row: f"https://team{index}-{row}.example",
    "phone": lambda _field, index, row: f"+86138{100 * index + row:08d}",
    "consent": lambda field, _index, _row: kinds.digest(field),
}  # fmt: skip


# ------------------------------------------------------------------------------------------------ files
def invented_file(field: Declared, taken: Collection[str], index: int) -> StoredFile:
    """A small real file of a kind that the question takes (`taken`; any, if none is named), kept on disk."""
    kind = next((one for one in _FILES if not taken or one in taken), "pdf")
    body, ending = _BODIES[kind](index)
    label = field.get("label_zh") or field.get("label_en") or field["key"]
    return files.keep(
        io.BytesIO(body), f"{label}-{PROJECTS[index % len(PROJECTS)].zh}.{ending}", limit=1 << 20
    )


def _paper(index: int) -> tuple[bytes, str]:
    return scan.letter(
        "Rehearsal", [PROJECTS[index % len(PROJECTS)].en, "Invented. Signed and stamped."]
    ), "pdf"


def _picture(kind: str, index: int) -> tuple[bytes, str]:
    out = io.BytesIO()
    Image.new("RGB", (480, 480), (40 * index % 256, 90, 160)).save(out, {"png": "PNG", "jpg": "JPEG"}[kind])
    return out.getvalue(), kind


def _bundle(_index: int) -> tuple[bytes, str]:
    return _zipped({"README.txt": "Invented for a rehearsal."}), "zip"


def _office(index: int) -> tuple[bytes, str]:
    space = "http://schemas.openxmlformats.org"
    words = PROJECTS[index % len(PROJECTS)].summary_zh
    return _zipped({
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        '"/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.'
        'main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="r1" Type='
        f'"{space}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{space}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
        f"{words}</w:t></w:r></w:p></w:body></w:document>",
    }), "docx"  # fmt: skip


def _film(_index: int) -> tuple[bytes, str]:
    """The head of a film without a picture: known as one, and nothing to look at."""
    head = b"ftypisom\x00\x00\x02\x00isomiso2mp41"
    return (len(head) + 4).to_bytes(4, "big") + head + b"\x00\x00\x00\x08moov\x00\x00\x00\x08mdat", "mp4"


def _zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
    return out.getvalue()


_BODIES: dict[str, Callable[[int], tuple[bytes, str]]] = {
    "pdf": _paper, "png": lambda index: _picture("png", index), "jpg": lambda index: _picture("jpg", index),
    "office": _office, "zip": _bundle, "video": _film,
}  # fmt: skip
