"""A data directory after three years: 150 issues signed off, 20,000 letters, and this week's draft open.

Every row goes through the functions of archive/, in one transaction; the letters of the first week and the last
ones, and the files of the last issues are really there, older ones are only known by their checksums.
"""

from __future__ import annotations

import hashlib
import random
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from sqlalchemy import select

from archive import article_changes, articles, issue_changes, issues, letters, revisions
from archive.changes import NewChange, record_change
from archive.files import write_durably
from archive.issue_changes import NewIssueRevision
from archive.issues import IssueFile
from archive.letters import KeptLetter, LetterDetails
from archive.revisions import NewArticle
from archive.schema import letter
from archive.transaction import Transaction
from benchmarks.office_prose import DEPARTMENTS, article, remarks
from service.issue.assemble import assemble
from service.office import Office
from tools.docx_builder import docx, paragraph
from values.draft import News
from values.issue import ArticleStatus, IssueNumber
from values.letter import AttachedFile, LetterContent, Place, Verdict
from values.manuscript import Manuscript

BULLETIN: Final = "wuxing"
WEEKS: Final = 150
LETTERS: Final = 20_000
WHO: Final = "王编辑"
_PER_ISSUE: Final = 8
_CHARACTERS: Final = 1_500
_WITH_BYTES: Final = 12
"""So many of the last weeks have their letters and issue files on disk; the first one has its letters, too."""
_THIS_WEEK: Final = 40
"""Letters of the week that is still going on."""


def add_arguments(parser: ArgumentParser) -> None:
    """What the programs that measure over these data have in common."""
    parser.add_argument("--requests", type=int, default=20, help="of which median and 95th percentile are taken")
    parser.add_argument("--weeks", type=int, default=WEEKS, help="each with an issue")
    parser.add_argument("--letters", type=int, default=LETTERS, help="of all weeks together")
    parser.add_argument("--data", type=Path, help="a folder to keep the three years in; made when it is not there")


_BODY: Final = "您好：\n附件是我单位本周的稿件，请审阅。\n如有问题请与我们联系，电话 8199917。谢谢！\n"
_BATCH: Final = 1_000

_FATES: Final = (
    *(ArticleStatus.PUBLISHED,) * _PER_ISSUE,
    *(ArticleStatus.REJECTED,) * 4,
    ArticleStatus.RETURNED,
    ArticleStatus.HELD,
)
_BEFORE_SIGN_OFF: Final = {ArticleStatus.PUBLISHED: ArticleStatus.ADOPTED}
_OTHERS: Final = (
    *((Verdict.IGNORED, "自动回复，不处理"),) * 5,
    *((Verdict.IGNORED, "没有附件，也没有稿件正文，不处理"),) * 5,
    *((Verdict.DUPLICATE, "与先前的来信内容相同"),) * 4,
    (Verdict.QUARANTINED, "附件打不开：文件已损坏。请请对方重发"),
)


