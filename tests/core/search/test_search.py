"""The same query has the same hits on both databases (practice rows 42, 43)."""

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import aliased

from campapp.core.search import is_common, matches, picks, search_values
from campapp.core.search_index import create_search_index, is_search_table, tables_without_index
from tests.core.search.rows import TITLES, Base, Company, Project

QUERIES = {
    "软件": {"软件定义的5G网络", "軟體測試平台"},
    "軟體": {"软件定义的5G网络", "軟體測試平台"},
    "人工智能": {"人工智能芯片"},
    "智能": {"人工智能芯片", "智能制造与人工"},
    "晶片": {"人工智能芯片", "RISC-V 开源芯片"},
    "芯": {"人工智能芯片", "RISC-V 开源芯片"},
    "risc v 芯片": {"RISC-V 开源芯片"},
    "paddle": {"PaddlePaddle 推理加速"},
    "𠮷": {"𠮷田机器人"},
    "ai": {"ＡＩ　影像"},
    "nguyen": {"Nguyễn’s drones"},
    "100": {"100% 可再生"},
    "test it's": {'it\'s a "test"'},
    "école": {"e\u0301cole"},
    "产线上": {"產線上的影像"},
    "產線": {"產線上的影像"},
    "在线": {"產線上的影像"},
    "rgzn": {"人工智能芯片"},
    "Ｒén gōng": {"人工智能芯片"},
    "kyxp": {"RISC-V 开源芯片"},
    "ruanti": {"軟體測試平台"},
    "ruan jian": {"软件定义的5G网络", "軟體測試平台"},
    "risk v": set(),
    "paddle paddle": {"PaddlePaddle 推理加速"},
    "padd lepaddle": {"PaddlePaddle 推理加速"},
    "kai yuan 芯片": set(),
    "葛城": {"葛\U000e0100城与火\u200b花"},
    "火\ufeff花": {"葛\U000e0100城与火\u200b花"},
    "gcyhh": {"葛\U000e0100城与火\u200b花"},
    "热巴·阿不都": {"迪丽热巴•阿不都"},
    "没有的": set(),
    "' OR 1=1 --": set(),
    '"*': set(),
    "": set(TITLES),
    "   ": set(TITLES),
}


@pytest.mark.parametrize("asked", [{}, {"common": True}, {"newest": 100}])
def test_a_query_finds_what_a_reader_would(planted, asked):
    session = planted
    found = {
        query: set(session.scalars(select(Project.title).where(matches(Project, query, **asked))))
        for query in QUERIES
    }
    assert found == QUERIES


def test_the_index_follows_every_change(planted):
    session = planted

    def hits(query):
        return list(
            session.scalars(select(Project.title).where(matches(Project, query)).order_by(Project.id))
        )

    project = session.scalars(select(Project).where(Project.title == "微波医学成像")).one()
    project.title = "微波治疗仪"
    session.commit()
    assert (hits("成像"), hits("治疗")) == ([], ["微波治疗仪"])
    session.execute(update(Project).values(seen=1))
    session.commit()
    assert hits("治疗") == ["微波治疗仪"]
    session.delete(project)
    session.commit()
    assert hits("治疗") == []


def test_a_change_of_another_column_computes_no_terms(planted, monkeypatch):
    session = planted
    project = session.scalars(select(Project).limit(1)).one()
    monkeypatch.setattr("campapp.core.search.columns.terms", lambda _: pytest.fail("computed again"))
    project.seen = 7
    session.commit()


def test_rows_written_in_bulk_are_found(planted):
    session = planted
    values = {"title": "量子通信", "answers": {"summary": {"zh": "密钥分发", "en": "Key distribution"}}}
    session.execute(insert(Project), [values | search_values(Project, values)])
    session.commit()
    for query in ("量子", "密钥", "distribution"):
        assert list(session.scalars(select(Project.title).where(matches(Project, query)))) == ["量子通信"]


def test_the_new_row_keeps_its_own_id(planted):
    session = planted
    first, second = Project(title="一"), Project(title="二")
    session.add(first)
    session.flush()
    session.add(second)
    session.flush()
    assert (first.id, second.id) == (len(TITLES) + 1, len(TITLES) + 2)


def test_an_alias_is_searched_too(planted):
    session = planted
    other = aliased(Project)
    statement = select(other.title).where(matches(other, "微波"))
    assert list(session.scalars(statement)) == ["微波医学成像"]


def test_a_forgotten_index_is_noticed_and_made_again(planted):
    planted.close()
    engine = planted.get_bind()
    with engine.begin() as connection:
        assert tables_without_index(connection, Base.metadata) == []
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER project_search_update"))
        else:
            connection.execute(text("DROP INDEX project_search"))
        assert tables_without_index(connection, Base.metadata) == ["project"]

        class Op:
            get_bind = staticmethod(lambda: connection)
            execute = staticmethod(connection.execute)

        create_search_index(Op(), "project")
        assert tables_without_index(connection, Base.metadata) == []
        found = connection.scalars(select(Project.__table__.c.title).where(matches(Project, "微波")))
        assert list(found) == ["微波医学成像"]


def test_alembic_is_told_what_belongs_to_search():
    assert is_search_table("project_search") and is_search_table("project_search_idx")
    assert not is_search_table("project") and not is_search_table(None)


def test_the_newest_hits_can_be_asked_for_alone(planted):
    session = planted
    found = select(Project.id).where(matches(Project, "芯片")).order_by(Project.id)
    ids = list(session.scalars(found))
    newest = list(session.scalars(select(Project.id).where(matches(Project, "芯片", newest=1))))
    assert len(ids) == 2
    assert newest == ids[-1:] if session.get_bind().dialect.name == "sqlite" else newest == ids


def test_a_common_word_is_known_to_be_common(planted):
    session = planted
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    assert is_common(session, Project, "芯片", bound=1) is on_sqlite
    assert is_common(session, Project, "芯片", bound=2) is False
    assert is_common(session, Project, "", bound=0) is False


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("bd", ["百度"]),
        ("baid", ["百度"]),
        ("百", ["百度"]),
        ("Baidu", ["百度"]),
        ("zg", ["中关村"]),
        ("l", ["浪潮", "绿地"]),
        ("insp", ["浪潮"]),
        ("100%", []),
        ("", ["百度", "浪潮", "绿地", "中关村"]),
    ],
)
def test_a_picker_answers_initials_spelling_and_either_name(planted, typed, offered):
    session = planted
    names = [("浪潮", "Inspur"), ("百度", "Baidu"), ("绿地", ""), ("中关村", "")]
    session.add_all([Company(name=name, name_en=english) for name, english in names])
    session.commit()
    offer = select(Company.name).where(picks(Company, typed)).order_by(Company.pinyin_key, Company.id)
    assert list(session.scalars(offer)) == offered


def test_the_index_leads_the_way_on_sqlite(planted):
    if planted.get_bind().dialect.name != "sqlite":
        assert "@@" in str(select(Project.id).where(matches(Project, "芯片")).compile(planted.get_bind()))
        return
    statement = select(Project.id).where(matches(Project, "人工智能")).order_by(Project.seen.desc())
    compiled = statement.compile(planted.get_bind(), compile_kwargs={"literal_binds": True})
    plan = planted.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}")
    steps = [row[3] for row in plan]
    assert any("SEARCH project USING INTEGER PRIMARY KEY" in step for step in steps), steps


def test_what_is_searched_can_be_turned_round(planted):
    without = planted.scalars(select(Project.title).where(~matches(Project, "芯片")))
    assert set(without) == set(TITLES) - QUERIES["芯"]
