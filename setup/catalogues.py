"""The message catalogue: campapp/translations/parts/*.po, one for each part, merged and compiled, not committed."""

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


def parts(root: Path) -> list[Path]:
    """The catalogues that people write, one for each part of the house."""
    return sorted((root / "campapp" / "translations" / "parts").glob("*.po"))


def stale(root: Path) -> list[Path]:
    """The parts that are newer than what was compiled from all of them."""
    target = _compiled(root)
    return [po for po in parts(root) if not target.exists() or target.stat().st_mtime < po.stat().st_mtime]


def translate(root: Path) -> None:
    """Merge the parts and compile them with Babel."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged = Catalog(locale="zh_CN", domain="messages")
    for po in parts(root):
        with po.open("rb") as source:
            for message in read_po(source, locale="zh_CN"):
                if message.id and message.string:
                    merged[message.id] = message
    _compiled(root).parent.mkdir(parents=True, exist_ok=True)
    with _compiled(root).open("wb") as target:
        write_mo(target, merged)


def _compiled(root: Path) -> Path:
    return root / "campapp" / "translations" / "zh" / "LC_MESSAGES" / "messages.mo"
