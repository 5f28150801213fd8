"""An office whose draft was mailed to two editors, and their answers as mail programs write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Final

from archive import articles, issues, letters, outbox
from archive.issues import IssueRecord
from archive.outbox import OutboxRecord
from service.issue.assemble import assemble
from service.office import Office
from tests.support.ledger_rows import AT
from tests.support.offices import hand_in
from tests.support.outboxes import sending
from values.issue import ArticleStatus
from values.outgoing import LetterKind

WANG, LI = "wang@office.example", "li@office.example"
SERVER: Final = "mx.office.example"
PASSED: Final = f"Authentication-Results: {SERVER}; dmarc=pass header.from=office.example\r\n"
CODE: Final = re.compile(r"JB(?:-[0-9A-Z]{5}){4}")


def answered_config(*, more: str = "", steps: str = "") -> str:
    """Two editors, and a mail server that is trusted; more: lines of the bulletin."""
    text = sending(None, editors=f'"{WANG}", "{LI}"')
    text = text.replace("poll_seconds = 1", f'poll_seconds = 1\nauthserv_id = "{SERVER}"')
    return text.replace("first_number = 70", f"first_number = 70\n{more}") + steps


def mailed_draft(office: Office, names: str = "甲乙丙") -> IssueRecord:
    """A draft with articles of these names, mailed to the editors."""
    hand_in(office, *names)
    made = assemble(office, office.bulletin(None), AT.date())
    assert made is not None
    return made.issue


def out_to(office: Office, address: str, kind: LetterKind = LetterKind.DRAFT) -> EmailMessage:
    """The last letter out of that kind to the address."""
    record = outs(office, address, kind)[-1]
    with office.ledger.reading() as ledger:
        raw = outbox.raw_letter(ledger, record.id, office.data_dir)
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def outs(office: Office, address: str, kind: LetterKind) -> list[OutboxRecord]:
    """The letters out of that kind to the address, in the order they were written."""
    with office.ledger.reading() as ledger:
        return [record for record in outbox.letters_out(ledger) if (record.to, record.kind) == (address, kind)]


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def code_in(message: EmailMessage) -> str:
    """The code that a letter out carries."""
    [code] = CODE.findall(text_of(message))
    return str(code)


def answer(
    words: str,
    letter: EmailMessage,
    *,
    sender: str = WANG,
    quotes: bool = True,
    header: str = "",
    number: int = 1,
    to: str = "wuxing@example.org",
) -> bytes:
    """An answer to one of our letters. quotes: that letter follows below, with its code. number: in the Message-ID."""
    quoted = "".join(f"> {line}\n" for line in text_of(letter).splitlines())
    text = f'{words}\n\n在 2022-11-08 16:05:11，"区五型办" <wuxing@example.org> 写道：\n{quoted}' if quotes else words
    head = (
        f"From: {sender}\r\nTo: {to}\r\nSubject: 回复：送审\r\nMessage-ID: <{number}@mail.office.example>\r\n"
        f"In-Reply-To: {letter['Message-ID']}\r\nReferences: {letter['Message-ID']}\r\n{header}"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return (head + text.replace("\n", "\r\n")).encode()


def statuses(office: Office) -> Mapping[str, ArticleStatus]:
    """What is decided about each article, by title."""
    with office.ledger.reading() as ledger:
        return {record.manuscript.title: record.status for record in articles.articles(ledger)}


def order(office: Office) -> str:
    """The titles of the open draft in printed order."""
    with office.ledger.reading() as ledger:
        draft = issues.open_draft(ledger, "wuxing")
        assert draft is not None
        titles = {record.id: record.manuscript.title for record in articles.articles(ledger)}
    return "".join(titles[id] for id, _ in draft.articles)


def verdicts(office: Office, sender: str = WANG) -> list[tuple[str, str]]:
    """(verdict, reason) of the letters of that sender, in the order they came."""
    with office.ledger.reading() as ledger:
        return [(each.verdict.value, each.reason) for each in letters.letters(ledger) if each.sender == sender]
