"""What is announced, asked, written and still owed in the present camps."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.accounts.sessions import make_actor
from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.action import bulk
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.text.dates import end_of
from campapp.demo.people import Cast, acting
from campapp.demo.present import today
from campapp.demo.stock import ZONE
from campapp.dues.actions.follow_up import write_follow_up
from campapp.matching.models import Match
from campapp.matching.states import ANSWERED
from campapp.programmes.actions.faq import write_faq
from campapp.programmes.actions.form import put_to_use
from campapp.programmes.actions.notice import publish_notice
from campapp.programmes.models import Programme
from campapp.teams.models import Member
from campapp.threads.actions.post import ask, write, write_on_application, write_on_match

FAQS = (
    ("提交后还能修改吗？", "May an entry be changed after it is submitted?",
     "截止时间前随时可以修改，以最后一次提交为准。", "At any time until the deadline; what was submitted last counts."),
    ("参加需要费用吗？", "Does taking part cost anything?", "不收取任何费用。", "No, nothing."),
)  # fmt: skip


def plant(cast: Cast) -> None:
    """In the camp whose call is open, and in those of which the demo captain's team is part."""
    rows = {row.title_zh[:4]: row for row in db.session.scalars(select(Programme).order_by(Programme.id))}
    _call(rows["开源创新"], cast)
    _tomorrow(rows["智慧园区"], cast)


def _call(programme: Programme, cast: Cast) -> None:
    with bulk():
        for zh, en, answer_zh, answer_en in FAQS:
            write_faq(programme, question_zh=zh, question_en=en, answer_zh=answer_zh, answer_en=answer_en)
        publish_notice(
            programme, title_zh="线上说明会安排", title_en="An online session for questions",
            text_zh="报名截止前一周每天 15:00 举行，**无需预约**。", pinned=True,
            text_en="Every day at 15:00 in the week before the deadline; **no booking needed**.",
        )  # fmt: skip
    with current.set(actor=make_actor(cast.member.id, cast.member.name, True, "")):
        ask(programme, "我们团队还没有注册公司，可以用高校名义报名吗？")


def _tomorrow(programme: Programme, cast: Cast) -> None:
    day = today()
    with bulk():
        for wanted, zh, en in (
            ("team:accepted", "行前信息", "Before you come"),
            ("company:confirmed", "企业到场信息", "Your people at the camp"),
        ):
            row = write_follow_up(
                programme, wanted, title_zh=zh, title_en=en, due_at=end_of(day, ZONE), usual=True
            )
            put_to_use(row)
    entry = _entry_of(programme, cast.captain)
    with clock.at(clock.now() - timedelta(hours=3)), acting(cast.captain, f"member:{entry.team_id}"):
        thread = write_on_application(entry, "展台可以自带样机吗？大约 30 公斤。")
    with clock.at(clock.now() - timedelta(hours=2)), acting(cast.organiser, f"organiser:{programme.id}"):
        write(thread, "可以，请 8:30 前从东门货梯进场。")
    match = db.session.scalars(
        select(Match)
        .where(Match.application_id == entry.id, Match.state.in_(ANSWERED))
        .order_by(Match.id)
        .limit(1)
    ).first()
    if match is not None:
        with acting(cast.captain, f"member:{entry.team_id}"):
            write_on_match(match, "见面前需要我们准备测试数据吗？")


def _entry_of(programme: Programme, captain: Account) -> Application:
    """The demo captain's entry."""
    teams = select(Member.team_id).where(Member.account_id == captain.id)
    found = select(Application).where(
        Application.programme_id == programme.id, Application.team_id.in_(teams)
    )
    return db.session.scalars(found.order_by(Application.id).limit(1)).one()
