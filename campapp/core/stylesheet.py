"""One stylesheet from a file a component: joined at start, served under the digest of what it holds."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Stylesheet:
    """The whole of static/css in one answer."""

    text: bytes
    zipped: bytes
    digest: str

    @property
    def name(self) -> str:
        """A file name that changes with the content, so that it may be kept for ever."""
        return f"campapp-{self.digest}.css"


def joined(folder: Path) -> Stylesheet:
    """All style files under `folder`; tokens first, because they state the order of the layers.

    Within a layer two components never style the same thing; only a part (`board-hold`) follows its whole (`board`).
    """
    tokens = folder / "tokens.css"
    files = [tokens, *sorted((path for path in folder.rglob("*.css") if path != tokens), key=_without_suffix)]
    text = b"\n".join(path.read_bytes() for path in files)
    return Stylesheet(text, gzip.compress(text, 9, mtime=0), hashlib.sha256(text).hexdigest()[:12])


def _without_suffix(path: Path) -> str:
    return path.with_suffix("").as_posix()
