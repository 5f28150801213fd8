"""The letters that ask for articles: plain words, one line for each thing, whatever people write into the form."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from courier.compose_commission import commission_letter, moment_in_words, urging_letter
from courier.render import Letterhead
from tests.support.offices import SHANGHAI
from values.commission import CommissionRequest, UrgingRequest
from values.outgoing import LetterKind, OutgoingLetter

AT = datetime(2026, 12, 1, 9, 0, tzinfo=SHANGHAI)
DUE = datetime(2026, 12, 8, 18, 0, tzinfo=SHANGHAI)
HEAD = Letterhead("wuxing@example.org", "区“五型”办", key=b"k" * 32)
REQUEST = CommissionRequest(("3",), 3, "区民政局", "秋季森林防火", "800字左右。\n附照片。", DUE)
KINDS = (LetterKind.COMMISSION, LetterKind.REMINDER, LetterKind.AMENDMENT)


def letter(kind: LetterKind, request: CommissionRequest = REQUEST) -> tuple[OutgoingLetter, str]:
    out = commission_letter(kind, request, HEAD, "mzj@example.org", phone="8199917", at=AT)
    message = message_from_bytes(out.raw, policy=default)
    assert isinstance(message, EmailMessage)
    return out, str(message.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("kind", KINDS)
def test_number_topic_and_deadline_are_in_every_letter(kind: LetterKind) -> None:
    out, text = letter(kind)
    assert out.subject.startswith("【约稿 3号】")
    assert "秋季森林防火" in out.subject
    assert text.startswith("区民政局：\n")
    assert "12月8日（星期二）18:00" in text
    assert "\n\n\n" not in text
    assert "电话：8199917" in text


def test_a_letter_without_demands_has_no_empty_list() -> None:
    assert "具体要求" in letter(LetterKind.COMMISSION)[1]
    assert "具体要求" not in letter(LetterKind.COMMISSION, replace(REQUEST, demands=" \n"))[1]


def test_a_cancelled_commission_names_no_deadline() -> None:
    out, text = letter(LetterKind.AMENDMENT, replace(REQUEST, is_cancelled=True))
    assert out.subject == "【约稿 3号】取消：秋季森林防火"
    assert "不必再报" in text
    assert "12月8日" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_people_write_becomes_a_header(kind: LetterKind) -> None:
    hostile = replace(
        REQUEST, topic="甲\r\nBcc: x@x.example", demands="乙\n\n.\nBcc: y@y.example\u202e", department="丙\n丁"
    )
    out, text = letter(kind, hostile)
    message = message_from_bytes(out.raw, policy=default)
    assert (message["Bcc"], message["To"]) == (None, "mzj@example.org")
    assert "\u202e" not in text


def test_an_urging_letter_names_the_bulletin_and_the_time_of_the_draft() -> None:
    request = UrgingRequest(("1",), "区民政局", "章贡区“五型”政府建设工作简报", DUE)
    for due, words in ((DUE, "送审稿定于12月8日（星期二）18:00编出"), (None, "有可用的材料，请尽快报送")):
        out = urging_letter(replace(request, due_at=due), HEAD, "mzj@example.org", phone="", at=AT)
        assert out.subject == "【催稿】请报送本期章贡区“五型”政府建设工作简报稿件"
        message = message_from_bytes(out.raw, policy=default)
        assert isinstance(message, EmailMessage)
        text = str(message.get_content()).replace("\r\n", "\n")
        assert words in text
        assert "\n\n\n" not in text
        assert "电话" not in text


def test_moments_are_written_as_an_office_writes_them() -> None:
    assert moment_in_words(DUE) == "12月8日（星期二）18:00"
