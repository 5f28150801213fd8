"""The answer to 查询, as it is written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default

from courier.compose_submissions import submissions_letter
from courier.render import Letterhead
from values.issue import ArticleStatus
from values.letter import Verdict
from values.outgoing import LetterHead, SettledLetter
from values.own_submissions import OwnSubmission, OwnSubmissions
from values.reason import Reason

AT = datetime(2022, 11, 8, 9, 0, tzinfo=UTC)


def written(own: OwnSubmissions) -> tuple[str, str]:
    """(subject, text) of the answer."""
    head = LetterHead(sender="jtj@example.org", message_id="<q@example.org>")
    letter = SettledLetter(1, "wuxing", "0" * 64, AT, True, head, "查询", Verdict.QUESTION, Reason.alike(""))
    out = submissions_letter(letter, own, Letterhead("wuxing@example.org", "办公室"), phone="8199917", at=AT)
    message = message_from_bytes(out.raw, policy=default)
    assert (message["To"], message["In-Reply-To"]) == ("jtj@example.org", "<q@example.org>")
    body = message.get_body()
    assert body is not None
    return str(message["Subject"]), body.get_content().replace("\r\n", "\n")


def test_each_submission_has_day_state_issue_and_reason_on_a_line() -> None:
    entries = (
        OwnSubmission("甲\n乙", date(2022, 11, 1), ArticleStatus.PUBLISHED, "第70期", ""),
        OwnSubmission("", date(2022, 1, 2), ArticleStatus.RETURNED, "", "数字\n请核实" + "长" * 200),
    )
    subject, text = written(OwnSubmissions(("区教体局",), 2022, entries, 3))
    assert subject == "【查询】区教体局 2022 年投稿 5 篇"
    assert "1.《甲 乙》\n   11 月 1 日收到，已刊发（第70期）。" in text
    assert "2.《（无标题）》\n   1 月 2 日收到，退改：数字 请核实长" in text
    assert "…。" in text
    assert "另有较早的 3 篇" in text


def test_year_without_submissions_says_so() -> None:
    assert "还没有收到投稿" in written(OwnSubmissions(("区教体局", "区招生办"), 2022, (), 0))[1]
