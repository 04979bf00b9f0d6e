"""How a request's bytes become text and numbers: what is not UTF-8, or no database takes as text, is marked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import IO, Any
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.datastructures import CombinedMultiDict, ImmutableMultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.routing import IntegerConverter, Map

from campapp.core.text import numbers

MOST_FIELDS = 4000
DAMAGED = "\ufffd"


class FormReader(FormDataParser):
    """Werkzeug leaves damaged bytes as percent signs, which would be stored as typed."""

    def _parse_urlencoded(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str]
    ) -> Any:
        text = stream.read().decode(errors="replace")
        items = parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)
        return stream, self.cls(items), self.cls()


class _Bounded:
    """Asked for `type=int`, a number that no column can hold is no number, as any other text that is none."""

    def get(self, key: Any, default: Any = None, type: Any = None) -> Any:  # noqa: A002  # werkzeug's name
        return super().get(key, default, numbers.whole if type is int else type)  # type: ignore[misc]

    def getlist(self, key: Any, type: Any = None) -> Any:  # noqa: A002
        return super().getlist(key, numbers.whole if type is int else type)  # type: ignore[misc]


class Sent(_Bounded, ImmutableMultiDict[str, Any]):  # type: ignore[misc]  # werkzeug overloads what it inherits
    """The fields of an address or of a form. PostgreSQL keeps no NUL: it is marked as a damaged character."""

    def __init__(self, given: Any = ()) -> None:
        super().__init__(list(_marked(given.items(multi=True) if hasattr(given, "items") else given or ())))


def _marked(pairs: Any) -> Iterator[tuple[str, Any]]:
    for key, value in pairs:
        yield key.replace("\0", DAMAGED), value.replace("\0", DAMAGED) if isinstance(value, str) else value


class AllSent(_Bounded, CombinedMultiDict[str, Any]):  # type: ignore[misc]
    """Both."""


class CampRequest(Request):
    """A request whose forms are read so."""

    form_data_parser_class = FormReader
    parameter_storage_class = Sent

    @cached_property
    def values(self) -> CombinedMultiDict[str, str]:
        """The address's fields, then the form's; a GET has none."""
        return AllSent([self.args] if self.method == "GET" else [self.args, self.form])


class NumberInAddress(IntegerConverter):
    """`<int:id>`: a number that no row can have is no address, and no database is asked about it."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=numbers.LARGEST)
