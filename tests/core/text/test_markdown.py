"""Markdown can do nothing but be read."""

import pytest

from campapp.core.text.markdown import render


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](http://x.example/y.png)",
        "<img src=x onerror=y>",
        '[x](https://e.example "a\\" onclick=b")',
        "<svg onload=x>",
        "[x](data:text/html,y)",
    ],
)
def test_nothing_in_it_runs_or_loads(text):
    html = render(text)
    assert "<script" not in html and "<img" not in html and "<svg" not in html
    assert 'href="javascript' not in html and 'href="data' not in html


def test_headings_begin_below_those_of_the_page():
    assert render("# A\n## B") == "<h3>A</h3>\n<h4>B</h4>\n"


def test_a_line_stays_a_line_and_a_table_a_table():
    assert render("一\n二") == "<p>一<br>\n二</p>\n"
    assert "<td>1</td>" in render("|a|\n|-|\n|1|")


def test_a_link_leads_out_without_a_recommendation():
    assert (
        render("[x](https://e.example)")
        == '<p><a href="https://e.example" rel="noopener noreferrer nofollow">x</a></p>\n'
    )
