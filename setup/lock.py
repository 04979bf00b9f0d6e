"""Renew the locks: requirements.lock and setup/node.lock by uv, package-lock.json by npm.

Whoever renews them needs uv; whoever installs from them needs pip only.
"""

import shutil
import tempfile
from pathlib import Path

from setup.frontend import npm
from setup.say import SetupError, run, say

COMPILE = (
    "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url",
    "--no-emit-find-links", "--custom-compile-command", "make lock", "--upgrade", "--quiet",
)  # fmt: skip


def renew(root: Path) -> None:
    """Resolve everything anew, within what pyproject.toml, setup/node.in and package.json allow."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(root / ".venv" / "bin"))
    if not uv:
        raise SetupError("renewing the locks needs uv: .venv/bin/pip install uv")
    say("resolving requirements.lock and setup/node.lock")
    run([uv, *COMPILE, "pyproject.toml", "--group", "dev", "-o", "requirements.lock"], cwd=root)
    run([uv, *COMPILE, "setup/node.in", "-o", "setup/node.lock"], cwd=root)
    say("resolving package-lock.json")
    with tempfile.TemporaryDirectory(prefix="campapp-lock-") as name:
        folder = Path(name)
        shutil.copy(root / "package.json", folder)
        npm(
            root,
            folder,
            "install",
            "--package-lock-only",
            "--ignore-scripts",
            "--omit-lockfile-registry-resolved",
        )
        shutil.copy(folder / "package-lock.json", root)
