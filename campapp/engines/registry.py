"""The five engines by kind; each is imported only when it is asked for."""

from collections.abc import Iterator, Mapping
from importlib import import_module

from campapp.engines.frame.engine import Engine

KINDS = ("fit", "match", "assign", "schedule", "rank")


class _Engines(Mapping[str, Engine]):
    def __getitem__(self, kind: str) -> Engine:
        if kind not in KINDS:
            raise KeyError(kind)
        found = import_module(f"campapp.engines.{kind}.engine").ENGINE
        assert isinstance(found, Engine)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)


ENGINES: Mapping[str, Engine] = _Engines()


def engine(kind: str) -> Engine:
    """The engine of a kind; KeyError for another word."""
    return ENGINES[kind]
