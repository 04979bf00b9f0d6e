"""`python -m checks [STEP …]`: what `make check` runs, each a named, timed step."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

STEPS: dict[str, list[str]] = {
    "ruff": [f"{BIN}/ruff", "check", "--quiet", "."],
    "format": [f"{BIN}/ruff", "format", "--quiet", "--check", "--diff", "."],
    "types": [f"{BIN}/mypy", "--no-error-summary"],
    "floors": [f"{BIN}/lint-imports", "--no-logo"],
    "templates": [f"{BIN}/djlint", "--lint", "--quiet", "templates"],
    "house": [sys.executable, "-m", "checks.house"],
    "sizes": [sys.executable, "-m", "checks.sizes"],
}
SHOWN_ALWAYS = {"sizes"}


def main(names: list[str]) -> int:
    """Take every step, show what failed, and end in one line that counts."""
    failed = [name for name in names or STEPS if not _passes(name)]
    print(f"check: {', '.join(failed)} failed" if failed else "check: all passed", flush=True)
    return 1 if failed else 0


def _passes(name: str) -> bool:
    began = time.monotonic()
    done = subprocess.run(STEPS[name], check=False, cwd=ROOT, capture_output=True, text=True)
    passed = done.returncode == 0
    print(f"{name:10} {'passed' if passed else 'FAILED'} {time.monotonic() - began:6.1f} s", flush=True)
    if not passed or name in SHOWN_ALWAYS:
        print((done.stdout + done.stderr).rstrip(), flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
