"""One question of the entry form, as the organiser sets it up; which boxes there are depends on its kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import Form as PlainForm
from wtforms import FormField, HiddenField

from campapp.core.form import fields, kinds, schema
from campapp.core.form.answers import plain
from campapp.core.form.asked import all_fields, choice_words, words
from campapp.core.form.base import Form
from campapp.core.form.declared import TableField
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import lazy_pgettext as _pl

Declared = dict[str, Any]
KIND_WORDS = {
    "text": _l("Short text"), "long": _l("Long text"), "choice": _l("One choice"), "choices": _l("Several choices"),
    "number": _pl("question", "Number"), "money": _l("Amount of money"), "date": _pl("question", "Date"),
    "link": _pl("question", "Link"), "phone": _pl("question", "Telephone"), "credit": _l("Credit code"),
    "identity": _l("Identity card or passport number"),
    "file": _pl("question", "File"), "table": _pl("question", "Table"), "letter": _l("Commitment letter"),
    "consent": _pl("question", "Consent"),
}  # fmt: skip
PROFILE_WORDS = {
    "summary": _l("Project: summary"), "sector": _l("Project: sector"), "trl": _l("Project: TRL"),
    "link": _l("Project: link"), "stage": _l("Project: stage"), "team.name": _l("Team: name"),
    "organisation.name": _l("Organisation: name"), "organisation.credit_code": _l("Organisation: credit code"),
    "organisation.registered_on": _l("Organisation: registration date"),
    "organisation.district": _l("Organisation: district"),
}  # fmt: skip
READER_WORDS = (("companies", _l("Companies that are shown the team")), ("judges", _l("Judges")))
UNITS = (("元", "元"), ("万元", "万元"), ("亿元", "亿元"))
_LOOSE = (Decimal(-(10**12)), Decimal(10**12))


class ChoiceRow(PlainForm):
    """A choice in both languages; its value stays when its words change."""

    value = HiddenField()
    zh = fields.line("中文", 200)
    en = fields.line("English", 200)


class ColumnRow(PlainForm):
    """A column of a table. Choices: `专利/Patent; 其他/Other`."""

    key = HiddenField()
    label_zh = fields.line("中文", 100)
    label_en = fields.line("English", 100)
    kind = fields.select(_l("Kind"), [(kind, KIND_WORDS[kind]) for kind in kinds.CELLS], required=True)
    required = fields.tick(_l("Required"))
    sum = fields.tick(_pl("question", "Sum"))
    unit = fields.line(_pl("question", "Unit"), 20)
    choices = fields.line(_l("Choices"), 1000)


def _figure(label: Any, **options: Any) -> Any:
    def reader(typed: str) -> Any:
        return plain(
            kinds.read({"kind": "number", "key": "", "least": int(_LOOSE[0]), "most": int(_LOOSE[1])}, typed)
        )

    return fields.read(label, reader, kind="number", **options)


def form_for(kind: str, document: Declared, key: str, *, later: bool = False) -> type[Form]:
    """The set-up form of a question of this kind, at its place in the document. `later`: of a follow-up."""
    made: dict[str, Any] = {
        "label": fields.both(_l("Question"), 200, required=True),
        "help": fields.both(_l("Help under it"), 1000, long=True),
        "required": fields.tick(_l("Required")),
        **_own(kind),
        "when_key": fields.select(_l("Shown only if"), _earlier(document, key)),
        "when_is": fields.several(_l("… is"), _answers(document, key)),
        **({} if later else _readers()),
        "due": fields.moment(
            _pl("question", "Due"),
            description=_l("May be given until then, also after the deadline. 24:00 is possible."),
        ),
        "freeze": fields.moment(_l("Fixed from"), description=_l("From then on the answer stays as it is.")),
    }  # fmt: skip
    if later:
        return type("FieldForm", (Form,), made)
    if kind not in {*kinds.GIVEN, "consent", "table", "identity"}:
        made["profile"] = fields.select(_l("Filled from the pool"), PROFILE_WORDS.items())
    if kind not in {*kinds.GIVEN, "consent", "identity"}:
        made["again"] = fields.tick(_l("Filled from the project's last entry"))
    if kind in {"text", "choice", "choices", "number", "money", "date"}:
        made["filter"] = fields.tick(_l("The list of applications can be filtered by it"))
    return type("FieldForm", (Form,), made)


def _readers() -> dict[str, Any]:
    """Who else reads the answer of an entry; what a follow-up asks is the staff's only."""
    return {
        "seen_by": fields.several(_l("Seen by, beside the team and the staff"), READER_WORDS),
        "confidential": fields.tick(_l("Companies see it only after the non-disclosure terms")),
    }