def config(home: Path, template: Path) -> Path:
    """Writes config.toml for it, with forty departments; data_dir is home/data."""
    departments = "".join(
        f'[[bulletin.department]]\nname = "{name}"\nsenders = ["d{place}@example.org"]\n'
        for place, name in enumerate(DEPARTMENTS)
    )
    text = f"""
[desk]
trusted_proxies = ["127.0.0.1"]

[[bulletin]]
id = "{BULLETIN}"
title = "章贡区“五型”政府建设"
office = "区“五型”政府建设领导小组办公室"
template = "{template}"
first_number = 1

[bulletin.mailbox]
host = "127.0.0.1"
port = 993
security = "none"
username = "{BULLETIN}@example.org"
password = {{ env = "JIANBAO_IMAP_PASSWORD" }}

{departments}"""
    path = home / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def seed(office: Office, weeks: int = WEEKS, letters_a_week: int = LETTERS // WEEKS) -> None:
    """Fills an empty data directory: signed-off issues of so many weeks, then a week that is still going on.

    The last letter is an hour old by the office's clock.
    """
    dice = random.Random(70)
    all_letters = [
        _week(dice, number, letters_a_week if number < weeks else _THIS_WEEK, weeks - number, office.now())
        for number in range(weeks + 1)
    ]
    for week in all_letters:
        letters = [raw for incoming in week for raw in incoming.raw]
        office.raws.put_all({hashlib.sha256(raw).hexdigest(): raw for raw in letters})
    with office.ledger.writing() as ledger:
        ids = _keep(ledger, [incoming for week in all_letters for incoming in week], office.now())
        for number, week in enumerate(all_letters):
            written = _settle(ledger, dice, week, ids)
            if number < weeks:
                _sign_off(office, ledger, number + 1, written, weeks_ago=weeks - number - 1)
    assemble(office, office.bulletin(BULLETIN), office.local(office.now()).date())


@dataclass(frozen=True, slots=True)
class _Incoming:
    """A letter and what becomes of it. file: its manuscript, raw: its bytes, both where they are on disk."""

    kept: KeptLetter
    sender: str
    department: str
    subject: str
    verdict: Verdict
    reason: str
    manuscript: Manuscript | None = None
    file: bytes = b""
    raw: tuple[bytes, ...] = ()


def _week(dice: random.Random, number: int, count: int, weeks_ago: int, now: datetime) -> list[_Incoming]:
    """The letters of a week that ended so many weeks ago; of the one that is still going on, the last hour's."""
    ends, span = now - timedelta(weeks=weeks_ago), timedelta(weeks=1) if weeks_ago else timedelta(hours=1)
    on_disk = number == 0 or weeks_ago < _WITH_BYTES
    return [_letter(dice, (number, place), ends - span + span * place / count, on_disk) for place in range(count)]


def _letter(dice: random.Random, number: tuple[int, int], at: datetime, on_disk: bool) -> _Incoming:
    """number: of the week, and of the letter within it."""
    week, place = number
    department = dice.choice(DEPARTMENTS)
    sender = f"d{DEPARTMENTS.index(department)}@example.org"
    manuscript = article(dice, department, _CHARACTERS) if place < len(_FATES) else None
    verdict, reason = (Verdict.ARTICLE, "已成稿") if manuscript else dice.choice(_OTHERS)
    if manuscript and place % 7 == 0:
        verdict, reason = Verdict.FLAGGED, "已成稿；附件名与正文标题不符，请留意"
    subject = f"报送：{manuscript.title}" if manuscript else f"{department}来信（{week}-{place}）"
    file = _file(manuscript) if manuscript and on_disk else b""
    raw = (_raw(sender, subject, at, file),) if on_disk else ()
    sha256 = hashlib.sha256(raw[0] if raw else f"{week}-{place}".encode()).hexdigest()
    where = Place(f"{BULLETIN}@example.org", "INBOX", 1_583_122_921, week * 1_000 + place + 1)
    kept = KeptLetter(sha256, len(raw[0]) if raw else dice.randint(5_000, 900_000), False, at, where)
    return _Incoming(kept, sender, department, subject, verdict, reason, manuscript, file, raw)


def _file(manuscript: Manuscript) -> bytes:
    lines = (manuscript.title, manuscript.byline or "", *manuscript.lines)
    return docx("".join(paragraph(line) for line in lines))


def _raw(sender: str, subject: str, at: datetime, file: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, f"{BULLETIN}@example.org", subject
    message["Date"], message["Message-ID"] = at, f"<{at.timestamp()}@example.org>"
    message.set_content(_BODY)
    if file:
        kind = "vnd.openxmlformats-officedocument.wordprocessingml.document"
        message.add_attachment(file, maintype="application", subtype=kind, filename=f"{subject}.docx")
    return message.as_bytes()


def _keep(ledger: Transaction, incoming: Sequence[_Incoming], at: datetime) -> dict[str, int]:
    """The ids of the letters by their checksums."""
    for first in range(0, len(incoming), _BATCH):
        letters.keep(ledger, BULLETIN, [each.kept for each in incoming[first : first + _BATCH]], at=at)
    return {row.sha256: row.id for row in ledger.sql.execute(select(letter.c.sha256, letter.c.id))}


def _settle(
    ledger: Transaction, dice: random.Random, week: Sequence[_Incoming], ids: dict[str, int]
) -> list[tuple[int, ArticleStatus]]:
    """Gives every letter its verdict and its article; returns the articles and what is to become of them."""
    written = []
    for place, incoming in enumerate(week):
        letter_id, at = ids[incoming.kept.sha256], incoming.kept.received_at + timedelta(minutes=1)
        made = [revisions.add_article(ledger, letter_id, _new(dice, incoming), at=at)] if incoming.manuscript else []
        letters.settle(
            ledger,
            letter_id,
            incoming.verdict,
            incoming.reason,
            at=at,
            details=LetterDetails(sender=incoming.sender, subject=incoming.subject, content=_content(incoming)),
            articles=made,
        )
        written += [(id, _FATES[place]) for id in made]
    return written


def _content(incoming: _Incoming) -> LetterContent:
    files = (AttachedFile(f"{incoming.manuscript.title}.docx", "Word 文档", 20_000),) if incoming.manuscript else ()
    headers = (("From", f"{incoming.department} <{incoming.sender}>"), ("Subject", incoming.subject))
    return LetterContent(incoming.department, headers, _BODY, files)


def _new(dice: random.Random, incoming: _Incoming) -> NewArticle:
    assert incoming.manuscript
    return NewArticle(
        bulletin=BULLETIN,
        section="",
        department=incoming.department,
        confirmed=True,
        received_at=incoming.kept.received_at,
        attachment=f"{incoming.manuscript.title}.docx",
        content_sha256=hashlib.sha256(incoming.file or incoming.kept.sha256.encode()).hexdigest(),
        text_sha256=hashlib.sha256(incoming.manuscript.text.encode()).hexdigest(),
        manuscript=incoming.manuscript,
        findings=remarks(dice, incoming.manuscript.lines),
    )


def _sign_off(
    office: Office, ledger: Transaction, number: int, written: Sequence[tuple[int, ArticleStatus]], *, weeks_ago: int
) -> None:
    """The week's decisions, and its issue."""
    at = office.now() - timedelta(weeks=weeks_ago)
    for id, fate in written:
        kept_back = fate is ArticleStatus.HELD and number % 10
        decided = ArticleStatus.REJECTED if kept_back else _BEFORE_SIGN_OFF.get(fate, fate)
        article_changes.change_status(ledger, articles.article_named(ledger, id), decided, who=WHO, note="", at=at)
        summary = f"状态改为“{decided.chinese}”"
        record_change(
            ledger, NewChange(bulletin=BULLETIN, who=WHO, subject="article", subject_id=id, summary=summary, at=at)
        )
    issue_id = issue_changes.begin_issue(ledger, BULLETIN, IssueNumber(number, "running", at.year), at.date(), at=at)
    document = docx(paragraph(f"第{number}期"))
    sha256 = hashlib.sha256(document).hexdigest()
    folder = f"issues/{BULLETIN}/{number}"
    issue_changes.write_revision(
        ledger,
        issue_id,
        NewIssueRevision(
            number=1,
            dated=at.date(),
            contents=[(id, 1) for id, fate in written if fate is ArticleStatus.PUBLISHED],
            path=f"{folder}/draft-1.docx",
            sha256=sha256,
            news=News(),
        ),
        at=at,
    )
    issue_changes.sign_off(ledger, issues.issue_with_id(ledger, issue_id), who=WHO, at=at)
    for file in (
        IssueFile("docx", f"{folder}/第{number}期.docx", sha256, len(document)),
        IssueFile("manifest", f"{folder}/manifest.json", sha256, len(document)),
    ):
        issue_changes.record_file(ledger, issue_id, file, at=at)
        if weeks_ago < _WITH_BYTES:
            write_durably(office.data_dir / file.path, document if file.kind == "docx" else b"{}")
