"""Articles for the tests of their page: with letters that really hold their files, so that the original is there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from archive import articles, revisions
from archive.articles import ArticleRecord
from archive.revisions import NewEdit
from intake.pool import ReadingPool
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.manuscripts import STYLES, large, plain
from tests.support.submissions import File, raw_letter
from tools.docx_builder import docx
from values.finding import Finding
from values.manuscript import Manuscript

TITLE = "养老服务上台阶"
LINES = (
    "区民政局坚持把养老服务作为民生大事来抓，全区建成 12 个养老服务中心,覆盖全部街道。",
    "一是建立台帐。对全区高龄老人逐户登记，做到底数清、情况明。",
    "二是送服务上门。组织志愿者开展助餐、助浴、助医服务，老人满意度达到98%。",
)


def send_in(
    office: Office,
    inbox: Path,
    pool: ReadingPool,
    *files: File,
    subject: str = "投稿",
    text: str = "请查收。",
    sender: str = "mzj@example.org",
) -> list[int]:
    """A letter of the 区民政局 with these files, read to its verdict; the ids of its articles."""
    inbox.mkdir(exist_ok=True)
    number = len(list(inbox.iterdir())) + 1
    at = office.local(office.now()) - timedelta(hours=1)
    header = f"Date: {at:%a, %d %b %Y %H:%M:%S %z}\r\nMessage-ID: <{number}@mzj.example.org>\r\n"
    letter = inbox / f"{number}.eml"
    letter.write_bytes(raw_letter(*files, sender=sender, subject=subject, text=text, header=header))
    before = {record.id for record in records(office)}
    taken = LetterReceiver(office, pool).import_letters(office.bulletin(None), [letter])
    assert (taken.new, taken.errors) == (1, ())
    return [record.id for record in records(office) if record.id not in before]


def manuscript_file(*lines: str, title: str = TITLE, name: str = "养老服务.docx", body: str = "") -> File:
    """A .docx as an office sends it. body: more WordprocessingML behind the lines."""
    return File(name, docx(large(title) + plain("区民政局") + plain(*(lines or LINES)) + body, styles=STYLES))


def records(office: Office) -> list[ArticleRecord]:
    with office.ledger.reading() as ledger:
        return list(articles.articles(ledger))


def rewrite(office: Office, article: int, manuscript: Manuscript, *findings: Finding) -> ArticleRecord:
    """Gives the article a text as its reading might have, without a check."""
    with office.ledger.writing() as ledger:
        record = articles.article_named(ledger, article)
        revisions.add_edit(ledger, record, NewEdit(manuscript, findings, "0" * 64, ""), at=office.now())
    return next(record for record in records(office) if record.id == article)
