"""The boxes by which a question is set up; which there are depends on its kind."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import FormField

from campapp.core.file_kinds import in_words
from campapp.core.form import fields, kinds, schema
from campapp.core.form.answers import plain
from campapp.core.form.declared import TableField
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import lazy_pgettext as _pl
from campapp.programmes.forms.field import condition
from campapp.programmes.forms.field.choice import ChoiceRow
from campapp.programmes.forms.field.column import ColumnRow, EntryColumnRow
from campapp.programmes.forms.field.condition import ConditionedForm
from campapp.programmes.forms.field.words import PROFILE_WORDS, READER_WORDS, UNITS

Declared = dict[str, Any]
_LOOSE = (Decimal(-(10**12)), Decimal(10**12))


def _figure(label: Any, **options: Any) -> Any:
    def reader(typed: str) -> Any:
        return plain(
            kinds.read({"kind": "number", "key": "", "least": int(_LOOSE[0]), "most": int(_LOOSE[1])}, typed)
        )

    return fields.read(label, reader, kind="number", **options)


def form_for(kind: str, document: Declared, key: str, *, later: bool = False) -> type[ConditionedForm]:
    """The set-up form of a question of this kind, at its place in the document. `later`: of a follow-up."""
    made: dict[str, Any] = {
        "document": document,
        "label": fields.both(_l("Question"), 200, required=True),
        "help": fields.both(_l("Help under it"), 1000, long=True),
        "required": fields.tick(_l("Required")),
        **_own(kind, later=later),
        **condition.boxes(document, key),
        **({} if later else _readers()),
        "due": fields.moment(
            _pl("question", "Due"),
            description=_l("May be given until then, also after the deadline. 24:00 is possible."),
        ),
        "freeze": fields.moment(_l("Fixed from"), description=_l("From then on the answer stays as it is.")),
    }  # fmt: skip
    if later:
        return type("FieldForm", (ConditionedForm,), made)
    if kind not in {*kinds.GIVEN, "consent", "table", "identity"}:
        made["profile"] = fields.select(_l("Filled from the pool"), PROFILE_WORDS.items())
    if kind not in {*kinds.GIVEN, "consent", "identity"}:
        made["again"] = fields.tick(_l("Filled from the project's last entry"))
    if kind in {"text", "choice", "choices", "number", "money", "date"}:
        made["filter"] = fields.tick(_l("The list of applications can be filtered by it"))
    return type("FieldForm", (ConditionedForm,), made)


def _readers() -> dict[str, Any]:
    """Who else reads the answer of an entry; what a follow-up asks is the staff's only."""
    return {
        "seen_by": fields.several(_l("Seen by, beside the team and the staff"), READER_WORDS),
        "confidential": fields.tick(_l("Companies see it only after the non-disclosure terms")),
    }


def _people() -> Any:
    return fields.tick(
        _l("Each row is a person"),
        description=_l("Companies read only the rows of members who agreed to it themselves."),
    )


def _own(kind: str, *, later: bool) -> dict[str, Any]:
    least, most = _l("At least"), _l("At most")
    boxes: dict[str, dict[str, Any]] = {
        "text": {"longest": fields.whole(_l("Characters at most"), 1, 20_000)},
        "long": {"longest": fields.whole(_l("Characters at most"), 1, 20_000)},
        "choice": {"choices": TableField(FormField(ChoiceRow), _l("Choices"), max_entries=200),
                   **({} if later else {"recommender": fields.tick(_l("The choices are recommending units"))})},
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
            "kinds": fields.several(_l("Kinds"), [(one, in_words([one])) for one in schema.FILE_KINDS]),
            "megabytes": fields.whole(_l("MB at most"), 1, 2048), "count": fields.whole(_l("Files at most"), 1, 50),
        },
        "table": {"columns": TableField(FormField(ColumnRow if later else EntryColumnRow), _l("Columns"),
                                        max_entries=schema.MOST_COLUMNS),
                  **({"badges": _badges()} if later else {"because": _because(), "people": _people()}),
                  "least": fields.whole(_l("Rows at least"), 0, kinds.MOST_ROWS),
                  "most": fields.whole(_l("Rows at most"), 1, kinds.MOST_ROWS)},
        "letter": {"text": fields.both(_l("Text of the letter"), 20_000, long=True, required=True),
                   "megabytes": fields.whole(_l("MB at most"), 1, 2048)},
        "identity": {"because": _because(required=True)},
        "consent": {"text": fields.both(_l("Text that is agreed to"), 20_000, long=True, required=True)},
    }  # fmt: skip
    return boxes.get(kind, {})


def _badges() -> Any:
    """A follow-up's table of who comes is what badges are made from."""
    return fields.tick(
        _l("Badges name whoever is listed here"),
        description=_l("The first column of text is the name, the second stands under it. Whoever lists nobody yet "
                       "gets badges for the members or representatives."),
    )  # fmt: skip


def _because(*, required: bool = False) -> Any:
    """An identity number is asked only where a rule needs it; the one who gives it reads which."""
    return fields.both(_l("Which rule needs the identity numbers"), 300, required=required)
