from __future__ import annotations

import pytest

from intake.classify.automatic import machine_sign
from intake.classify.submission import Ignored
from intake.parse.message import parse_message
from tests.support.submissions import (
    DOC,
    MANUSCRIPT,
    OFFICE,
    PNG,
    File,
    classified,
    outcome,
    raw_letter,
    reason,
    submission,
)
from values.department import Department
from values.errors import NoManuscript

REPORT = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n"
READ_REPORT = "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n"
AUTO = "自动回复，不是来稿"
BOUNCE = "退信通知，不是来稿"
LIST = "群发邮件（邮件列表或广告订阅），不是来稿"


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Auto-Submitted: auto-replied\r\n", AUTO),
        ("Auto-Submitted: Auto-Replied (vacation); owner-email=a\r\n", AUTO),
        (REPORT, BOUNCE),
        (READ_REPORT, "已读回执，不是来稿"),
    ],
)
def test_certain_sign_ignores_even_a_department_with_a_manuscript(header: str, said: str) -> None:
    assert outcome(MANUSCRIPT, header=header) == Ignored(said)


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@example.org", "Postmaster <postmaster@163.com>"])
def test_mail_daemons_are_ignored(sender: str) -> None:
    assert outcome(MANUSCRIPT, sender=sender) == Ignored(BOUNCE)


def test_our_own_mail_is_ignored() -> None:
    assert outcome(MANUSCRIPT, sender=f"简报 <{OFFICE.upper()}>") == Ignored("本刊邮箱自己发出的信，不是来稿")


LIKELY_HEADERS = [
    ("Return-Path: <>\r\n", BOUNCE),
    ("X-Failed-Recipients: a@example.org\r\n", BOUNCE),
    ("Auto-Submitted: auto-generated\r\n", "系统自动发出的信，不是来稿"),
    ("X-Autoreply: yes\r\n", AUTO),
    ("X-AUTO-REPLY: yes\r\n", AUTO),
    ("X-Autoresponder: mail.example\r\n", AUTO),
    ("X-Auto-Respond: true\r\n", AUTO),
    ("X-Autorespond: 1 vacation\r\n", AUTO),
    ("Precedence: auto_reply\r\n", AUTO),
    ("Precedence: bulk\r\n", LIST),
    ("Precedence: LIST\r\n", LIST),
    ("Precedence: junk\r\n", LIST),
    ("List-Id: <news.example.org>\r\n", LIST),
    ("List-Unsubscribe: <https://example.org/u>\r\n", LIST),
    (f"X-Loop: {OFFICE}\r\n", "本刊邮箱自己发出的信，不是来稿"),
]
LIKELY_SUBJECTS = [
    ("自动回复", AUTO),
    ("自动回复：投稿", AUTO),
    ("自动回复 Re:投稿", AUTO),
    ("回复：自动回复：投稿", AUTO),
    ("来自区民政局的自动回复", AUTO),
    ("来自 jtj@example.org 的自动回复：投稿", AUTO),
    ("休假通知", AUTO),
    ("出差自动回复：投稿", AUTO),
    ("代为回复：投稿", AUTO),
    ("AutoReply: 【收稿】", AUTO),
    ("系统通知：邮件暂时没有投递成功", BOUNCE),
    ("投递延迟通知：【收稿】", BOUNCE),
    ("Delivery delayed: receipt", BOUNCE),
    ("您的邮件《投稿》已被阅读", "已读回执，不是来稿"),
    ("Read: receipt", "已读回执，不是来稿"),
    ("已接受：信息工作例会", "日程邀请或对邀请的答复，不是来稿"),
    ("会议邀请：信息工作例会", "日程邀请或对邀请的答复，不是来稿"),
    ("Accepted: meeting", "日程邀请或对邀请的答复，不是来稿"),
    ("【自动回复】您好", AUTO),
    ("自动答复: 投稿", AUTO),
    ("Auto: 投稿", AUTO),
    ("Automatic reply: x", AUTO),
    ("Out of office until Monday", AUTO),
    ("退信", BOUNCE),
    ("系统退信", BOUNCE),
    ("系统退信：x", BOUNCE),
    ("退信通知", BOUNCE),
    ("Undelivered Mail Returned to Sender", BOUNCE),
    ("已读：投稿", "已读回执，不是来稿"),
]


