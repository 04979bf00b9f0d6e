"""What set-up tells the person who waits for it."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


class SetupError(Exception):
    """Set-up cannot go on; the message says what is missing and what to do."""


def say(text: str) -> None:
    """One line about what is being done, at once."""
    print(f"campapp: {text}", flush=True)


def run(
    command: Sequence[str | Path], *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> None:
    """Run a command quietly; on failure show the last of what it said and raise SetupError."""
    done = subprocess.run(
        [str(word) for word in command],
        check=False,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise failure(command, done.stdout + done.stderr)


def follow(command: Sequence[str | Path], *, starting: tuple[str, ...], total: int) -> None:
    """Run a command and count the lines that begin with one of some words, `total` of them expected."""
    words = [str(word) for word in command]
    said: list[str] = []
    seen = 0
    with subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as child:
        for line in child.stdout or ():
            said.append(line)
            if line.startswith(starting):
                seen += 1
                _progress(seen, total, Path(line.split()[1]).name)
            elif line.startswith("Installing collected packages"):
                _progress(total, total, "unpacking")
    if sys.stdout.isatty():
        print("\r\033[K", end="", flush=True)
    if child.returncode:
        raise failure(command, "".join(said))


def failure(command: Sequence[str | Path], output: str) -> SetupError:
    """A failed command as an error that shows its last words."""
    last = "\n".join(f"  {line}" for line in output.strip().splitlines()[-15:])
    return SetupError(f"this failed: {' '.join(str(word) for word in command)}\n{last}")


def _progress(seen: int, total: int, name: str) -> None:
    if sys.stdout.isatty():
        print(f"\r\033[K  {seen} of {total}  {name}", end="", flush=True)
    elif seen % 20 == 0 or seen == total:
        print(f"  {seen} of {total}  {name}", flush=True)
