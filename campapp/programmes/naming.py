"""Whom a public notice names without having asked: rooms above say who must agree; staff may know better."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from campapp.core.access import Refused
from campapp.core.action import Act
from campapp.core.language import gettext as _
from campapp.programmes.models import Notice

finders: list[Callable[[int, str], Iterable[str]]] = []
"""(programme, words) → the names in these words of those who do not agree to being named in public."""


class NamesUnasked(Refused):
    """The words name somebody who did not agree to it."""

    def __init__(self, names: list[str]) -> None:
        said = _(", ").join(names)
        super().__init__(
            "notice", _("It names who has not agreed to be named in public: %(names)s.", names=said)
        )
        self.names = names


def refuse_unasked(act: Act, notice: Notice, *, sure: bool) -> None:
    """Before a notice is public. `sure`: the staff looked, and the words mean somebody or something else.

    Raises:
        NamesUnasked: it names those who did not agree.
    """
    words = f"{notice.title_zh}\n{notice.title_en}\n{notice.text_zh}\n{notice.text_en}"
    names = [name for find in finders for name in find(notice.programme_id, words)]
    if names and not sure:
        raise NamesUnasked(names)
    if names:
        act.note(published_over_warning=len(names))
