"""Answers in a real mailbox: doubled, forwarded, late and copied between folders; each decides once or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from intake.pool import ReadingPool
from service.issue.sign_off import sign_off
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.answering import (
    LI,
    WANG,
    answer,
    answered_config,
    mailed_draft,
    order,
    out_to,
    outs,
    statuses,
    verdicts,
)
from tests.support.dovecot import PASSWORD, Account, dovecot_server
from tests.support.ledger_rows import AT
from tests.support.offices import office_at, write_config
from values.issue import ArticleStatus
from values.outgoing import LetterKind

pytestmark = pytest.mark.dovecot


@pytest.fixture(scope="module")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    with dovecot_server(tmp_path_factory.mktemp("mail")) as server:
        yield Account(server, "wuxing")


def test_answers_that_come_twice_late_and_forwarded(mailbox: Account, pool: ReadingPool, tmp_path: Path) -> None:
    text = answered_config().replace("port = 993", f"port = {mailbox.port}")
    text = text.replace('username = "wuxing@example.org"', 'username = "wuxing"')
    with office_at(write_config(tmp_path, text), AT, JIANBAO_IMAP_PASSWORD=PASSWORD) as office:
        mailed_draft(office)
        first, second = out_to(office, WANG), out_to(office, LI)
        raw = answer("缓 2\n3 移到 1 前", first)
        taken(office, pool, mailbox, raw, raw, b"Received: from relay.example\r\n" + raw)
        assert (order(office), statuses(office)["乙"]) == ("丙甲", ArticleStatus.HELD)
        assert sorted(verdict for verdict, _ in verdicts(office)) == ["decided", "decided"]
        assert len(outs(office, WANG, LetterKind.DECIDED)) == 1

        taken(office, pool, mailbox, forwarded(raw, LI))
        assert (order(office), len(outs(office, LI, LetterKind.DECIDED))) == ("丙甲", 0)

        office.now.now = AT + timedelta(days=1)  # type: ignore[attr-defined]
        sign_off(office, office.bulletin(None), 70, "王")
        taken(office, pool, mailbox, answer("不用 1", second, sender=LI, number=9))
        assert statuses(office)["甲"] is ArticleStatus.PUBLISHED
        [reply] = outs(office, LI, LetterKind.DECIDED)
        assert reply.subject == "【办理结果】章贡区“五型”政府建设第70期（第 1 稿的答复，有没办的）"


def taken(office: Office, pool: ReadingPool, mailbox: Account, *raws: bytes) -> None:
    """The letters are delivered and fetched."""
    for raw in raws:
        mailbox.deliver(raw, office.now())
    LetterReceiver(office, pool).poll(office.bulletin(None))


def forwarded(raw: bytes, sender: str) -> bytes:
    """Somebody else's answer, attached whole."""
    return (
        (
            f"From: {sender}\r\nTo: wuxing@example.org\r\nSubject: Fwd\r\nMessage-ID: <f@mail.office.example>\r\n"
            "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n"
            "\r\nfyi\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        ).encode()
        + raw
        + b"\r\n--b--\r\n"
    )
