"""`python -m checks.sizes`: how long files, functions and templates are, beside what is aimed at."""

import sys
from pathlib import Path
from statistics import median

from checks.code import Source, length_of

AIMS = {"file": (90, 250), "function": (8, 20), "template": (None, 100)}


def distribution(root: Path) -> dict[str, list[int]]:
    """Physical lines of each file, function and template, sorted."""
    sources = [
        Source(path.relative_to(root), path.read_text(encoding="utf-8"))
        for path in (root / "campapp").rglob("*.py")
    ]
    return {
        "file": sorted(source.text.count("\n") for source in sources if source.text),
        "function": sorted(length_of(function) for source in sources for function in source.functions),
        "template": sorted(
            path.read_text(encoding="utf-8").count("\n") for path in (root / "templates").rglob("*.html")
        ),
    }


def percentile(sorted_lengths: list[int], share: float) -> int:
    """The smallest length that at least this share of them do not exceed."""
    return sorted_lengths[max(0, -(-int(len(sorted_lengths) * share * 1000) // 1000) - 1)]


def main(root: Path) -> int:
    """Print the table; only house.py breaks a build."""
    print(f"{'':10}{'count':>7}{'median':>8}{'aim':>6}{'p90':>7}{'aim':>6}{'max':>7}")
    for kind, lengths in distribution(root).items():
        if lengths:
            middle, ninth = AIMS[kind]
            cells = f"{len(lengths):>7}{median(lengths):>8.0f}{middle or '':>6}"
            print(f"{kind:10}{cells}{percentile(lengths, 0.9):>7}{ninth:>6}{lengths[-1]:>7}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path.cwd()))