def _own(kind: str) -> dict[str, Any]:
    least, most = _l("At least"), _l("At most")
    boxes: dict[str, dict[str, Any]] = {
        "text": {"longest": fields.whole(_l("Characters at most"), 1, 20_000)},
        "long": {"longest": fields.whole(_l("Characters at most"), 1, 20_000)},
        "choice": {"choices": TableField(FormField(ChoiceRow), _l("Choices"), max_entries=200)},
        "choices": {
            "choices": TableField(FormField(ChoiceRow), _l("Choices"), max_entries=200),
            "least": fields.whole(least, 0, 200), "most": fields.whole(most, 1, 200),
        },
        "number": {"least": _figure(least), "most": _figure(most), "decimals": fields.whole(_l("Decimals"), 0, 6),
                   "unit": fields.line(_pl("question", "Unit"), 20)},
        "money": {"unit": fields.select(_l("A bare number counts in"), UNITS, required=True),
                  "least": fields.amount(least), "most": fields.amount(most)},
        "date": {"least": fields.day(_l("Not before")), "most": fields.day(_l("Not after"))},
        "file": {
            "kinds": fields.several(_l("Kinds"), [(one, one.upper()) for one in schema.FILE_KINDS]),
            "megabytes": fields.whole(_l("MB at most"), 1, 2048), "count": fields.whole(_l("Files at most"), 1, 50),
        },
        "table": {"columns": TableField(FormField(ColumnRow), _l("Columns"), max_entries=schema.MOST_COLUMNS),
                  "least": fields.whole(_l("Rows at least"), 0, kinds.MOST_ROWS),
                  "most": fields.whole(_l("Rows at most"), 1, kinds.MOST_ROWS)},
        "letter": {"text": fields.both(_l("Text of the letter"), 20_000, long=True, required=True),
                   "megabytes": fields.whole(_l("MB at most"), 1, 2048)},
        "identity": {"because": fields.both(_l("Which rule needs it"), 300, required=True)},
        "consent": {"text": fields.both(_l("Text that is agreed to"), 20_000, long=True, required=True)},
    }  # fmt: skip
    return boxes.get(kind, {})


def _before(document: Declared, key: str) -> list[Declared]:
    found = []
    for field in all_fields(document):
        if field["key"] == key:
            break
        if field["kind"] not in {*kinds.GIVEN, "table"}:
            found.append(field)
    return found


def _earlier(document: Declared, key: str) -> list[tuple[str, str]]:
    return [(field["key"], words(field, "label")) for field in _before(document, key)]


def _answers(document: Declared, key: str) -> list[tuple[str, str]]:
    """Every answer that an earlier choice offers, named with its question."""
    return [
        (f"{field['key']}={choice['value']}", f"{words(field, 'label')}: {choice_words(choice)}")
        for field in _before(document, key)
        for choice in field.get("choices", [])
    ]


# ------------------------------------------------------------------------------------------------ to and fro
def as_typed(field: Declared, zone: Any) -> dict[str, Any]:
    """A declared question as the form's values."""
    found = dict(field)
    for name in ("label", "help", "text", "because"):
        found[name] = {"zh": field.get(f"{name}_zh", ""), "en": field.get(f"{name}_en", "")}
    when = field.get("when") or {}
    found["when_key"] = when.get("key", "")
    found["when_is"] = [f"{when['key']}={one}" for one in when.get("is", [])]
    found["seen_by"] = field.get("seen_by", list(schema.READERS))
    for name in ("due", "freeze"):
        found[name] = schema.instant(field[name], zone) if field.get(name) else None
    if field["kind"] == "date":
        found |= {name: date.fromisoformat(field[name]) for name in ("least", "most") if field.get(name)}
    if field["kind"] == "money":
        found |= {
            name: Decimal(str(field[name])) for name in ("least", "most") if field.get(name) is not None
        }
    if field["kind"] == "table":
        found["columns"] = [{**column, "choices": _choices_said(column)} for column in field["columns"]]
    return found


