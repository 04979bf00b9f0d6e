"""What Python files must not do: each rule is one small generator over a parsed file."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from checks.finding import Finding
from checks.floors import Floors, room_of

WRITES = {"add", "add_all", "bulk_save_objects", "commit", "delete", "flush", "merge"}
STATEMENTS = {"insert", "update", "delete"}
METHODS = {"route", "get", "post", "put", "patch", "delete"}
NAMELESS = {"utils", "helpers", "common", "misc"}
LONGEST, LONGEST_IN_ENGINES = 40, 80


@dataclass(frozen=True)
class Source:
    """A Python file, its path given from the tree's root."""

    path: Path
    text: str

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the file."""
        return list(ast.walk(ast.parse(self.text)))

    @cached_property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function, methods and inner functions too."""
        return [node for node in self.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    @cached_property
    def calls(self) -> list[ast.Call]:
        """Every call."""
        return [node for node in self.nodes if isinstance(node, ast.Call)]

    @property
    def in_room(self) -> bool:
        """Whether the file belongs to a room, where the rules of the doors hold."""
        return self.path.parts[0] == "campapp" and room_of(self.path) not in {"core", "engines"}

    def says_why(self, node: ast.AST) -> bool:
        """Whether a `# why:` stands at a node's lines or just above them."""
        first, last = getattr(node, "lineno", 1), getattr(node, "end_lineno", 1)
        return any("# why:" in line for line in self.text.splitlines()[max(first - 2, 0) : last])

    def finding(self, node: ast.AST, text: str) -> Finding:
        """A finding at a node."""
        return Finding(self.path, getattr(node, "lineno", 1), text)


def writes_outside_actions(source: Source) -> Iterator[Finding]:
    """Only a room's actions write; what is no event (a "last seen") may say `# why:` at its line."""
    if not source.in_room or "actions" in {part.removesuffix(".py") for part in source.path.parts[2:]}:
        return
    for call in source.calls:
        if not (isinstance(call.func, ast.Attribute) and _last_name(call.func.value) == "session"):
            continue
        changes = call.func.attr == "execute" and call.args and _called(call.args[0]) & STATEMENTS
        if (call.func.attr in WRITES or changes) and not source.says_why(call):
            yield source.finding(call, f"session.{call.func.attr}() writes outside the room's actions")


def inner_imports(source: Source) -> Iterator[Finding]:
    """An import of our own inside a function says why."""
    for node in (inner for function in source.functions for inner in ast.walk(function)):
        if isinstance(node, ast.ImportFrom):
            ours = (node.module or "").partition(".")[0] == "campapp"
        else:
            ours = isinstance(node, ast.Import) and any(n.name.startswith("campapp") for n in node.names)
        if ours and not source.says_why(node):
            yield source.finding(node, "an import of our own inside a function needs a `# why:`")


def routes_without_rule(source: Source) -> Iterator[Finding]:
    """Each route names the rule that guards it, or says that it is public."""
    for function in source.functions:
        names = {_last_name(_function_of(decorator)) for decorator in function.decorator_list}
        if any(map(_is_route, function.decorator_list)) and not names & {"public", "guarded_by"}:
            yield source.finding(function, f"route {function.name}() names no rule: @guarded_by or @public")


def long_functions(source: Source) -> Iterator[Finding]:
    """A function is at most 40 lines, in engines and benchmarks 80."""
    wide = source.path.parts[0] == "benchmarks" or source.path.parts[:2] == ("campapp", "engines")
    most = LONGEST_IN_ENGINES if wide else LONGEST
    for function in source.functions:
        if (length := length_of(function)) > most:
            yield source.finding(function, f"{function.name}() has {length} lines, {most} are the most")


def states_set_past_the_table(source: Source) -> Iterator[Finding]:
    """A room's row is moved by its table of transitions, never assigned; the queue and the outbox are core's own."""
    if not source.in_room:
        return
    for node in source.nodes:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        assigned = isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and any(
            isinstance(target, ast.Attribute) and target.attr == "state" for target in targets
        )
        if assigned or _sets_state(node):
            yield source.finding(node, "a state is assigned past its table of transitions")


def hard_locks(source: Source) -> Iterator[Finding]:
    """Others may refer to a locked row: `FOR UPDATE` bars also them, and two who did so first bar each other."""
    words = "a row is locked with key_share (core.db.LOCK): no key changes"
    for node in source.nodes:
        if not isinstance(node, ast.Call):
            continue
        method = _last_name(node.func) == "with_for_update"
        if method and not any(keyword.arg == "key_share" for keyword in node.keywords):
            yield source.finding(node, words)
        for keyword in node.keywords:
            if keyword.arg == "with_for_update" and _last_name(keyword.value) != "LOCK":
                yield source.finding(node, words)


def nameless_files(source: Source) -> Iterator[Finding]:
    """A thing has a place or no business."""
    if source.path.stem in NAMELESS:
        yield Finding(source.path, 1, f"{source.path.name} says nothing about what is in it")


RULES: tuple[Callable[[Source], Iterator[Finding]], ...] = (
    writes_outside_actions,
    inner_imports,
    routes_without_rule,
    hard_locks,
    long_functions,
    states_set_past_the_table,
    nameless_files,
)


def broken_rules(source: Source) -> Iterator[Finding]:
    """What one file breaks."""
    for rule in RULES:
        yield from rule(source)


def relations_that_point_up(sources: list[Source], floors: Floors) -> Iterator[Finding]:
    """A relationship() or a foreign key points at a table of the same room or of a lower floor."""
    owner = {}
    for source in sources:
        if source.path.parts[0] == "campapp":
            owner.update(dict.fromkeys(_tables_and_classes(source), room_of(source.path)))
    for source in sources:
        for node, name in _named_relations(source):
            room, other = room_of(source.path), owner.get(name)
            if other and not floors.allow(room, other):
                yield source.finding(node, f"{room} points up at {name} of {other}")


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Physical lines from `def` to the last, docstring included, decorators not."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _tables_and_classes(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.Assign) and _last_name(inner.targets[0]) == "__tablename__":
                    yield node.name
                    yield str(getattr(inner.value, "value", ""))


def _named_relations(source: Source) -> Iterator[tuple[ast.AST, str]]:
    for node in source.nodes:
        if (
            isinstance(node, ast.Call)
            and _last_name(node.func) in {"ForeignKey", "relationship"}
            and node.args
        ):
            name = node.args[0]
            yield node, str(getattr(name, "value", getattr(name, "id", ""))).partition(".")[0]
        if isinstance(node, ast.AnnAssign) and "relationship" in _called(node.value):
            for name in re.findall(r"\w+", ast.unparse(node.annotation)):
                yield node, name


def _called(node: ast.AST | None) -> set[str]:
    inside = ast.walk(node) if node is not None else ()
    return {_last_name(call.func) for call in inside if isinstance(call, ast.Call)}


def _is_route(decorator: ast.expr) -> bool:
    if not (isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute) and decorator.args):
        return False
    first = decorator.args[0]
    path = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
    return decorator.func.attr in METHODS and path is not None and (not path or path.startswith("/"))


def _sets_state(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if _last_name(node.func) == "setattr" and len(node.args) == 3:
        return getattr(node.args[1], "value", None) == "state"
    return _last_name(node.func) == "values" and any(keyword.arg == "state" for keyword in node.keywords)


def _function_of(decorator: ast.expr) -> ast.expr:
    return decorator.func if isinstance(decorator, ast.Call) else decorator


def _last_name(node: ast.AST) -> str:
    return str(getattr(node, "attr", getattr(node, "id", "")))