@pytest.mark.parametrize(("header", "said"), [case for case in LIKELY_HEADERS if "1 vac" not in case[0]])
def test_header_of_machine_mail_is_ignored(header: str, said: str) -> None:
    assert outcome(header=header) == Ignored(said)
    assert outcome(MANUSCRIPT, sender="stranger@qq.com", header=header) == Ignored(said)


@pytest.mark.parametrize(("subject", "said"), LIKELY_SUBJECTS)
def test_subject_of_machine_mail_is_ignored(subject: str, said: str) -> None:
    assert outcome(subject=subject) == Ignored(said)
    assert outcome(MANUSCRIPT, sender="stranger@qq.com", subject=subject) == Ignored(said)


@pytest.mark.parametrize("header", [header for header, _ in LIKELY_HEADERS])
def test_department_loses_no_manuscript_to_a_mere_header(header: str) -> None:
    assert submission(MANUSCRIPT, header=header).owner.department == "区教体局"


@pytest.mark.parametrize("subject", [subject for subject, _ in LIKELY_SUBJECTS])
def test_department_loses_no_manuscript_to_a_mere_subject(subject: str) -> None:
    assert submission(MANUSCRIPT, subject=subject).owner.department == "区教体局"


def test_department_is_answered_about_its_doc_in_spite_of_a_mere_header() -> None:
    assert "“稿.doc”暂不能读" in reason(File("稿.doc", DOC), header="Precedence: bulk\r\n")


def test_picture_in_an_auto_reply_of_a_department_makes_it_no_submission() -> None:
    assert outcome(File("logo.png", PNG, "image/png"), subject="自动回复: 投稿") == Ignored(AUTO)


@pytest.mark.parametrize(
    "subject",
    ["自动回复系统上线提升办事效率", "退信访件办理情况", "回复：投稿", "Autonomous driving", "阅读：一种习惯"],
)
def test_title_that_begins_like_a_machine_subject_is_a_title(subject: str) -> None:
    assert submission(MANUSCRIPT, sender="stranger@qq.com", subject=subject).manuscripts


@pytest.mark.parametrize("header", ["Auto-Submitted: no\r\n", "Precedence: first-class\r\n", "X-Autoreply: no\r\n"])
def test_header_that_denies_is_no_sign(header: str) -> None:
    assert submission(MANUSCRIPT, sender="stranger@qq.com", header=header).manuscripts


@pytest.mark.parametrize("sender", ["noreply@oa.example.com", "no-reply@x.cn", "news-bounces@x.cn", "owner-list@x.cn"])
def test_address_that_nobody_reads_is_ignored_only_without_a_document(sender: str) -> None:
    assert outcome(sender=sender) == Ignored("系统通知，不是来稿")
    assert submission(MANUSCRIPT, sender=sender).owner.department is None


def test_department_that_writes_from_an_unread_address_gets_the_reason() -> None:
    office_program = Department(name="区数据局", senders=("noreply@oa.example.com",))
    with pytest.raises(NoManuscript, match="信中没有附件"):
        classified(parse_message(raw_letter(sender="noreply@oa.example.com")), (office_program,))


@pytest.mark.parametrize(
    "text",
    [
        "您好，您的邮件我已收到，会尽快回复。",
        "您发来的邮件已收悉，谢谢！",
        "我正在休假，将于12月7日返回，急事请打电话。",
        "这是一封自动回复邮件。您的来信我会尽快处理。",
        "I am currently out of the office.",
        "本人因公出差，12月3日返回，有事请拨打手机。",
    ],
)
def test_automatic_answer_that_declares_nothing_is_recognised_by_its_text(text: str) -> None:
    assert outcome(subject="回复：【收稿】《甲》", text=text) == Ignored(AUTO)


def test_text_of_an_automatic_answer_beside_a_manuscript_is_a_submission() -> None:
    assert submission(MANUSCRIPT, text="您的邮件已收到，这是修改稿。").manuscripts


def test_invitation_is_no_submission_whatever_its_text() -> None:
    invitation = File("", b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n", "text/calendar; method=REQUEST", "inline")
    assert outcome(invitation, text="信息工作例会，12月5日9:00。") == Ignored("日程邀请或对邀请的答复，不是来稿")


@pytest.mark.parametrize(
    "subject", ["休假制度改革稳步推进", "外出务工人员返乡创业", "邮件无法送达偏远村的难题这样破解", "自动回复系统上线"]
)
def test_title_that_begins_like_an_automatic_letters_is_none(subject: str) -> None:
    assert machine_sign(parse_message(raw_letter(MANUSCRIPT, subject=subject)), ()) is None
