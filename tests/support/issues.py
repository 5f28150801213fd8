"""Issues for tests: the shape of a real one, in few words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from values.issue import Imprint, Issue, IssueArticle, IssueNumber, Masthead, Section
from values.manuscript import Block, Manuscript, Paragraph

TEMPLATE = (Path(__file__).parent.parent.parent / "templates" / "bulletin.docx").read_bytes()
MASTHEAD = Masthead(
    "章贡区“五型”政府建设",
    "工作简报",
    IssueNumber(70, "running", 2022),
    "区“五型”政府建设领导小组办公室",
    date(2022, 11, 8),
)
IMPRINT = Imprint(
    ("区政府区长、副区长",),
    (),
    ("各镇、街道，全区政府系统部门（单位）",),
    "区“五型”政府建设领导小组办公室",
    "8199917",
    "欢迎大家积极投稿！",
    "zgqwxzfb@163.com",
)


def article(
    id: int = 1,
    *blocks: Block,
    title: Sequence[str] = ("普惠金融改革推动惠企政策落地见效",),
    byline: str | None = "区金融服务中心",
    department: str = "区金融服务中心",
    section: str = "",
) -> IssueArticle:
    """An article; without blocks it has one paragraph."""
    body = blocks or (Paragraph("一是加大服务供给。"),)
    return IssueArticle(id, section, department, Manuscript(tuple(title), byline, body))


def issue(*articles: IssueArticle, masthead: Masthead = MASTHEAD, imprint: Imprint = IMPRINT) -> Issue:
    """The articles in the order given, in sections by the name they carry."""
    names = dict.fromkeys(article.section for article in articles)
    sections = tuple(Section(name, tuple(article for article in articles if article.section == name)) for name in names)
    return Issue(masthead, sections, imprint)


def no_picture(sha256: str) -> bytes:
    raise AssertionError(f"asked for the picture {sha256}")
