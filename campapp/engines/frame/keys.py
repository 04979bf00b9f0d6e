"""A key twice in one object, found without reading the file a second time.

A typed decoder keeps the last of two equal keys and says nothing. But outside its strings a JSON text has
one colon for each key. So the text has as many colons as the decoded value has keys, or a key stands twice.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import msgspec
import numpy as np

from campapp.engines.frame.places import refuse_twice

Count = Callable[[Any], int]

_CHUNK = 1 << 20
_QUOTE, _COLON = ord('"'), ord(":")


def refuse_keys_twice(data: bytes, value: object, kind: type) -> None:
    """Raise BadInput at a key that stands twice; `value` is `data` decoded as `kind`."""
    keys = _counter(kind)(value)
    # an optional key given with its default value cannot be told from one left out: then look closely
    if data.count(b":") != keys and _colons_outside_strings(data) != keys:
        refuse_twice(data)


def _colons_outside_strings(data: bytes) -> int:
    if b"\\" in data:
        data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    text = np.frombuffer(data, dtype=np.uint8)
    total, inside = 0, False
    for start in range(0, len(text), _CHUNK):
        chunk = text[start : start + _CHUNK]
        within = np.logical_xor.accumulate(chunk == _QUOTE) ^ inside
        total += int(np.count_nonzero((chunk == _COLON) & ~within))
        inside = bool(within[-1])
    return total


@cache
def _counter(kind: type) -> Count:
    return _build(msgspec.inspect.type_info(kind))


def _build(info: msgspec.inspect.Type) -> Count:
    """A function that counts the keys of a value of this type, quick where their number is fixed."""
    fixed = _fixed(info)
    if fixed is not None:
        return lambda value, number=fixed: number  # type: ignore[misc]
    if isinstance(info, msgspec.inspect.StructType):
        return _of_struct(info)
    if isinstance(info, msgspec.inspect.DictType):
        inner = _build(info.value_type)
        return lambda value: len(value) + sum(map(inner, value.values()))
    if isinstance(info, (msgspec.inspect.ListType, msgspec.inspect.VarTupleType)):
        return _of_items(info.item_type)
    if isinstance(info, msgspec.inspect.UnionType):
        return _of_union(info.types)
    return _of_anything


def _of_items(item: msgspec.inspect.Type) -> Count:
    fixed = _fixed(item)
    if fixed is not None:
        return lambda value: len(value) * fixed
    inner = _build(item)
    return lambda value: sum(map(inner, value))


def _of_struct(info: msgspec.inspect.StructType) -> Count:
    required = sum(field.required for field in info.fields)
    optional = [(field.name, _default(field)) for field in info.fields if not field.required]
    nested = [(field.name, _build(field.type)) for field in info.fields if _fixed(field.type) != 0]

    def count(value: object) -> int:
        keys = required
        for name, default in optional:
            held = getattr(value, name)
            keys += held is not msgspec.UNSET and held != default
        for name, inner in nested:
            held = getattr(value, name)
            keys += inner(held) if held is not msgspec.UNSET else 0
        return keys

    return count


def _of_union(types: Iterable[msgspec.inspect.Type]) -> Count:
    inner = [(kind, _build(kind)) for kind in types if not isinstance(kind, msgspec.inspect.NoneType)]
    if len(inner) == 1:
        return lambda value: 0 if value is None else inner[0][1](value)
    return _of_anything


def _of_anything(value: object) -> int:
    if isinstance(value, dict):
        return len(value) + sum(map(_of_anything, value.values()))
    if isinstance(value, (list, tuple)):
        return sum(map(_of_anything, value))
    if isinstance(value, msgspec.Struct):
        return _counter(type(value))(value)
    return 0


def _default(field: msgspec.inspect.Field) -> object:
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return field.default


_SCALARS = (
    msgspec.inspect.StrType,
    msgspec.inspect.IntType,
    msgspec.inspect.FloatType,
    msgspec.inspect.BoolType,
    msgspec.inspect.NoneType,
    msgspec.inspect.LiteralType,
)


def _fixed(info: msgspec.inspect.Type) -> int | None:
    """The number of keys in any value of this type, None where it varies."""
    if isinstance(info, _SCALARS):
        return 0
    if isinstance(info, msgspec.inspect.UnionType) and all(isinstance(kind, _SCALARS) for kind in info.types):
        return 0
    if isinstance(info, (msgspec.inspect.ListType, msgspec.inspect.VarTupleType)):
        return 0 if _fixed(info.item_type) == 0 else None
    if isinstance(info, msgspec.inspect.StructType):
        plain = all(field.required and _fixed(field.type) == 0 for field in info.fields)
        return len(info.fields) if plain else None
    return None
