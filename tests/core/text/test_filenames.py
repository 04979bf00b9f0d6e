"""Names of files: nothing of a path, nothing unseen, the ending kept, none twice."""

from __future__ import annotations

import pytest

from campapp.core.text.filenames import distinct, safe_name, shortened


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("路演·终稿.pdf", "路演·终稿.pdf"),
        ("买买提·吐尔逊.docx", "买买提·吐尔逊.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\li\\路演.pdf", "路演.pdf"),
        ("..", "file"),
        ("", "file"),
        ("我的\u3000文件\u00a0终.pdf", "我的 文件 终.pdf"),
        ("fdp\u202ecod.exe", "fdpcod.exe"),
        ("a\0b\n.pdf", "ab.pdf"),
        ("我们👨\u200d👩\u200d👧.png", "我们👨\u200d👩\u200d👧.png"),
        ("re\u0301sume\u0301.pdf", "résumé.pdf"),
        ("𠮷野.pdf", "𠮷野.pdf"),
    ],
)
def test_a_name_is_kept_as_it_is_seen(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_name_is_cut_before_its_ending() -> None:
    assert safe_name("长" * 300 + ".pdf") == "长" * 196 + ".pdf"
    assert len(safe_name("长" * 300)) == 200
    assert shortened("长" * 100 + ".pdf", 60, 100) == "长" * 32 + ".pdf"
    assert shortened("👨" * 100 + ".pdf", 60, 100) == "👨" * 24 + ".pdf"


def test_no_two_names_are_the_same_not_even_one_that_looks_numbered() -> None:
    taken: set[str] = set()
    names = [distinct(name, taken) for name in ("a.pdf", "A.pdf", "a (2).pdf", "a.pdf", ".x", ".x")]
    assert names == ["a.pdf", "A (2).pdf", "a (2) (2).pdf", "a (3).pdf", ".x", ".x (2)"]
