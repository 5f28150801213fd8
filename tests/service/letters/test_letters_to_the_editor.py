"""Letters that are no submission: who is answered, and what the editors learn at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from intake.pool import ReadingPool
from service.office import Office
from tests.support.correspondence import manuscript, receive, submission, text_of, written
from tests.support.invariants import broken_promises
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI
from tests.support.outboxes import all_out, sending


@pytest.fixture
def office_setup() -> OfficeSetup:
    editors = '"a@example.org", "b@example.org"'
    return OfficeSetup(sending(None, editors=editors), datetime(2022, 11, 8, 9, 0, tzinfo=SHANGHAI))


@pytest.fixture
def office(office: Office, captured_logs: object) -> Iterator[Office]:
    """An office that sends."""
    yield office
    assert broken_promises(office.data_dir) == []


def test_question_is_passed_on_to_the_editor_and_its_writer_learns_it(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, raw_words("请问本期什么时候截稿？"))
    [answer] = written(office)
    assert (answer["To"], answer["Subject"]) == ("jtj@example.org", "【已收】来信已转编辑：投稿咨询")
    assert "重发" not in text_of(answer)
    assert [(out.kind.value, out.to) for out in all_out(office)] == [("acknowledged", "jtj@example.org")]


@pytest.mark.parametrize("text", ["收到，谢谢！", "您好，您的邮件我已收到，会尽快回复。"])
def test_thanks_and_automatic_answers_get_no_answer(office: Office, pool: ReadingPool, text: str) -> None:
    receive(office, pool, raw_words(text))
    assert written(office) == []


def test_recalled_article_is_reported_to_every_editor_at_once(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    receive(office, pool, raw_words("王某 将撤回邮件“投稿：内外兼修提升学前教育”。", number=2))
    letters_to_editors = [letter for letter in written(office) if letter["To"] in ("a@example.org", "b@example.org")]
    assert [letter["Subject"] for letter in letters_to_editors] == ["【撤稿】稿件 1《内外兼修提升学前教育》"] * 2
    assert "撤回了邮件“投稿：内外兼修提升学前教育”" in text_of(letters_to_editors[0])
    assert [letter["Subject"][:4] for letter in written(office) if letter["To"] == "jtj@example.org"] == [
        "【收稿】"
    ] * 2


def test_recall_by_a_stranger_that_means_no_article_is_reported_to_nobody(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, raw_words("发件人 x@x.example 已撤回主题为“甲”的邮件。", sender="recall@mail.example"))
    assert written(office) == []


def raw_words(text: str, *, sender: str = "jtj@example.org", number: int = 1) -> bytes:
    """A letter that brings no file."""
    header = f"From: {sender}\r\nTo: wuxing@example.org\r\nSubject: 投稿咨询\r\nMessage-ID: <w{number}@example.org>\r\n"
    return f"{header}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()