def _choices_said(column: Declared) -> str:
    return "; ".join(f"{one.get('zh', '')}/{one.get('en', '')}" for one in column.get("choices", []))


def declared_from(form: Form, field: Declared, zone: Any) -> Declared:
    """What the organiser set up, as the document keeps it; what says nothing leaves its key out."""
    values, kind = form.values, field["kind"]
    found: Declared = {"key": field["key"], "kind": kind}
    plain_ones = ("longest", "least", "most", "decimals", "unit", "kinds", "megabytes", "count", "profile")
    pairs = [f"{name}_{lang}" for name in ("label", "help", "text", "because") for lang in ("zh", "en")]
    for name in (*pairs, *plain_ones, "required", "confidential", "again", "filter"):
        value = plain(values.get(name))
        if value not in (None, "", [], False):
            found[name] = value
    if "seen_by" in values and set(values["seen_by"] or []) != set(schema.READERS):
        found["seen_by"] = [one for one in schema.READERS if one in (values["seen_by"] or [])]
    for name in ("due", "freeze"):
        if values[name]:
            found[name] = f"{values[name].astimezone(zone):%Y-%m-%d %H:%M:%S}"
    if values["when_key"]:
        found["when"] = _when(values["when_key"], values["when_is"] or [])
    if kind in kinds.LISTED:
        found["choices"] = _listed(values["choices"])
    if kind == "table":
        found["columns"] = _columns(values["columns"], field.get("columns", []))
    return found


def _when(key: str, chosen: list[str]) -> Declared:
    wanted = [one.partition("=")[2] for one in chosen if one.partition("=")[0] == key]
    return {"key": key, "is": wanted} if wanted else {"key": key, "answered": True}


def _listed(rows: list[Declared]) -> list[Declared]:
    """Choices with words; one without a value gets the next free."""
    taken = {row["value"] for row in rows if row["value"]}
    found = []
    for row in rows:
        if row["zh"] or row["en"]:
            value = row["value"] or next(f"c{n}" for n in range(1, 1000) if f"c{n}" not in taken)
            taken.add(value)
            found.append({"value": value, "zh": row["zh"] or "", "en": row["en"] or ""})
    return found


KEPT_OF_COLUMN = ("longest", "least", "most", "decimals")
"""What a ready-made column has beyond the boxes of the page."""


def _columns(rows: list[Declared], before: list[Declared]) -> list[Declared]:
    old = {column["key"]: column for column in before}
    taken, found = set(old), []
    for row in rows:
        if not (row["label_zh"] or row["label_en"]):
            continue
        key = row["key"] or next(f"c{n}" for n in range(1, 1000) if f"c{n}" not in taken)
        taken.add(key)
        same = old.get(key, {}) if old.get(key, {}).get("kind") == row["kind"] else {}
        column: Declared = {name: same[name] for name in KEPT_OF_COLUMN if name in same}
        column |= {"key": key, "kind": row["kind"]}
        for name in ("label_zh", "label_en", "unit", "required", "sum"):
            if row[name] and not (name == "sum" and row["kind"] not in {"number", "money"}):
                column[name] = row[name]
        if row["kind"] == "choice":
            column["choices"] = _said_choices(row["choices"] or "", same.get("choices", []))
        found.append(column)
    return found


def _said_choices(said: str, before: list[Declared]) -> list[Declared]:
    known = {(one.get("zh", ""), one.get("en", "")): one["value"] for one in before}
    rows = []
    for part in said.split(";"):
        zh, _slash, en = (half.strip() for half in part.partition("/"))
        if zh or en:
            rows.append({"value": known.get((zh, en), ""), "zh": zh, "en": en})
    return _listed(rows)
