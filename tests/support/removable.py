"""A sealed letter and a letter in print, each with all that the service may ever have made of one, and where of either
something is left."""

from __future__ import annotations

import email
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import update

from archive import articles, letters, revisions
from archive.files import write_durably
from archive.letters import KeptLetter, LetterDetails
from archive.schema import outbox
from intake.sealing import seal_letter
from service.article.decide import DecisionRequest, decide
from service.article.previews import preview_path
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import DATABASE, Office
from tests.support.ledger_rows import BULLETIN, new_article
from tests.support.offices import Clock, hand_in
from tests.support.outboxes import letter_out, put
from tests.support.trusted_office import PICTURE
from values.issue import ArticleStatus
from values.letter import AttachedFile, LetterContent, Seal, Verdict
from values.manuscript import Manuscript, Paragraph, Picture

SECRET: Final = "绝不外泄的词句"
PRINTED: Final = "登在简报上的词句"
NAME: Final = "王小明写信"
"""Personal data of the letter in print."""
_ENCODINGS: Final = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


@dataclass(frozen=True, slots=True)
class Removable:
    """A letter to be removed."""

    id: int
    sha256: str
    raw: bytes
    article: int
    """Id of the article that it brought."""


def add_sealed(office: Office) -> Removable:
    """It was read before it was sealed: an article with a picture that a draft contained, an answer, a preview."""
    hand_in(office, "同期的稿件")
    picture = office.media.put(PICTURE)
    title = f"关于{SECRET}的报告"
    blocks = (Paragraph(f"{SECRET}的正文。"), Picture(picture, "image/png", 100, 100))
    letter = _add(office, "sealed", SECRET, Manuscript((title,), "区民政局", blocks))
    assemble(office, office.bulletin(None), office.now().date())
    with office.ledger.writing() as ledger:
        letters.settle(ledger, letter.id, Verdict.SEALED, "主题标有“机密★10年”，已封存", at=office.now())
        [record] = letters.letters_with_ids(ledger, [letter.id])
        seal_letter(ledger, record, Seal("机密★10年", "主题"), at=office.now())
    _later(office)
    assemble(office, office.bulletin(None), office.now().date())
    return letter


def add_printed(office: Office) -> Removable:
    """Its article is in a signed-off issue, in its second text; the first one, and house lines, were never printed."""
    blocks = (Paragraph(f"{PRINTED}，各单位认真落实。"),)
    first = Manuscript((f"{SECRET}初稿",), "区民政局", (Paragraph(f"{SECRET}。"),), (f"撰稿：{NAME}",))
    letter = _add(office, "printed", NAME, first)
    assemble(office, office.bulletin(None), office.now().date())
    with office.ledger.writing() as ledger:
        text = Manuscript((f"{PRINTED}的标题",), "区民政局", blocks, (f"撰稿：{NAME}",))
        new = new_article(PRINTED, manuscript=text, received_at=office.now())
        record = articles.article_named(ledger, letter.article)
        revisions.add_revision(ledger, record, letter.id, new, at=office.now())
    _later(office)
    assemble(office, office.bulletin(None), office.now().date())
    sign_off(office, office.bulletin(None), 70, "王编辑", shown=[letter.article])
    _later(office)
    return letter


def add_rejected(office: Office, name: str = "rejected", words: str = SECRET) -> Removable:
    """Its article was rejected, and no draft contains it. The record of changes has the article's title for ever."""
    letter = _add(office, name, words, Manuscript((f"题为{name}",), None, (Paragraph(f"{words}{name}。"),)))
    decide(office, DecisionRequest(letter.article, ArticleStatus.REJECTED, "王编辑", note="重复"))
    return letter


def deliver_all(office: Office) -> None:
    """All letters out count as sent."""
    with office.ledger.writing() as ledger:
        sent = {"state": "sent", "next_attempt_at": None, "sent_at": office.now(), "attempts": 1}
        ledger.sql.execute(update(outbox).values(sent))


def left_of(data_dir: Path, words: str) -> list[str]:
    """Where in data_dir the words are left, in any encoding: files, also within .docx files and letters out."""
    wanted = [words.encode(encoding) for encoding in _ENCODINGS] + [ascii(words)[1:-1].encode()]
    names = []
    for path in sorted(path for path in data_dir.rglob("*") if path.is_file()):
        data = path.read_bytes()
        if any(each in part for part in (data, *_unpacked(data)) for each in wanted):
            names.append(str(path.relative_to(data_dir)))
    with closing(sqlite3.connect(data_dir / DATABASE)) as database:
        for number, raw in database.execute("SELECT id, raw FROM outbox WHERE raw IS NOT NULL"):
            if any(each in part for part in _unpacked(raw) for each in wanted):
                names.append(f"outbox row {number}")
    return names


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The texts of a .docx without their tags; those of the attachments of a letter."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (re.sub(rb"<[^>]*>", b"", archive.read(name)) for name in archive.namelist())
    elif data.startswith((b"Message-ID", b"From", b"Subject", b"MIME", b"Date")):
        for part in email.message_from_bytes(data).walk():
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield payload
                yield from _unpacked(payload)


def _add(office: Office, name: str, words: str, manuscript: Manuscript) -> Removable:
    raw = f"From: {NAME} <jtj@example.org>\r\nSubject: {words}\r\n\r\n{words} {name}\r\n".encode()
    sha256 = office.raws.put(raw)
    at = office.now()
    with office.ledger.writing() as ledger:
        letters.keep(ledger, BULLETIN, [KeptLetter(sha256, len(raw), False, at, None)], at=at)
        letter_id = letters.letter_id(ledger, BULLETIN, sha256)
        new = new_article(name, manuscript=manuscript, received_at=at, attachment=f"{words}.docx")
        article = revisions.add_article(ledger, letter_id, new, at=at)
        content = LetterContent(NAME, (("主题", words),), words, (AttachedFile(f"{words}.docx", "Word", 9),))
        details = LetterDetails("jtj@example.org", words, f"<{name}@x>", content)
        letters.settle(ledger, letter_id, Verdict.ARTICLE, f"《{words}》", at=at, details=details, articles=[article])
        put(ledger, office.data_dir, replace(letter_out(name, size=100_000), subject=words), at, letter_id)
    write_durably(preview_path(office, sha256, b"original"), f"%PDF {words}".encode())
    return Removable(letter_id, sha256, raw, article)


def _later(office: Office) -> None:
    assert isinstance(office.now, Clock)
    office.now.now += timedelta(hours=1)
