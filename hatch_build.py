"""The wheel's build hook: makes front-end files and catalogues, and takes in what lies beside the package."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BESIDE = ("templates", "static", "migrations")
"""Folders that stand beside campapp/ in a checkout and inside it in a wheel."""


class CampappBuildHook(BuildHookInterface[Any]):
    """Runs before a wheel is packed; an editable installation takes everything from the tree."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make what is not committed, and include it."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, self.root)
        from setup import catalogues, frontend

        frontend.fetch(root)
        catalogues.translate(root)
        for name in BESIDE:
            if (root / name).is_dir():
                build_data["force_include"][str(root / name)] = f"campapp/{name}"
