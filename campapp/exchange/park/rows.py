"""Rows as JSON lines that either database takes, column by column."""

from __future__ import annotations

import base64
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Float, LargeBinary, Numeric, Table

from campapp.core.clock import UtcDateTime


def packed(value: Any) -> Any:
    """A column's value as JSON keeps it exactly."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def unpacked(column: Column[Any], value: Any) -> Any:
    """The value again, by the column's type."""
    if value is None:
        return None
    kind = column.type
    if isinstance(kind, UtcDateTime | DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    if isinstance(kind, Numeric) and not isinstance(kind, Float):
        return Decimal(value)
    return bool(value) if isinstance(kind, Boolean) else value


def line(row: Any) -> bytes:
    """One row as one line."""
    values = {name: packed(value) for name, value in row._mapping.items()}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def values(table: Table, text: bytes) -> dict[str, Any]:
    """One line as the values of one row; a column that the line does not name keeps its default."""
    found = json.loads(text)
    return {
        column.name: unpacked(column, found[column.name]) for column in table.columns if column.name in found
    }
