"""Every action's event reads in words in histories and in the audit log: some room says how (`tell_as`)."""

import ast
from collections.abc import Iterable, Iterator

from checks.code import Source
from checks.finding import Finding


def events_without_words(sources: Iterable[Source]) -> Iterator[Finding]:
    """Actions whose event nobody tells."""
    sources = [source for source in sources if source.path.parts[0] == "campapp"]
    told = {
        keyword.arg for source in sources for call in _calls(source, "tell_as") for keyword in call.keywords
    }
    for source in sources:
        for call in _calls(source, "action"):
            event = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
            if isinstance(event, str) and event not in told:
                yield source.finding(call, f"no words for the event {event!r}: tell_as({event}=…)")


def _calls(source: Source, name: str) -> Iterator[ast.Call]:
    return (call for call in source.calls if isinstance(call.func, ast.Name) and call.func.id == name)
