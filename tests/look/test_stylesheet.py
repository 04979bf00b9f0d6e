"""One stylesheet: the order of the layers first, nothing that the oldest browser cannot read, small enough."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask, render_template_string

from campapp.core.stylesheet import joined
from tests.look.gallery import ROOT

FOLDER = ROOT / "static" / "css"
PLAIN = re.sub(r"/\*.*?\*/", "", joined(FOLDER).text.decode(), flags=re.DOTALL)


def test_the_order_of_the_layers_is_stated_before_anything_else() -> None:
    assert PLAIN.lstrip().startswith("@layer reset, tokens, base, components, rooms, print;")


def test_another_content_has_another_name(tmp_path: Path) -> None:
    (tmp_path / "tokens.css").write_text("@layer reset;")
    before = joined(tmp_path).name
    (tmp_path / "chip.css").write_text(".chip { color: var(--ink) }")
    assert joined(tmp_path).name != before


def test_a_part_follows_its_whole(tmp_path: Path) -> None:
    for name in ("tokens", "line-x", "line"):
        (tmp_path / f"{name}.css").write_text(f".{name} {{}}")
    assert joined(tmp_path).text == b".tokens {}\n.line {}\n.line-x {}"


@pytest.mark.parametrize(
    "newer", ["light-dark(", "color-mix(", "oklch(", "dvh", "@container", "@scope", "(width"]
)
def test_the_oldest_browser_can_read_it(newer: str) -> None:
    assert newer not in PLAIN.replace("--vh: 1dvh", "").replace("(height: 1dvh)", "")


def test_no_rule_is_nested_in_another() -> None:
    inner = re.sub(r"@(?:media|layer|supports|keyframes|page|font-face|bottom-right)[^{]*\{", "{@", PLAIN)
    depth = 0
    for brace in re.finditer(r"\{@|\{|\}", inner):
        assert not (brace[0] == "{" and depth), inner[brace.start() - 120 : brace.start()]
        depth = 1 if brace[0] == "{" else 0
    assert "&" not in PLAIN


def test_style_and_frame_scripts_leave_room_for_a_page_under_seventy_kilobytes() -> None:
    assert len(joined(FOLDER).zipped) < 24_000


def test_what_the_part_translates_is_said_in_chinese(gallery: Flask) -> None:
    with gallery.test_request_context("/?lang=zh"):
        gallery.preprocess_request()
        assert render_template_string("{{ _('Skip to content') }}") == "跳到正文"
