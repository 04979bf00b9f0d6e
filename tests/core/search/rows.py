"""Two small tables to search in, and what stands in them."""

from sqlalchemy import JSON
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from campapp.core.search import InPinyinOrder, Searchable


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False, repr=False):
    """The tables of these tests."""


class Project(Searchable, Base):
    """A searchable row."""

    __tablename__ = "project"
    searched, spelled = ("title", "answers"), ("title",)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    title: Mapped[str]
    answers: Mapped[dict[str, object]] = mapped_column(JSON, default_factory=dict)
    seen: Mapped[int] = mapped_column(default=0)


class Company(InPinyinOrder, Base):
    """A row that is picked."""

    __tablename__ = "company"
    pinyin_of = ("name", "name_en")

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")


TITLES = [
    "葛\U000e0100城与火\u200b花",
    "迪丽热巴•阿不都",
    "產線上的影像",
    "软件定义的5G网络",
    "軟體測試平台",
    "人工智能芯片",
    "智能制造与人工",
    "RISC-V 开源芯片",
    "PaddlePaddle 推理加速",
    "微波医学成像",
    "𠮷田机器人",
    "ＡＩ　影像",
    "Nguyễn’s drones",
    "100% 可再生",
    'it\'s a "test"',
    "e\u0301cole",
    "无人车 unmanned",
]
