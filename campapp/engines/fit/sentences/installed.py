"""Where a package lies whose files are read and whose code is not run."""

from importlib.util import find_spec
from pathlib import Path


def is_there(name: str) -> bool:
    """Whether the package is installed."""
    return find_spec(name) is not None


def folder_of(name: str) -> Path:
    """The folder of an installed package.

    Raises:
        LookupError: it is not installed.
    """
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"the package that holds {name} is not installed")
    return Path(spec.submodule_search_locations[0])
