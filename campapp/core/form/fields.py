"""Fields: each reads with one function of `core.text`, and its error is the reader's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from wtforms import BooleanField, Field, FormField, RadioField, SelectField, SelectMultipleField, widgets
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, StopValidation

from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.text import dates, lines, money, pinyin
from campapp.core.text.language import Unreadable

Reader = Callable[[str], Any]


class ReadField(Field):
    """Text that one reader turns into a value; what was typed stays in the field when it cannot."""

    widget: Any = widgets.TextInput()

    def __init__(
        self, label: Any = None, validators: Any = None, *, reader: Reader, shown: Callable[[Any], str] = str,
        kind: str = "text", ahead: bool = False, **options: Any,
    ) -> None:  # fmt: skip
        """`ahead`: a day to come, beside which is said whether it is a holiday."""
        super().__init__(label, validators, **options)
        self.reader, self.shown, self.kind, self.ahead = reader, shown, kind, ahead
        if kind == "long":
            self.widget = widgets.TextArea()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.shown(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read it; an `Unreadable` is the field's error."""
        self.data = None
        if valuelist and str(valuelist[0]).strip():
            try:
                self.data = self.reader(str(valuelist[0]))
            except Unreadable as problem:
                raise ValueError(
                    str(problem)
                ) from None  # why: the page shows words, and takes lazy ones for parts


class Required:
    """Something must be given; the words say so plainly."""

    field_flags: dict[str, Any] = {"required": True}  # noqa: RUF012  # WTForms reads the class attribute

    def __init__(self, words: Any = None) -> None:
        self.words = words

    def __call__(self, _form: Any, field: Any) -> None:
        """Stop where there is nothing, unless reading it failed already (that error says more)."""
        if field.data in (None, "", []) and not field.process_errors:
            raise StopValidation(str(self.words or _("Please fill this in.")))


def _checks(required: bool, more: Iterable[Any] = ()) -> list[Any]:
    return [Required() if required else Optional(), *more]


def line(label: Any, longest: int = 200, *, required: bool = False, **options: Any) -> ReadField:
    """One line of text."""
    return ReadField(label, _checks(required), reader=lambda t: lines.one_line(t, longest), **options)


def text(label: Any, longest: int = 2000, *, required: bool = False, **options: Any) -> ReadField:
    """Several lines of text."""
    return ReadField(
        label, _checks(required), reader=lambda t: lines.many_lines(t, longest), kind="long", **options
    )


def read(label: Any, reader: Reader, *, required: bool = False, **options: Any) -> ReadField:
    """Whatever a reader of `core.text` takes: a name, a phone number, a mail address, a credit code."""
    return ReadField(label, _checks(required), reader=reader, **options)


def whole(label: Any, least: int, most: int, *, required: bool = False, **options: Any) -> ReadField:
    """A whole number within bounds."""

    def reader(typed: str) -> int:
        bare = lines.one_line(typed, 30).replace(",", "").replace(" ", "")
        try:
            value = int(bare)
        except ValueError:
            raise Unreadable(_l("This is not a whole number.")) from None
        if not least <= value <= most:
            raise Unreadable(_l("Give a number from %(least)s to %(most)s.", least=least, most=most))
        return value

    return ReadField(label, _checks(required), reader=reader, kind="number", **options)


def amount(label: Any, *, required: bool = False, **options: Any) -> ReadField:
    """Money: `500万元`, `1.2亿`, `3,200,000`."""
    return ReadField(label, _checks(required), reader=money.amount, kind="money", **options)


def day(label: Any, *, required: bool = False, **options: Any) -> ReadField:
    """A date as people type it: `2026-06-30`, `2026年6月30日`."""
    return ReadField(label, _checks(required), reader=dates.day, shown=date.isoformat, kind="date", **options)


def moment(label: Any, *, required: bool = False, **options: Any) -> ReadField:
    """A date and time in the form's zone (see `Form.zone`); 24:00 is the last second of its day."""
    return MomentField(label, _checks(required), reader=str, kind="moment", ahead=True, **options)


class MomentField(ReadField):
    """Reads and shows in the zone that the form is given after it is made."""

    zone = ZoneInfo("Asia/Shanghai")

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if not isinstance(self.data, datetime):
            return ""
        return self.data.astimezone(self.zone).strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read it in the form's zone; a deadline given in minutes holds to the end of its minute only if 23:59."""
        self.data = None
        if valuelist and str(valuelist[0]).strip():
            self.data = dates.moment(str(valuelist[0]), self.zone)


def choices(pairs: Iterable[Any]) -> list[SelectChoice]:
    """(value, label) pairs as WTForms wants them."""
    return [one if isinstance(one, SelectChoice) else SelectChoice(str(one[0]), one[1]) for one in pairs]


def picked(pairs: Iterable[Any]) -> list[SelectChoice]:
    """The same for names: a long list of them is shortened by what is typed, pinyin and its initials too."""
    return [SelectChoice(str(value), str(label), _letters(str(label))) for value, label in pairs]


def _letters(name: str) -> dict[str, str]:
    return {"data-letters": f"{pinyin.initials(name)} {pinyin.spelling(name)}"}


def select(
    label: Any, pairs: Iterable[Any] = (), *, required: bool = False, more: Iterable[Any] = (), **options: Any
) -> SelectField:
    """One of a list; with an empty first choice where it may be left out. `more`: further validators."""
    listed = choices(pairs)
    if not required:
        listed = [SelectChoice("", "—"), *listed]
    return SelectField(label, _checks(required, more), choices=listed, **options)


def cards(
    label: Any, pairs: Iterable[Any], *, required: bool = False, more: Iterable[Any] = (), **options: Any
) -> RadioField:
    """One of two to five that need a sentence each."""
    options.setdefault("validate_choice", required)
    return RadioField(label, _checks(required, more), choices=choices(pairs), **options)


def several(
    label: Any, pairs: Iterable[Any], *, required: bool = False, more: Iterable[Any] = (), **options: Any
) -> SelectMultipleField:
    """Any of a list, as ticks."""
    return SelectMultipleField(
        label, _checks(required, more), choices=choices(pairs), widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(), **options,
    )  # fmt: skip


class Ticked:
    """Nobody goes on without this tick."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, _form: PlainForm, field: Field) -> None:
        if not field.data:
            raise StopValidation(_("Tick this to go on."))


def tick(label: Any, *, required: bool = False, **options: Any) -> BooleanField:
    """Yes or no."""
    return BooleanField(label, [Ticked()] if required else [], **options)


class BilingualField(FormField):
    """One text in both languages: `f.zh` and `f.en`; its data is `{"zh": …, "en": …}`."""

    def __init__(self, pair: Any, label: Any = None, *, required: bool = False, **options: Any) -> None:
        super().__init__(pair, label, **options)
        self.flags.required = required


def both(
    label: Any, longest: int = 200, *, long: bool = False, required: bool = False, **options: Any
) -> BilingualField:
    """A text in both languages; required: in one of them at least."""
    make = text if long else line

    class Pair(PlainForm):
        zh = make("中文", longest)
        en = make("English", longest)

        def validate(self, extra_validators: Any = None) -> bool:
            """One language is enough."""
            good = super().validate(extra_validators)
            if required and good and not (self.zh.data or self.en.data):
                self.zh.errors = [_("Fill in one of the two languages at least.")]
                return False
            return good

    return BilingualField(Pair, label, required=required, **options)
