"""The base of all forms: from a row and what was sent, to values for an action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self
from zoneinfo import ZoneInfo

from wtforms import Form as PlainForm

from campapp.core.current import current
from campapp.core.form.fields import BilingualField, MomentField

__all__ = ["Form"]


class Form(PlainForm):
    """A form. CSRF is checked for every POST before it is read; bilingual pairs map to `x_zh`, `x_en` columns."""

    @classmethod
    def of(
        cls,
        row: Any = None,
        sent: Mapping[str, Any] | None = None,
        *,
        zone: str | None = None,
        prefix: str = "",
        **given: Any,
    ) -> Self:
        """A form filled from a row and, if something was sent, from that.

        `zone`: of dates and times; `prefix`: of every name, where a page shows several.
        """
        values = {**(_values(cls, row) if row is not None else {}), **given}
        form = cls(formdata=None, data=values, prefix=prefix)
        form.in_zone(zone or current.zone)
        if sent is not None:
            form.process(formdata=sent, data=values)
            form.in_zone(zone or current.zone)
            form._again(sent, values)
        return form

    def in_zone(self, zone: str) -> None:
        """Read and show times in this zone."""
        for field in self:
            if isinstance(field, MomentField):
                field.zone = ZoneInfo(zone)

    def _again(self, sent: Mapping[str, Any], values: dict[str, Any]) -> None:
        """Read the moments once more, now in the right zone."""
        for field in self:
            if isinstance(field, MomentField):
                field.process_errors = []
                field.process(sent, values.get(field.short_name))

    @property
    def values(self) -> dict[str, Any]:
        """What the action is given: a pair as its two columns, the rest by name."""
        found: dict[str, Any] = {}
        for field in self:
            if isinstance(field, BilingualField):
                found[f"{field.short_name}_zh"] = field.data["zh"] or ""
                found[f"{field.short_name}_en"] = field.data["en"] or ""
            else:
                found[field.short_name] = field.data
        return found

    def blame(self, name: str, words: Any) -> None:
        """Put an error beside a field that only the action could find; of a pair, beside its first half."""
        field: Any = self[name]
        field = field.form["zh"] if isinstance(field, BilingualField) else field
        field.errors = [*field.errors, str(words)]


def _values(form: type[Form], row: Any) -> dict[str, Any]:
    """What a row says to a form's fields."""
    found: dict[str, Any] = {}
    for name in dir(form):
        if name.startswith("_"):
            continue
        if getattr(getattr(form, name), "field_class", None) is BilingualField and hasattr(row, f"{name}_zh"):
            found[name] = {"zh": getattr(row, f"{name}_zh"), "en": getattr(row, f"{name}_en")}
        elif hasattr(row, name):
            found[name] = getattr(row, name)
    return found
