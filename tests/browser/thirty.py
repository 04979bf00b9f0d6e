"""Thirty entries that wait for their formal check, a few of which fail by themselves."""

from __future__ import annotations

from typing import Any

from stdnum.cn import uscc

from campapp.accounts.actions import begin_session, found_account
from campapp.accounts.models import Account
from campapp.applications.actions.draft import begin_application, save_answer
from campapp.applications.actions.submission import submit
from campapp.core.action import bulk
from campapp.pool.actions import write_down_project
from campapp.programmes.actions.programme import set_staff
from campapp.programmes.models import Programme
from campapp.teams.actions import found_team

COUNT = 30
COMPANIES = frozenset(range(0, COUNT, 3))
WITHOUT_CODE = (6, 15)
TWINS = (9, 21)
"""Two entries of one organisation: each names the other."""


def code_of(number: int) -> str:
    """A credit code that fits its check character."""
    bare = f"91000000{9 if number in TWINS else number:09d}"
    return bare + str(uscc.calc_check_digit(bare))


def name_of(number: int) -> str:
    """The team's name."""
    return f"星河{number + 1:02d}队"


def hand_in(programme: Programme) -> list[Account]:
    """All of them, each by a captain of its own: the captains."""
    captains = []
    with bulk():
        for number in range(COUNT):
            captain = found_account(
                name=f"队长{number + 1:02d}", kind="mail", value=f"captain{number}@thirty.example", confirmed=True,
                locale="zh_CN",
            )  # fmt: skip
            captains.append(captain)
            _entry(programme, captain, number)
    return captains


def _entry(programme: Programme, captain: Account, number: int) -> None:
    team = found_team(captain, name_of(number))
    project = write_down_project(team, f"星河项目{number + 1:02d}", locale="zh_CN")
    entry = begin_application(team, programme, project)
    for key, value in _answers(number).items():
        save_answer(entry, key, value)
    submit(entry, f"thirty-{number}", agreed=("companies",))


def _answers(number: int) -> dict[str, Any]:
    company = number in COMPANIES
    found = {"summary": "面向园区的边缘推理。", "sector": "人工智能", "trl": "6",
             "entity": "enterprise" if company else "team"}  # fmt: skip
    return found | ({"credit_code": code_of(number)} if company and number not in WITHOUT_CODE else {})


def colleague(programme: Programme) -> str:
    """A second checker of this programme; the token of a session."""
    account = found_account(
        name="郑审查", kind="mail", value="checker@thirty.example", confirmed=True, locale="zh_CN"
    )
    set_staff(programme, account, "helper")
    return begin_session(account, membership=f"organiser:{programme.id}")
