"""Each house rule finds the fault that it is for, and lets the right way pass."""

from pathlib import Path

import pytest

from checks import code, pages, styles
from checks.floors import Floors

ROOT = Path(__file__).resolve().parents[2]
FLOORS = Floors(ROOT)
VIEW = "campapp/teams/views.py"


def faults(text: str, path: str = VIEW) -> list[str]:
    return [finding.text for finding in code.broken_rules(code.Source(Path(path), text))]


def page_faults(text: str, path: str = "templates/teams/show.html") -> list[str]:
    return [finding.text for finding in pages.broken_rules(Path(path), text, FLOORS)]


def relation_faults(room: str, line: str) -> list[str]:
    tables = "class Match(Base):\n    __tablename__ = 'matches'\n"
    sources = [
        code.Source(Path("campapp/matching/models.py"), tables),
        code.Source(Path(f"campapp/{room}/models.py"), f"class Row(Base):\n    {line}\n"),
    ]
    return [finding.text for finding in code.relations_that_point_up(sources, FLOORS)]


@pytest.mark.parametrize(
    "line",
    [
        "db.session.add(team)",
        "session.delete(team)",
        "db.session.commit()",
        "db.session.flush()",
        "db.session.execute(update(Team).values(name='x'))",
    ],
)
def test_a_view_does_not_write(line: str) -> None:
    assert len(faults(f"def show():\n    {line}\n")) == 1
    assert faults(f"def show():\n    {line}\n", "campapp/teams/actions/membership.py") == []
    assert faults(f"def show():\n    {line}\n", "campapp/core/db.py") == []


def test_a_view_reads_as_it_likes() -> None:
    assert faults("def show():\n    db.session.execute(select(Team)); seen.add(1)\n") == []


def test_an_inner_import_of_our_own_says_why() -> None:
    assert len(faults("def show():\n    from campapp.pool import models\n")) == 1
    assert faults("def show():\n    from campapp.pool import models  # why: only for the demo\n") == []
    assert faults("def show():\n    import json\n") == []


def test_a_route_names_its_rule() -> None:
    assert len(faults("@bp.get('/teams')\ndef index(): ...\n")) == 1
    assert len(faults("@bp.post('')\ndef index(): ...\n")) == 1
    assert faults("@bp.get('/teams')\n@guarded_by(may_see)\ndef index(): ...\n") == []
    assert faults("@bp.get('/teams')\n@public\ndef index(): ...\n") == []
    assert faults("@cache.get('teams')\ndef index(): ...\n") == []


def test_a_function_has_forty_lines_and_an_engines_has_eighty() -> None:
    function = "def long():\n" + "    x = 1\n" * 39
    assert faults(function) == []
    assert faults(function + "    x = 1\n") == ["long() has 41 lines, 40 are the most"]
    assert faults(function + "    x = 1\n", "campapp/engines/fit/engine.py") == []


@pytest.mark.parametrize(
    "line", ["team.state = 'open'", "setattr(team, 'state', 'open')", "update(Team).values(state='open')"]
)
def test_a_state_moves_by_its_table(line: str) -> None:
    assert "a state is assigned past its table of transitions" in faults(f"{line}\n")
    assert faults(f"{line}\n", "campapp/core/states.py") == []


def test_a_file_says_what_is_in_it() -> None:
    assert len(faults("", "campapp/teams/utils.py")) == 1


@pytest.mark.parametrize(
    "line",
    [
        "match_id = mapped_column(ForeignKey('matches.id'))",
        "match: Mapped['Match'] = relationship()",
        "match = relationship('Match')",
    ],
)
def test_a_row_points_down_only(line: str) -> None:
    name = "matches" if "matches" in line else "Match"
    assert relation_faults("teams", line) == [f"teams points up at {name} of matching"]
    assert relation_faults("judging", line) != []
    assert relation_faults("scheduling", line) == []
    assert relation_faults("matching", line) == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>Hello</p>",
        "<p>{{ _('Hello') }} there</p>",
        "<p>报名</p>",
        '<img alt="A team">',
        '<input placeholder="团队">',
    ],
)
def test_what_a_person_reads_goes_through_gettext(text: str) -> None:
    assert [fault.partition(":")[0] for fault in page_faults(text)] == ["text outside gettext"]


@pytest.mark.parametrize(
    "text",
    [
        "<p>{{ _('Hello') }}: 3 × 4 &nbsp;</p>",
        "<p>{% trans name=name %}Hello {{ name }}{% endtrans %}</p>",
        '<a lang="zh" translate="no">中文</a><img alt="">',
        "<code>--data DIR</code>{# a remark #}",
        '<span title="XLSX">TRL ≥ {{ trl }}</span>',
        "{% block body_class %}tool-wide{% endblock %}",
        '<{{ tag }} class="field" title="{{ _("Hello") }}">{{ name }}{{ rest }}</{{ tag }}>',
        '<{% if link %}a{% else %}div{% endif %} class="field">{{ name }}</{% if link %}a{% else %}div{% endif %}>',
    ],
)
def test_what_is_no_words_may_stand(text: str) -> None:
    assert page_faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red"></p>',
        '<button onclick="go()"></button>',
        '<a href="javascript:go()"></a>',
        '<p hx-on:click="go()"></p>',
        "<script>go()</script>",
        "<style>p { color: red }</style>",
    ],
)
def test_a_template_has_no_behaviour_and_no_style_of_its_own(text: str) -> None:
    assert len(page_faults(text)) == 1


def test_data_for_a_behaviour_may_stand_in_a_page() -> None:
    assert page_faults('<script src="/a.js"></script><script type="application/json">{"a": 1}</script>') == []


def test_a_template_takes_in_what_is_below() -> None:
    assert page_faults('{% include "pool/_card.html" %}') == ["teams points up at pool/_card.html"]
    assert page_faults('{% include "companies/_card.html" %}') == ["teams points up at companies/_card.html"]
    assert page_faults('{% extends "_layout/page.html" %}{% include "accounts/_name.html" %}') == []
    assert page_faults('{% include "teams/_name.html" %}', "templates/_layout/page.html") != []
    assert page_faults('{% extends "_layout/page.html" %}', "templates/errors/404.html") == []


def test_a_mail_is_in_both_languages() -> None:
    assert page_faults("Dear {{ name }},\n", "templates/teams/mail/invitation.txt") != []
    assert page_faults("{{ _('Dear %(name)s,', name=name) }}\n", "templates/teams/mail/invitation.txt") == []


@pytest.mark.parametrize("line", ["color: #fff;", "color: rgb(1 2 3);", "font-size: 14px;"])
def test_raw_values_stand_among_the_tokens(line: str) -> None:
    text = f"#badge .fff {{ {line} }}"
    assert len(list(styles.broken_rules(Path("static/css/badge.css"), text))) == 1
    assert list(styles.broken_rules(Path("static/css/tokens.css"), text)) == []


def test_a_style_sheet_takes_its_values_from_the_tokens() -> None:
    text = "#add { color: var(--ink); font-size: var(--t2); background: url(#badge); width: 2rem }"
    assert list(styles.broken_rules(Path("static/css/badge.css"), text)) == []


@pytest.mark.parametrize(
    "line",
    ["db.session.get(Team, 3, with_for_update=True)", "select(Team).with_for_update()",
     "select(Team).with_for_update(skip_locked=True)"],
)  # fmt: skip
def test_a_row_is_locked_so_that_others_may_refer_to_it(line: str) -> None:
    assert len(faults(f"row = {line}")) == 1
    right = line.replace("update=True", "update=LOCK").replace("update(", "update(key_share=True, ")
    assert faults(f"row = {right}") == []
