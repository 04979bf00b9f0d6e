"""The floors of the house, read from import-linter's contract so that they are written down once."""

import tomllib
from pathlib import Path


class Floors:
    """Which room stands on which floor; the highest floor has the smallest number."""

    def __init__(self, root: Path) -> None:
        settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
        contract = settings["tool"]["importlinter"]["contracts"][0]
        self.floor = {
            name.strip(" ()"): floor
            for floor, layer in enumerate(contract["layers"])
            for name in layer.split("|")
        }

    def allow(self, room: str, other: str) -> bool:
        """Whether a room may point at another: itself, or one on a lower floor."""
        if room == other:
            return True
        return room in self.floor and other in self.floor and self.floor[room] < self.floor[other]


def room_of(path: Path) -> str:
    """The room of a file given from the tree's root: `campapp/teams/views.py` is of `teams`."""
    return path.parts[1].removesuffix(".py") if len(path.parts) > 1 else ""
