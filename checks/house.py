"""`python -m checks.house`: every house rule over the whole tree."""

import sys
from collections.abc import Iterator
from pathlib import Path

from checks import code, histories, pages, styles, words
from checks.finding import Finding
from checks.floors import Floors

CODE = ("campapp", "checks", "setup", "benchmarks")


def findings(root: Path) -> Iterator[Finding]:
    """What the tree breaks."""
    floors = Floors(root)
    sources = [code.Source(path, text) for folder in CODE for path, text in _files(root, folder, {".py"})]
    for source in sources:
        yield from code.broken_rules(source)
    yield from code.relations_that_point_up(sources, floors)
    yield from histories.events_without_words(sources)
    for path, text in _files(root, "templates", {".html", ".txt"}):
        yield from pages.broken_rules(path, text, floors)
    for path, text in _files(root, "static/css", {".css"}):
        yield from styles.broken_rules(path, text)
    yield from words.broken_rules(root)


def main(root: Path) -> int:
    """Print what is broken; 1 where anything is."""
    found = sorted(set(findings(root)))
    for finding in found:
        print(finding)
    return 1 if found else 0


def _files(root: Path, folder: str, suffixes: set[str]) -> Iterator[tuple[Path, str]]:
    for path in sorted((root / folder).rglob("*")):
        if path.suffix in suffixes:
            yield path.relative_to(root), path.read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(Path.cwd()))
