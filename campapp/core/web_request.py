"""How a form's bytes become text: what is not UTF-8 is marked, so that the field can say so."""

from __future__ import annotations

from typing import IO, Any
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.formparser import FormDataParser

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
