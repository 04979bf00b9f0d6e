"""The message catalogues: campapp/translations/**/*.po compiled beside themselves, not committed."""

import subprocess
from pathlib import Path

from setup.environment import python_of
from setup.say import SetupError, say


def compile_stale(root: Path) -> None:
    """Compile what was edited since, in the environment, where Babel is."""
    if stale(root):
        say("compiling the message catalogues")
        done = subprocess.run([python_of(root / ".venv"), "-m", "setup", "translate"], check=False, cwd=root)
        if done.returncode:
            raise SetupError("a message catalogue could not be compiled")


def stale(root: Path) -> list[Path]:
    """The catalogues that are newer than what was compiled from them."""
    found = sorted((root / "campapp" / "translations").glob("*/LC_MESSAGES/*.po"))
    return [
        po for po in found if not _compiled(po).exists() or _compiled(po).stat().st_mtime < po.stat().st_mtime
    ]


def translate(root: Path) -> None:
    """Compile the stale catalogues with Babel."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po in stale(root):
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parent.parent.name, domain=po.stem)
        with _compiled(po).open("wb") as target:
            write_mo(target, catalogue)


def _compiled(po: Path) -> Path:
    return po.with_suffix(".mo")
