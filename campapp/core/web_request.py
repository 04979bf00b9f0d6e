"""How a request's bytes become text and numbers: what is not UTF-8 is marked, so that the field can say so."""

from __future__ import annotations

from typing import IO, Any
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.formparser import FormDataParser
from werkzeug.routing import IntegerConverter, Map

from campapp.core.access import LARGEST_ID

MOST_FIELDS = 4000


class FormReader(FormDataParser):
    """Werkzeug leaves damaged bytes as percent signs, which would be stored as typed."""

    def _parse_urlencoded(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str]
    ) -> Any:
        text = stream.read().decode(errors="replace")
        items = parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)
        return stream, self.cls(items), self.cls()


class CampRequest(Request):
    """A request whose forms are read so."""

    form_data_parser_class = FormReader


class NumberInAddress(IntegerConverter):
    """`<int:id>`: a number that no row can have is no address, and no database is asked about it."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)
