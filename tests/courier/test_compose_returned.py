"""The letter that brings an article back to its department."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from courier import compose
from tests.courier.test_compose import AT, HEAD, OFFICE, parsed, text
from values import rules
from values.finding import Finding, Severity
from values.outgoing import LetterKind, OutgoingLetter, ReturnedArticle

FINDINGS = (
    Finding(rules.STRAIGHT_QUOTES, Severity.INFO, "引号不成对也不要紧"),
    rules.NEAR_DUPLICATE.finding("与别的单位的稿件相近"),
    Finding(rules.CONFUSABLE_WORD, Severity.WARNING, "“在接再厉”似应为“再接再厉”"),
    Finding(rules.ORDINAL_SEQUENCE, Severity.ERROR, "序号缺“三是”"),
)


def returned(
    title: str = "内外兼修提升学前教育", reason: str = "请补上人数。", subject: str = "投稿", version: str = "3"
) -> OutgoingLetter:
    about = ("wuxing", "7", version)
    return compose.return_letter(
        ReturnedArticle(about, 7, title, subject, reason, FINDINGS), HEAD, OFFICE, phone="8199917", at=AT
    )


def test_returned_letter_names_article_reason_findings_and_how_to_answer() -> None:
    assert returned().kind is LetterKind.RETURNED
    assert text(returned()) == (
        "您好！来信“投稿”中的《内外兼修提升学前教育》（编号 7）编辑已经看过，请修改后再报：\n\n"
        "   请补上人数。\n\n"
        "审校时还见到下面几处，请一并核对：\n"
        "   - 序号缺“三是”\n"
        "   - “在接再厉”似应为“再接再厉”\n\n"
        "怎样再报：直接回复本信，附上改好的稿件（.docx）。系统会把它作为这篇稿件的新一稿交给编辑，不必另写新信。\n"
        "不打算再报的，也请回复一声。\n\n"
        "区“五型”政府建设领导小组办公室\n电话：8199917\n\n"
        "本信由系统发出。\n"
    )


def test_each_decision_has_a_letter_of_its_own() -> None:
    assert returned().raw == returned().raw
    assert returned().message_id != returned(version="5").message_id


@given(st.text(), st.text(), st.text())
def test_reason_with_any_markup_stays_text(title: str, reason: str, subject: str) -> None:
    message = parsed(returned(title, reason, subject))
    assert (message["To"], message["Bcc"], message["Auto-Submitted"]) == ("jtj@example.org", None, "auto-replied")
    assert message["Subject"].startswith("【退改】《")
    assert len(message.keys()) == len(set(message.keys()))
