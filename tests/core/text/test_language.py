"""What was typed in one language, perhaps with the other beside it, reads in the reader's own."""

from types import SimpleNamespace

import pytest

from campapp.core.language import say


@pytest.mark.parametrize(
    ("locale", "other", "reader", "read"),
    [
        ("zh_CN", "Screening", "zh_CN", "筛查"), ("zh_CN", "Screening", "en", "Screening"),
        ("zh_CN", "", "en", "筛查"), ("en", "Screening", "zh_CN", "Screening"),
    ],
)  # fmt: skip
def test_the_readers_language_comes_first(locale: str, other: str, reader: str, read: str) -> None:
    row = SimpleNamespace(title="筛查", title_other=other, locale=locale)
    assert say(row, "title", reader) == read
