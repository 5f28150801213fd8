"""The letters about an issue: what a sender, editor or approver wrote becomes words on lines, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from courier.attachment import Enclosure
from courier.compose_issue import (
    adoption_letter,
    answer_result_letter,
    circulation_letter,
    review_letter,
    review_result_letter,
)
from courier.render import Letterhead
from values.outgoing import (
    AnsweredLine,
    AnswerResult,
    AnswerWay,
    LetterHead,
    LetterKind,
    OutgoingLetter,
    ReviewRequest,
    ReviewResult,
    SignedIssue,
)

AT = datetime(2022, 11, 8, 8, tzinfo=UTC)
OFFICE = Letterhead("jianbao@example.org", "区办公室")
HOSTILE = "标题\r\nBcc: x@evil.example\u202e"
ARTICLES = ((HOSTILE, "区民政局、区教体局"), ("", ""))
ANSWER = AnswerWay("JB-00000-00000-00000-00000", "box+jb-00000-00000-00000-00000@example.org", signs=True)
SIGNED = SignedIssue(("wuxing", "running", "70"), "五型\r\n简报", "第70期", ARTICLES)


def request() -> ReviewRequest:
    return ReviewRequest(
        ("a",),
        "五型",
        "第70期",
        2,
        HOSTILE,
        HOSTILE,
        "一\n\n二",
        ARTICLES,
        (HOSTILE,),
        "https://x/approve/t",
        AT,
        ANSWER,
    )


LETTERS = {
    LetterKind.REVIEW: lambda: review_letter(request(), OFFICE, "a@b.example", at=AT),
    LetterKind.REVIEWED: lambda: review_result_letter(
        ReviewResult(("a",), "五型", "第70期", 2, "已退回", HOSTILE, HOSTILE, HOSTILE, ((HOSTILE, "改\n这里"),), ""),
        OFFICE,
        "a@b.example",
        at=AT,
    ),
    LetterKind.DECIDED: lambda: answer_result_letter(
        AnswerResult(
            ("a",),
            "五型",
            "第70期",
            1,
            2,
            (HOSTILE,),
            (AnsweredLine(HOSTILE, HOSTILE),),
            (AnsweredLine(HOSTILE, "看不懂"),),
            ARTICLES,
            (HOSTILE,),
        ),
        LetterHead("a@b.example"),
        OFFICE,
        answer=ANSWER,
        enclosure=None,
        at=AT,
    ),
    LetterKind.CIRCULATED: lambda: circulation_letter(
        SIGNED, Enclosure("第70期.pdf", "bulletin-70.pdf", b"%PDF"), OFFICE, "a@b.example", at=AT
    ),
    LetterKind.ADOPTION: lambda: adoption_letter(SIGNED, HOSTILE, OFFICE, "a@b.example", phone="123", at=AT),
}


def text_of(out: OutgoingLetter) -> str:
    body = message_from_bytes(out.raw, policy=default).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("kind", LETTERS)
def test_nothing_that_people_wrote_becomes_a_header_or_a_line_of_its_own(kind: LetterKind) -> None:
    out = LETTERS[kind]()
    message = message_from_bytes(out.raw, policy=default)
    assert (out.kind, message["Bcc"], message["Auto-Submitted"]) == (
        kind,
        None,
        "auto-replied" if kind.answers_a_letter else "auto-generated",
    )
    assert "\nBcc:" not in text_of(out)
    assert "\u202e" not in text_of(out)
    assert "\n" not in out.subject
    assert LETTERS[kind]().raw == out.raw


def test_a_request_says_what_changed_until_when_the_link_is_valid_and_for_whom() -> None:
    text = text_of(LETTERS[LetterKind.REVIEW]())
    assert "编辑说明：\n   一\n   二\n" in text
    assert "   2.《（无标题）》单位待定" in text
    assert "   https://x/approve/t\n" in text
    assert "2022-11-08 08:00 前有效" in text


def test_a_notice_names_the_partners_of_joint_work_and_the_telephone() -> None:
    text = text_of(LETTERS[LetterKind.ADOPTION]())
    assert "（区民政局、区教体局）\n   2.《（无标题）》\n\n感谢" in text
    assert "电话：123" in text


def test_letters_of_one_issue_to_several_recipients_differ() -> None:
    ids = {adoption_letter(SIGNED, name, OFFICE, "a@b.example", phone="", at=AT).message_id for name in "甲乙"}
    assert len(ids) == 2
