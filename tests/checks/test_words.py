"""A text without its Chinese is found, wherever it stands, and so is one with two."""

from pathlib import Path

from checks import words

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def found(root: Path, *, page: str = "", code: str = "", **parts: str) -> list[str]:
    (root / "templates" / "_macros").mkdir(parents=True)
    (root / "templates" / "_macros" / "page.html").write_text(page, encoding="utf-8")
    (root / words.PARTS).mkdir(parents=True)
    (root / "campapp" / "code.py").write_text(code, encoding="utf-8")
    for name, text in parts.items():
        (root / words.PARTS / f"{name}.po").write_text(HEAD + text, encoding="utf-8")
    return [str(finding) for finding in words.broken_rules(root)]


def test_a_text_of_a_macro_without_chinese_is_found(tmp_path: Path) -> None:
    assert found(tmp_path, page='{% do x %}\n{{ _("Act for %(name)s", name=name) }}') == [
        "templates/_macros/page.html:2: no Chinese for “Act for %(name)s”"
    ]


def test_a_text_with_its_chinese_passes(tmp_path: Path) -> None:
    assert not found(tmp_path, code='_l("To")', people='msgid "To"\nmsgstr "收件人"\n')


def test_two_translations_of_one_text_are_found(tmp_path: Path) -> None:
    only = found(tmp_path, a='msgid "To"\nmsgstr "收件人"\n', b='msgid "To"\nmsgstr "结束"\n')
    assert len(only) == 1 and "“To” has two translations (a: 收件人, b: 结束)" in only[0]


def test_a_context_tells_two_texts_apart(tmp_path: Path) -> None:
    parts = {"a": 'msgid "To"\nmsgstr "收件人"\n', "b": 'msgctxt "range"\nmsgid "To"\nmsgstr "到"\n'}
    assert not found(tmp_path, code='_("To"); pgettext("range", "To")', **parts)
