"""The letters as they go out: their words, their headers, and nothing of a sender's where it does not belong."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier import compose
from courier.render import Letterhead
from courier.wording import line
from intake.parse.message import parse_message
from tests.support.offices import SHANGHAI
from values import rules
from values.address import is_sendable
from values.draft import DraftArticle, DraftIssue, News
from values.finding import Finding, Severity
from values.issue import IssueNumber
from values.letter import Verdict
from values.outgoing import AnswerWay, LetterHead, LetterKind, OutgoingLetter, SettledArticle, SettledLetter
from values.reason import Reason

AT: Final = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)
OFFICE: Final = Letterhead("zgqwxzfb@163.com", "区“五型”政府建设领导小组办公室")
CONFUSED: Final = Finding(rules.CONFUSABLE_WORD, Severity.WARNING, "“在接再厉”似应为“再接再厉”")
HEAD: Final = LetterHead(
    "jtj@example.org", ("zgqwxzfb@163.com",), "<1@example.org>", ("<0@example.org>",), trusted=True
)
ARTICLE: Final = SettledArticle(
    7,
    "内外兼修提升学前教育",
    1234,
    2,
    1,
    (
        Finding(rules.STRAIGHT_QUOTES, Severity.INFO, "引号不成对也不要紧"),
        CONFUSED,
        Finding(rules.WEEKDAY, Severity.WARNING, "11月8日是星期二"),
        Finding(rules.IMPOSSIBLE_DATE, Severity.ERROR, "没有2月30日"),
    ),
)
LETTER: Final = SettledLetter(
    3,
    "wuxing",
    "ab" * 32,
    AT,
    True,
    HEAD,
    "投稿",
    Verdict.ARTICLE,
    Reason.alike("区教体局《…》已成稿"),
    articles=(ARTICLE,),
)
ISSUE: Final = DraftIssue(
    about=("wuxing", "running", "70", "2"),
    title="章贡区“五型”政府建设",
    label="第70期",
    number=IssueNumber(70, "running", 2022),
    dated=date(2022, 11, 8),
    revision=2,
    articles=(
        DraftArticle(3, "甲文", "区教体局", (CONFUSED,), flagged=True),
        DraftArticle(5, "乙文", ""),
    ),
    news=News(added=("乙文",), changed=("甲文",), removed=("丙文",)),
    missing=("区民政局",),
)
DOCX: Final = b"PK\x03\x04 the issue"
CR_LF: Final = re.compile(rb"(?<!\r)\n|\r(?!\n)")


def answer(letter: SettledLetter) -> OutgoingLetter:
    out = compose.answer_letter(letter, OFFICE, phone="8199917", at=AT)
    assert out is not None
    return out


def parsed(out: OutgoingLetter) -> EmailMessage:
    message = message_from_bytes(out.raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


ANSWER: Final = AnswerWay("JB-00000-00000-00000-00000")
DESK: Final = "https://jianbao.example/b/wuxing/issue"


def draft(issue: DraftIssue = ISSUE, desk_url: str = DESK) -> OutgoingLetter:
    return compose.draft_letter(
        issue, DOCX, OFFICE, compose.DraftAddressee("editor@example.org", desk_url, ANSWER), at=AT
    )


def text(out: OutgoingLetter) -> str:
    body = parsed(out).get_body()
    assert isinstance(body, EmailMessage)
    content = body.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


def test_receipt_tells_what_was_read_and_what_is_worth_mending() -> None:
    out = answer(LETTER)
    assert (out.kind, out.to) == (LetterKind.RECEIPT, "jtj@example.org")
    assert out.subject == "【收稿】《内外兼修提升学前教育》"
    assert text(out) == (
        "您好！来信“投稿”已收到，由系统读出如下，请核对：\n\n"
        "1.《内外兼修提升学前教育》（编号 7）\n"
        "   正文 1234 字，图片 2 张，表格 1 个。\n"
        "   建议核对：\n"
        "   - 没有2月30日\n"
        "   - 11月8日是星期二\n\n"
        "需要更正时，请直接回复本信并附上修改稿（.docx），补充照片的，附上照片就可以；没有问题则不必回复。\n"
        "稿件是否采用由编辑决定，收到不等于采用。\n\n"
        "区“五型”政府建设领导小组办公室\n电话：8199917\n\n"
        "本信由系统自动发出。\n"
    )


def test_receipt_has_the_marks_of_an_automatic_answer() -> None:
    message = parsed(answer(LETTER))
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["X-Loop"] == "zgqwxzfb@163.com"
    assert message["In-Reply-To"] == "<1@example.org>"
    assert message["References"].split() == ["<0@example.org>", "<1@example.org>"]
    assert (message["To"], message["Cc"], message["Bcc"]) == ("jtj@example.org", None, None)
    assert message["Date"].datetime == AT
    read = parse_message(answer(LETTER).raw)
    assert (read.sender, read.sender_name) == ("zgqwxzfb@163.com", "区“五型”政府建设领导小组办公室")


def test_answers_are_asked_to_the_mailbox_that_is_read() -> None:
    assert parsed(answer(LETTER))["Reply-To"] is None
    elsewhere = replace(OFFICE, address="sender@example.org", reply_to="zgqwxzfb@163.com")
    out = compose.answer_letter(LETTER, elsewhere, phone="", at=AT)
    assert out is not None
    assert (parsed(out)["From"].addresses[0].addr_spec, parsed(out)["Reply-To"]) == (
        "sender@example.org",
        "zgqwxzfb@163.com",
    )


def test_same_letter_has_the_same_bytes_and_one_message_id_for_each_kind() -> None:
    assert answer(LETTER).raw == answer(LETTER).raw
    rejection = answer(replace(LETTER, verdict=Verdict.QUARANTINED, articles=()))
    other = answer(replace(LETTER, sha256="cd" * 32))
    assert len({answer(LETTER).message_id, rejection.message_id, other.message_id}) == 3
    assert draft() == draft()


def test_long_message_ids_stay_whole() -> None:
    long = "<" + "SG2PR06MB1234567890ABCDEF" * 4 + "@SG2PR06MB123.apcprd06.prod.outlook.com>"
    raw = answer(replace(LETTER, head=replace(HEAD, message_id=long, references=(long[:-1] + ".cn>",)))).raw
    assert f"In-Reply-To: {long}\r\n".encode() in raw
    assert f" {long}\r\n".encode() in raw


def test_receipt_for_several_manuscripts_lists_them_and_what_repeats() -> None:
    """security.md D-5: one receipt for all."""
    repeated = replace(ARTICLE, id=4, title="已收过的", repeated=True)
    many = [replace(ARTICLE, id=10 + n, title=f"第{n}篇") for n in range(28)]
    out = answer(
        replace(
            LETTER,
            verdict=Verdict.FLAGGED,
            articles=(*many, repeated),
            concerns=(Reason("附件请对方另存", "附件请另存"),),
        )
    )
    assert out.subject == "【收稿】《第0篇》等 28 篇"
    assert text(out).count("建议核对") == 2
    assert "没有重复登记：\n   -《已收过的》（编号 4）" in text(out)
    assert "请留意，编辑也会看到：\n   - 附件请另存" in text(out)


def remarks(out: OutgoingLetter) -> list[str]:
    return re.findall(r"(?m)^   - (.*)$", text(out))


def test_receipt_has_three_remarks_at_most_the_gravest_of_all_articles() -> None:
    first = replace(ARTICLE, findings=tuple(rules.WEEKDAY.finding(f"星期 {day}") for day in range(5)))
    errors = (rules.NO_BODY.finding("没有正文"), Finding(rules.WEEKDAY, Severity.WARNING, "存疑"))
    second = replace(ARTICLE, id=8, findings=errors)
    assert len(remarks(answer(replace(LETTER, articles=(first, second))))) == 3
    warned = replace(first, findings=tuple(Finding(rules.WEEKDAY, Severity.WARNING, f"疑 {day}") for day in range(5)))
    assert remarks(answer(replace(LETTER, articles=(warned, second)))) == ["疑 0", "疑 1", "没有正文"]


def test_what_was_not_read_counts_as_a_remark_and_comes_first() -> None:
    concerns = tuple(Reason.alike(f"附件 {number} 没有读入") for number in range(5))
    out = answer(replace(LETTER, verdict=Verdict.FLAGGED, concerns=concerns))
    assert remarks(out) == ["附件 0 没有读入", "附件 1 没有读入", "附件 2 没有读入"]
    assert "另有 2 处，不一一列出。" in text(out)


def test_receipt_speaks_of_no_inside_matters() -> None:
    """What the office did, what other departments sent, and what rules guess stays with the editor."""
    findings = (
        rules.CORRECTED_OVER_EDIT.finding("第 2 稿由 管理员 改过；这一稿是单位新发来的。"),
        rules.ERRATUM.finding("更正的是已刊于第70期的稿件 7"),
        rules.NEAR_DUPLICATE.finding("与稿件 5 相近"),
        rules.CONFUSABLE_WORD.finding("“在接再厉”似应为“再接再厉”"),
        rules.MACRO.finding("文档里有宏"),
    )
    for_clerk_only = Reason("文档里有宏", "")
    out = answer(
        replace(
            LETTER,
            verdict=Verdict.FLAGGED,
            articles=(replace(ARTICLE, findings=findings, revision=4),),
            concerns=(for_clerk_only,),
        )
    )
    assert remarks(out) == []
    assert "管理员" not in text(out)
    assert "第 4 稿" not in text(out)
    assert "请留意" not in text(out)


def test_receipt_for_a_repeat_reports_it() -> None:
    out = answer(replace(LETTER, verdict=Verdict.DUPLICATE, articles=(replace(ARTICLE, repeated=True),)))
    assert out.subject == "【收稿】与已收稿件相同：《内外兼修提升学前教育》"
    assert "如果寄的是修改稿，请确认附件是改过的那一份。" in text(out)


@pytest.mark.parametrize(
    ("for_the_clerk", "for_the_sender"),
    [
        ("附件“稿.rar”暂不能读，请对方解压后重发。", "附件“稿.rar”暂不能读，请解压后重发。"),
        (
            "本机没有 LibreOffice，不能读 .doc 文件。请管理员安装后用 retry 重读，或请对方另存为 .docx 重发。",
            "本机没有 LibreOffice，不能读 .doc 文件。请另存为 .docx 重发。",
        ),
        (
            "全文仍在邮箱里。请登录邮箱网页查看，或请对方压缩图片后重发。",
            "全文仍在邮箱里。请压缩图片后重发。",
        ),
        ("原信已保存；可请对方另存为 .docx 重发，或稍后重读。", "原信已保存；可请另存为 .docx 重发。"),
    ],
)
def test_rejection_tells_the_sender_what_to_do(for_the_clerk: str, for_the_sender: str) -> None:
    reason = Reason(for_the_clerk, for_the_sender)
    out = answer(replace(LETTER, verdict=Verdict.QUARANTINED, articles=(), reason=reason))
    assert (out.kind, out.subject) == (LetterKind.REJECTION, "【退件】未能读出稿件：投稿")
    assert f"\n   {for_the_sender}\n" in text(out)


def test_words_of_the_sender_in_a_rejection_stay_as_they_are() -> None:
    reason = Reason.alike("附件“邮箱请对方企业配合.rar”暂不能读，请直接附上其中的 .docx 重发。")
    out = answer(replace(LETTER, verdict=Verdict.QUARANTINED, articles=(), reason=reason))
    assert "“邮箱请对方企业配合.rar”" in text(out)


@pytest.mark.parametrize("verdict", [Verdict.UNCONFIRMED, Verdict.IGNORED, Verdict.PENDING])
def test_other_verdicts_are_not_answered(verdict: Verdict) -> None:
    assert compose.answer_letter(replace(LETTER, verdict=verdict), OFFICE, phone="", at=AT) is None


def test_draft_brings_the_issue_and_what_the_editor_should_know() -> None:
    out = draft()
    assert out.subject == "【送审】章贡区“五型”政府建设第70期（第 2 稿，2 篇）"
    assert text(out) == (
        "—— 答复请写在这一行上面，并保留下面的内容 ——\n\n"
        "章贡区“五型”政府建设第70期送审稿（第 2 稿）见附件，印发日期 2022-11-08。\n\n"
        "与上一稿相比：\n   + 新增《乙文》\n   * 换稿《甲文》\n   - 撤下《丙文》\n\n"
        "本稿 2 篇：\n   1.《甲文》区教体局\n   2.《乙文》单位待定\n\n"
        "请重点核对：\n   《甲文》\n      - 疑问：“在接再厉”似应为“再接再厉”\n"
        "      - 来信有需留意之处，理由写在审稿台的来信里\n\n"
        "本期未报送的单位：区民政局。\n\n"
        "怎样办理：\n"
        "   1. 打开附件审阅；审校意见是页边的批注，每条标在它所说的字上。\n"
        "   2. 采用、留用、退改、退稿，调整次序，修改文字，都在审稿台的“本期”里：\n"
        "      https://jianbao.example/b/wuxing/issue\n"
        "      看过没有问题，在同一页点“签发…”，期号和文件从此不变。\n"
        "   3. 也可以直接答复本信办理，一行一件事，数字是上面目录里的第几篇：\n"
        "      例：采用 1,3\n"
        "      例：缓 2（留用）\n"
        "      例：退 4：数字请核实（退改，冒号后的原因会寄给单位）\n"
        "      例：不用 5\n"
        "      例：2 移到 1 前\n"
        "      例：标题 3：新的标题\n"
        "      例：按语：本期刊发……\n"
        "      例：日期 11月10日\n"
        "      看不懂的行不会改动任何稿件，会回信请您再写。\n\n"
        "答复码：JB-00000-00000-00000-00000\n"
        "答复码只给您本人，凭它认出是您的答复，用一次就作废；请不要转发本信。\n\n"
        "本信由系统自动发出。\n"
    )
    message = parsed(out)
    [enclosure] = message.iter_attachments()
    assert isinstance(enclosure, EmailMessage)
    assert enclosure.get_content() == DOCX
    read = parse_message(out.raw)
    assert read.parts[-1].name == "章贡区“五型”政府建设第70期送审稿（第2稿）.docx"
    assert b'filename="bulletin-70-draft-2.docx"' in out.raw
    assert message["Auto-Submitted"] == "auto-generated"
    assert "In-Reply-To" not in message


def test_draft_has_no_command_line_with_and_without_a_desk() -> None:
    for letter in (draft(), draft(desk_url="")):
        assert not re.search(r"decide|sign-off|rejected|held|--|编号", text(letter))
    assert "审稿台" not in text(draft(desk_url="")).partition("怎样办理")[2]


def test_draft_shows_the_gravest_remarks_of_an_article_and_counts_the_rest() -> None:
    many = tuple(Finding(rules.CONFUSABLE_WORD, Severity.WARNING, f"疑 {number}") for number in range(4))
    findings = (*many, Finding(rules.NO_BODY, Severity.ERROR, "没有正文"), Finding(rules.DASH, Severity.INFO, "小事"))
    issue = replace(ISSUE, articles=(DraftArticle(3, "甲文", "区教体局", findings),))
    assert (
        "《甲文》\n      - 错误：没有正文\n      - 疑问：疑 0\n      - 疑问：疑 1\n      - 另有 2 处，见批注\n"
        in text(draft(issue))
    )


def test_alarm_of_one_cause_is_the_same_letter_all_day() -> None:
    def alarm(cause: str, at: datetime) -> OutgoingLetter:
        return compose.alarm_letter(cause, "登录被拒绝\n请核对授权码", OFFICE, "admin@example.org", at=at)

    first = alarm("登录被拒绝", AT)
    assert "   登录被拒绝\n   请核对授权码\n" in text(first)
    assert alarm("登录被拒绝", AT.replace(hour=23)).message_id == first.message_id
    others = {alarm("登录被拒绝", AT.replace(day=9)).message_id, alarm("磁盘满", AT).message_id}
    assert first.message_id not in others
    assert len(others) == 2


ANYTHING = st.text() | st.text(alphabet=st.sampled_from('a稿\r\n\x00\x0b\x85\u2028\u202e\ud800<>@,;:"=?:— '))
HEADERS = ["In-Reply-To", "References", "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"]
HEADERS += ["X-Auto-Response-Suppress", "X-Loop", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]


@given(subject=ANYTHING, title=ANYTHING, finding=ANYTHING, reason=ANYTHING, message_id=ANYTHING, reference=ANYTHING)
def test_nothing_a_sender_writes_becomes_a_header(
    subject: str, title: str, finding: str, reason: str, message_id: str, reference: str
) -> None:
    """security.md D-3."""
    article = replace(ARTICLE, title=title, findings=(Finding(rules.CONFUSABLE_WORD, Severity.ERROR, finding),))
    head = replace(HEAD, message_id=f"<{message_id}>", references=(f"<{reference}@x>", reference))
    letter = replace(LETTER, subject=subject, head=head, articles=(article,), concerns=(Reason.alike(finding),))
    letter = replace(letter, reason=Reason.alike(reason))
    for verdict in (Verdict.FLAGGED, Verdict.QUARANTINED):
        out = answer(replace(letter, verdict=verdict))
        assert not CR_LF.search(out.raw)
        assert out.raw.isascii()
        assert max(map(len, out.raw.split(b"\r\n"))) <= 998
        message = parsed(out)
        assert set(message.keys()) <= set(HEADERS)
        assert len(message.keys()) == len(set(message.keys()))
        assert (message["To"], message["Message-ID"]) == ("jtj@example.org", out.message_id)
        assert not message.defects
        assert message["Subject"].split() == out.subject.split()


@given(st.from_regex(r"[!-~]{1,70}@[a-zA-Z0-9._-]{1,70}", fullmatch=True).filter(is_sendable), ANYTHING)
def test_every_sendable_address_can_be_written_to_and_from(address: str, name: str) -> None:
    out = compose.alarm_letter("x", "y", Letterhead(address, name, "z@example.org"), address, at=AT)
    assert not CR_LF.search(out.raw)
    message = parsed(out)
    assert (message["To"], message["Reply-To"]) == (address, "z@example.org")
    assert (message["From"].addresses[0].addr_spec, message["Message-ID"]) == (address, out.message_id)


@given(ANYTHING)
def test_a_line_is_one_line(text: str) -> None:
    assert line(text).splitlines() in ([], [line(text)])
    assert len(line(text, 10)) <= 10
