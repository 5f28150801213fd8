"""Letters that a mailing list has rewritten: a registered writer behind it is noticed, and not trusted for that."""

from __future__ import annotations

import pytest

from intake.classify.list_rewriting import ListWriter, list_writer
from intake.classify.submission import Ignored, Submission
from intake.parse.message import parse_message
from intake.reading import read_letter
from intake.register import Register
from tests.support.manuscripts import STYLES, large, plain
from tests.support.submissions import DEPARTMENTS, MANUSCRIPT, OFFICE, SECTIONS, File, outcome, raw_letter
from tools.docx_builder import docx
from values.letter import Verdict

LIST = "tougao@groups.example"
HEADERS = "List-Id: <tougao.groups.example>\r\nPrecedence: list\r\n"
EDUCATION = "jtj@example.org"
FORMS = [
    (LIST, f"Reply-To: {EDUCATION}\r\n", EDUCATION),  # Mailman
    (LIST, f"X-Original-From: {EDUCATION}\r\n", EDUCATION),
    (LIST, f"X-Original-From: =?utf-8?b?5byg5LiJ?= <{EDUCATION}>\r\n", EDUCATION),
    (LIST, f"X-Original-Sender: {EDUCATION}\r\nReply-To: {LIST}\r\n", EDUCATION),  # Google Groups
    (f'"zhang" <{EDUCATION.replace("@", "=")}@groups.example>', "", EDUCATION),  # groups.io
    (f"{EDUCATION}.invalid", "", EDUCATION),
    (f'"区教体局 via 投稿群" <{LIST}>', "", "区教体局"),
    (f"\"'区教体局' via tougao\" <{LIST}>", "", "区教体局"),
    (f'"区教体局（经由 投稿群）" <{LIST}>', "", "区教体局"),
    ("noreply@groups.example", f"Reply-To: {EDUCATION}\r\n", EDUCATION),
]


@pytest.mark.parametrize(("sender", "fields", "named_as"), FORMS)
def test_submission_behind_a_list_is_no_list_mail(sender: str, fields: str, named_as: str) -> None:
    submission = outcome(MANUSCRIPT, sender=sender, header=HEADERS + fields)
    assert isinstance(submission, Submission)
    assert (submission.owner.department, submission.owner.guess) == (None, "区教体局")
    [doubt] = submission.owner.doubts
    assert f"自称出自区教体局（{named_as}），无从证实" in doubt


@pytest.mark.parametrize(("sender", "fields", "named_as"), FORMS[:1] + FORMS[-4:-3])
@pytest.mark.parametrize("hold", [True, False])
def test_it_waits_for_a_person_whatever_is_done_with_strangers(
    sender: str, fields: str, named_as: str, hold: bool
) -> None:
    """Case 28 of issue 13."""
    body = "今年以来，区教体局聚焦学前教育普及普惠，新建幼儿园12所，新增学位3600个，群众满意度明显提高。"
    file = File("稿件.docx", docx(large("学前教育提质扩面") + plain(body, body), styles=STYLES))
    register = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=hold)
    reading = read_letter(raw_letter(file, sender=sender, header=HEADERS + fields), register)
    assert reading.verdict is Verdict.UNCONFIRMED
    assert named_as in reading.reason.for_clerk
    assert [article.department for article in reading.articles] == ["区教体局"]
    assert not reading.head.trusted


@pytest.mark.parametrize(
    ("sender", "header"),
    [
        (LIST, HEADERS),
        (LIST, HEADERS + "Reply-To: someone@qq.com\r\nX-Original-From: someone@qq.com\r\n"),
        (f'"特惠 via 购物" <{LIST}>', HEADERS),
    ],
)
def test_list_mail_that_names_no_department_stays_ignored(sender: str, header: str) -> None:
    assert isinstance(outcome(MANUSCRIPT, sender=sender, header=header), Ignored)


def test_discussion_on_a_list_without_a_document_stays_ignored() -> None:
    assert isinstance(outcome(sender=LIST, header=HEADERS + f"Reply-To: {EDUCATION}\r\n"), Ignored)


def test_reply_to_of_a_person_is_no_rewriting() -> None:
    message = parse_message(raw_letter(sender="someone@qq.com", header=f"Reply-To: {EDUCATION}\r\n"))
    assert list_writer(message, DEPARTMENTS) is None


def test_registered_sender_is_its_own_writer() -> None:
    header = HEADERS + "X-Original-From: rsj@example.org\r\n"
    assert list_writer(parse_message(raw_letter(header=header)), DEPARTMENTS) is None


def test_first_registered_address_counts() -> None:
    header = HEADERS + f"Reply-To: {LIST}, rsj@example.org\r\n"
    writer = list_writer(parse_message(raw_letter(sender=LIST, header=header)), DEPARTMENTS)
    assert writer == ListWriter("rsj@example.org", "区人社局")
