"""A competition at the front door: made on one page, promoted or not, asked for what is still owed; no company days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import refresh
from sqlalchemy import func, select

from campapp.accounts.models import Account
from campapp.applications.actions.decision import decide
from campapp.applications.models import Application, Consent
from campapp.core import clock
from campapp.core.access import Refused
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.form.asked import all_fields
from campapp.core.outbox import Letter
from campapp.core.states import NotAllowed
from campapp.dues.actions.follow_up import write_follow_up
from campapp.dues.models import Due
from campapp.messages.groups import reached
from campapp.programmes.actions.form import change_form, put_to_use
from campapp.programmes.actions.programme import set_tracks
from campapp.programmes.models import EntryForm, FollowUp, Notice, Programme, Slot, Track
from campapp.programmes.ready_made import usual_later
from campapp.programmes.standard_form import STANDARD
from tests.cast import actor, browser, person
from tests.factories import BEFORE, application, camp, competition

NEW = {
    "title-zh": "5G应用大赛", "title-en": "5G Contest", "lead-zh": "", "lead-en": "", "place-zh": "", "place-en": "",
    "first_day": "2026-12-01", "last_day": "2026-12-01", "opens_at": "", "zone": "Asia/Shanghai",
    "deadline": "2026-11-28 24:00", "wanted": "30", "tracks-0-id": "", "tracks-0-title_zh": "应急管理",
    "tracks-0-title_en": "Emergencies", "contact_mail": "",
}  # fmt: skip
OF_CAMPS = (
    "plan", "sessions/new", "companies", "companies/new", "absences", "matching", "calls", "releases/new", "board",
    "publication/new", "slips", "paper/table-signs", "paper/slips", "paper/day-sheets/team",
)  # fmt: skip
OF_BOTH = (
    "overview", "edit", "deadline", "zone", "form", "form/templates", "groups", "groups/new", "checklist", "allowances",
    "applications", "applications/proposal", "recommendations", "consents", "result/new", "follow-ups",
    "follow-ups/new", "dues", "notices", "notices/new", "faq", "faq/new", "messages", "messages/new", "messages/log",
    "threads", "staff", "report", "paper", "paper/attendance", "paper/badges/team", "paper/badges/staff", "attendance",
    "retention", "rehearsal", "copies/new", "sheets.zip",
)  # fmt: skip


class Scene:
    """A competition with four entries: two eligible, one only submitted, one begun."""

    def __init__(self, app: Flask) -> None:
        self.app, self.organiser, self.captain = app, person("Olga"), person("Cara")
        self.programme = competition(self.organiser)
        self.first = application(self.programme, self.captain, "Alpha", state="eligible")
        self.second = application(self.programme, person("Wei Ting"), "Beta", state="eligible")
        self.new = application(self.programme, person("Nadia"), "Gamma", state="submitted")
        self.page = f"/programmes/{self.programme.slug}"
        self.staff: FlaskClient = browser(app, self.organiser)
        self.team: FlaskClient = browser(app, self.captain)

    def decide(self, state: str, *rows: Application) -> str:
        sent = {"to": state, "chosen": ",".join(f"{row.id}:{row.state}" for row in rows), "reason": ""}
        answer = self.staff.post(f"{self.page}/decisions", data=sent)
        assert answer.status_code == 303
        db.session.expire_all()
        return str(answer.headers["Location"])


@pytest.fixture
def scene(app: Flask) -> Iterator[Scene]:
    with clock.at(BEFORE):
        yield Scene(app)


def chinese(client: FlaskClient, page: str, account: Account | None = None) -> str:
    """The page as who reads Chinese sees it; the context of a test remembers the language that was read before."""
    if account is not None:
        account.locale = "zh_CN"
        db.session.commit()
    refresh()
    return client.get(page, headers={"Accept-Language": "zh-CN"}).text


def test_a_competition_is_made_on_one_page_and_asks_for_no_company_day(app: Flask) -> None:
    client = browser(app, person("Ada", administrator=True))
    asked = client.get("/programmes/new?kind=competition").text
    assert "A new competition" in asked and "Number of teams to be promoted" in asked
    assert 'name="windows"' not in asked and 'name="tables"' not in asked
    assert 'name="windows"' in client.get("/programmes/new").text
    answer = client.post("/programmes?kind=competition", data=NEW)
    assert answer.status_code == 303
    made = db.session.scalars(select(Programme)).one()
    assert (made.kind, made.wanted, made.state) == ("competition", 30, "draft")
    assert db.session.scalar(select(func.count(Slot.id))) == 0
    assert [row.title_en for row in db.session.scalars(select(Track))] == ["Emergencies"]
    assert db.session.scalars(select(EntryForm)).one().number == 1
    assert client.get("/programmes/new?kind=fair").status_code == 404


def test_a_wrong_day_is_said_on_the_same_page_and_everything_else_is_kept(app: Flask) -> None:
    client = browser(app, person("Ada", administrator=True))
    answer = client.post("/programmes?kind=competition", data={**NEW, "last_day": "2026-11-01"})
    assert answer.status_code == 422
    assert "A new competition" in answer.text and "Emergencies" in answer.text
    assert 'action="/programmes?kind=competition"' in answer.text


@pytest.mark.parametrize("page", OF_BOTH)
def test_each_page_of_its_staff_opens(scene: Scene, page: str) -> None:
    answer = scene.staff.get(f"{scene.page}/{page}", follow_redirects=True)
    assert answer.status_code == 200


@pytest.mark.parametrize("page", OF_CAMPS)
def test_the_pages_of_a_company_day_are_refused_in_words(scene: Scene, page: str) -> None:
    answer = scene.staff.get(f"{scene.page}/{page}")
    assert answer.status_code == 403
    assert "A competition has no companies, tables or meetings." in answer.text
    with clock.at(BEFORE):
        other = browser(scene.app, scene.organiser, f"organiser:{camp(scene.organiser).id}")
    assert other.get(f"/programmes/open-source-camp/{page}").status_code == 200


def test_no_page_leads_to_a_company_day(scene: Scene) -> None:
    ways = [f'"{scene.page}/{page}' for page in (*OF_CAMPS, "paper/badges/company")]
    for page in ("/", *(f"{scene.page}/{one}" for one in OF_BOTH)):
        answer = scene.staff.get(page, follow_redirects=True)
        text = answer.text if answer.mimetype == "text/html" else ""
        assert [way for way in ways if f'{way}"' in text] == [], page


def test_the_public_page_reads_right_in_both_languages(scene: Scene) -> None:
    english, visitor = scene.team.get(scene.page).text, scene.app.test_client()
    assert "<span>Competition</span>" in english and "Acceleration camp" not in english
    assert "Register a team" in english
    zh = chinese(visitor, scene.page)
    assert "<span>大赛</span>" in zh and "加速营" not in zh
    assert "大赛" in chinese(visitor, "/programmes")


def test_its_tracks_have_their_own_word_in_chinese(scene: Scene) -> None:
    with current.set(actor=SYSTEM):
        set_tracks(scene.programme, [(None, "应急管理", "Emergencies")])
    assert "<h2>Tracks</h2>" in scene.team.get(scene.page).text
    assert "<h2>赛道</h2>" in chinese(scene.app.test_client(), scene.page)


def test_it_begins_with_a_form_that_asks_for_no_company(scene: Scene) -> None:
    document = db.session.scalars(select(EntryForm)).one().document
    fields = list(all_fields(document))
    assert document == STANDARD["competition"]
    assert [field["key"] for field in fields if field["kind"] == "file"] == ["introduction", "deck"]
    said = " ".join(str(value) for field in fields for value in field.values())
    assert "compan" not in said and "企业" not in said and "non-disclosure" not in said
    page = scene.staff.get(f"{scene.page}/form/templates").text
    assert f">{len(fields)}</td>" in page
    assert (
        "Whom you would like to meet"
        not in scene.team.get(f"{scene.page}/entry/new", follow_redirects=True).text
    )


def test_lists_offer_no_side_and_no_purpose_of_companies(scene: Scene) -> None:
    assert 'name="side"' not in scene.staff.get(f"{scene.page}/dues").text
    assert "Passing to companies" not in scene.staff.get(f"{scene.page}/consents").text


def test_its_entries_are_promoted_or_not_and_nothing_else(scene: Scene) -> None:
    listed = scene.staff.get(f"{scene.page}/applications").text
    assert "to=promoted" in listed and ("to=not+promoted" in listed or "to=not%20promoted" in listed)
    assert "to=accepted" not in listed and "to=waitlisted" not in listed
    assert "state=accepted" not in listed and "state=promoted" in listed
    refused = scene.staff.post(
        f"{scene.page}/decisions", data={"to": "accepted", "chosen": f"{scene.first.id}:eligible"}
    )
    assert refused.status_code == 404
    with current.set(actor=SYSTEM), pytest.raises(NotAllowed):
        decide(scene.first, "accepted")


def test_a_camp_promotes_nobody(scene: Scene) -> None:
    row = application(camp(), person("Ben"), "Delta", state="eligible")
    with current.set(actor=SYSTEM), pytest.raises(NotAllowed):
        decide(row, "promoted")


def test_decisions_wait_until_told_and_are_undone_together(scene: Scene) -> None:
    place = scene.decide("promoted", scene.first, scene.second)
    assert {scene.first.state, scene.second.state} == {"promoted"}
    held = select(Letter.state).where(Letter.template == "applications/promoted")
    assert db.session.scalars(held).all() == ["held", "held"]
    sending = place.rpartition("/")[2]
    scene.staff.post(f"{scene.page}/decisions/{sending}?_method=delete")
    db.session.expire_all()
    assert {scene.first.state, scene.second.state} == {"eligible"}
    assert db.session.scalars(held).all() == []


def test_the_teams_read_it_in_their_mail_in_either_language(scene: Scene) -> None:
    place = scene.decide("promoted", scene.first)
    assert "Alpha is promoted: 5G Application Contest" in scene.staff.get(place).text
    other = scene.decide("not promoted", scene.second)
    assert "Beta has not been promoted in 5G Application Contest this time." in scene.staff.get(other).text
    assert "Alpha 已晋级：5G应用大赛" in chinese(scene.staff, place, scene.captain)


def test_whoever_promotes_more_than_the_quota_is_told_before(scene: Scene) -> None:
    rows = [
        application(scene.programme, person(f"Cap {name}"), name, state="eligible")
        for name in ("Eta", "Iota")
    ]
    scene.decide("promoted", scene.first, scene.second)
    chosen = {"to": "promoted", "row": [str(row.id) for row in rows]}
    assert (
        "With these 4 teams are in; 2 are wanted."
        in scene.staff.post(f"{scene.page}/decisions/new", data=chosen).text
    )
    refused = {**chosen, "to": "not promoted"}
    assert "are wanted" not in scene.staff.post(f"{scene.page}/decisions/new", data=refused).text


def test_one_entry_is_decided_on_its_own_page(scene: Scene) -> None:
    page = f"/applications/{scene.first.id}"
    text = scene.staff.get(page).text
    assert ">Promote<" in text and ">Not promoted<" in text and ">Accept<" not in text
    scene.staff.post(
        f"{page}/decision", data={"to": "not promoted", "seen": "eligible", "reason": "Too early"}
    )
    db.session.expire_all()
    assert scene.first.state == "not promoted"
    read = scene.team.get(page).text
    assert "Not promoted" in read and "Too early" in read
    assert "未晋级" in chinese(scene.team, page, scene.captain)


def test_the_proposed_list_takes_the_quota_and_leads_to_promoting_it(scene: Scene) -> None:
    text = scene.staff.get(f"{scene.page}/applications/proposal").text
    assert "2 of 2 teams are proposed to be promoted" in text
    assert "decisions/new?to=promoted" in text and "Promote these" in text
    assert "accept" not in text.lower().replace("accept-", "")


def test_the_shortlist_names_the_promoted_in_both_languages(scene: Scene) -> None:
    scene.decide("promoted", scene.first)
    scene.decide("not promoted", scene.second)
    for row in (scene.first, scene.second):
        db.session.add(
            Consent(application_id=row.id, purpose="publication", text_version=1, locale="en", how="here")
        )
    db.session.commit()
    text = scene.staff.get(f"{scene.page}/result/new").text
    assert "Shortlist: 5G Application Contest" in text and "入围名单：5G应用大赛" in text
    assert "晋级 (1)" in text and "Promoted (1)" in text
    assert "Alpha" in text and "Beta" not in text
    words = {"title-zh": "入围名单", "title-en": "Shortlist", "text-zh": "甲", "text-en": "A"}
    assert "/sendings/" in scene.staff.post(f"{scene.page}/result", data=words).headers["Location"]
    assert db.session.scalars(select(Notice)).one().kind == "result"


def test_the_promoted_are_asked_for_what_they_still_owe(scene: Scene) -> None:
    asked = scene.staff.get(f"{scene.page}/follow-ups/new").text
    assert 'value="team:promoted"' in asked
    assert "team:accepted" not in asked and "company:" not in asked
    with current.set(actor=SYSTEM):
        row = write_follow_up(scene.programme, "team:promoted", due_at=datetime(2026, 11, 25, 16, tzinfo=UTC),
                              title_en="Before the final", title_zh="决赛之前")  # fmt: skip
        change_form(row, lambda _before: usual_later())
        put_to_use(row)
    assert db.session.scalar(select(func.count(Due.id))) == 0
    scene.decide("promoted", scene.first)
    owing = db.session.scalars(select(Due.application_id).where(Due.stands == "owed").distinct()).all()
    assert owing == [scene.first.id]
    page = f"/applications/{scene.first.id}/follow-ups/{row.id}"
    assert scene.team.get(page).status_code == 200
    assert "Before the final" in scene.team.get("/").text
    board = scene.staff.get(f"{scene.page}/dues")
    assert board.status_code == 200 and "Alpha" in board.text
    assert scene.team.post(page, data={"arrival": "Train D321"}).status_code == 303
    assert "Train D321" in scene.staff.get(page).text
    sent = scene.staff.post(f"{scene.page}/dues/reminders", data={"all": "1"}).headers["Location"]
    assert "Cara" in scene.staff.get(sent).text and "Wei Ting" not in scene.staff.get(sent).text
    unlocked = {"until": "2026-11-30 18:00", "reason": "The train was late."}
    due = db.session.scalars(
        select(Due.id).where(Due.key == "deck", Due.application_id == scene.first.id)
    ).one()
    assert scene.staff.post(f"/dues/{due}/unlocking", data=unlocked).status_code == 303
    assert "Cara" in scene.staff.get(f"{scene.page}/paper/badges/team").text
    scene.decide("not promoted", scene.first)
    assert scene.team.get(page).status_code == 404


def test_nobody_is_asked_in_a_state_that_a_competition_does_not_have(scene: Scene) -> None:
    sent = {
        "wanted": "team:accepted",
        "title-zh": "一",
        "title-en": "One",
        "text-zh": "",
        "text-en": "",
        "due_at": "",
    }
    assert scene.staff.post(f"{scene.page}/follow-ups", data=sent).status_code == 422
    with current.set(actor=SYSTEM), pytest.raises(Refused):
        write_follow_up(scene.programme, "company:confirmed", title_en="x", title_zh="x")
    assert db.session.scalars(select(FollowUp)).all() == []


def test_messages_go_to_the_promoted_and_to_the_others(scene: Scene) -> None:
    asked = scene.staff.get(f"{scene.page}/messages/new").text
    assert (
        'value="promoted"' in asked and 'value="accepted"' not in asked and 'value="confirmed"' not in asked
    )
    scene.decide("promoted", scene.first)
    scene.decide("not promoted", scene.second)
    assert [one.name for one in reached(scene.programme, ["promoted"])] == ["Cara"]
    assert [one.name for one in reached(scene.programme, ["not promoted"])] == ["Wei Ting"]


def test_no_team_is_asked_to_be_passed_to_companies_that_never_come(scene: Scene) -> None:
    draft = application(scene.programme, person("Dora"), "Epsilon", state="draft")
    purposes = db.session.scalars(
        select(Consent.purpose).where(Consent.application_id == scene.first.id)
    ).all()
    assert "companies" not in purposes and "running" in purposes
    dora = browser(scene.app, db.session.scalars(select(Account).where(Account.name == "Dora")).one())
    text = dora.get(f"/applications/{draft.id}/submission/new").text
    assert 'value="publication"' in text and 'value="companies"' not in text


def test_a_copy_of_a_competition_is_one(scene: Scene) -> None:
    text = scene.staff.get(f"{scene.page}/copies/new").text
    assert "Copy this competition" in text and 'name="again"' not in text
    sent = {"title-zh": "5G应用大赛2027", "title-en": "5G Contest 2027", "first_day": "2027-12-01"}
    assert scene.staff.post(f"{scene.page}/copies", data=sent).status_code == 303
    made = db.session.scalars(select(Programme).where(Programme.copied_from_id == scene.programme.id)).one()
    assert (made.kind, made.wanted, made.first_day.year) == ("competition", 2, 2027)


def test_a_team_sees_where_it_stands_on_its_first_page(scene: Scene) -> None:
    scene.decide("promoted", scene.first)
    assert "Promoted" in scene.team.get("/").text
    funnel = scene.staff.get("/").text
    assert "Promoted" in funnel and "Meetings held" not in funnel and "Accepted" not in funnel
    assert "晋级" in chinese(scene.team, "/", scene.captain)


def test_its_time_zone_and_its_state_change_like_any_programmes(scene: Scene) -> None:
    sent = {"zone": "Asia/Tokyo", "keep": "local", "version": str(scene.programme.version)}
    assert scene.staff.post(f"{scene.page}/zone", data=sent).status_code == 303
    assert scene.staff.post(f"{scene.page}/public-page?_method=delete").status_code == 303
    assert scene.staff.post(f"{scene.page}/public-page").status_code == 303
    db.session.expire_all()
    assert (scene.programme.zone, scene.programme.state) == ("Asia/Tokyo", "published")


def test_only_its_own_staff_promote(scene: Scene) -> None:
    stranger = browser(scene.app, person("Sam"))
    assert stranger.post(f"{scene.page}/decisions", data={"to": "promoted"}).status_code == 404
    assert actor(scene.organiser).programme_id == scene.programme.id
