"""Whose a manuscript is that came in a letter forwarded the way 163, QQ and Foxmail do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.classify.inline_forward import with_forwarded_writer
from intake.outcome import Reading
from intake.parse.message import parse_message
from intake.reading import read_letter
from intake.register import Register
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, File, raw_letter
from tools.docx_builder import docx, paragraph
from tools.zip_builder import archive, gbk
from values.letter import Verdict

REGISTER = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True)
SENTENCE = "坚持定期进行年度办园水平督导评估，促进全区各级各类幼儿园办园水平整体提升，效果明显。"
FILE = File(
    "稿.docx", docx(paragraph("标题", properties='<w:jc w:val="center"/>') + paragraph(SENTENCE) + paragraph(SENTENCE))
)

BY_163 = """-------- 转发邮件信息 --------
发件人："区人社局" <rsj@example.org>
发送日期：2022-11-01 09:05:11
收件人：jtj@example.org
主题：投稿

请审阅。"""
BY_QQ = """------------------ 原始邮件 ------------------
发件人: "区人社局"
<rsj@example.org>;
发送时间: 2022年11月1日(星期二) 上午9:05
收件人: "jtj"<jtj@example.org>;

主题: 投稿

请审阅。"""
BY_FOXMAIL = """发件人： rsj@example.org
发送时间： 2022-11-01 09:05
收件人： jtj@example.org
主题： 投稿
请审阅。"""
BY_163_TODAY = """---- 转发的邮件 ----
| 发件人 | 区人社局<rsj@example.org> |
| 发送日期 | 2022年11月01日 09:05 |
| 收件人 | <jtj@example.org> |
| 主题 | 投稿 |
请审阅。"""
BY_APPLE = """Begin forwarded message:

> From: 区人社局 <rsj@example.org>
> Subject: 投稿
> Date: 2022-11-01
> To: jtj@example.org
>
> 请审阅。"""
WAYS = [BY_163, BY_QQ, BY_FOXMAIL, BY_163_TODAY, BY_APPLE]
NESTED = f"""-------- 转发邮件信息 --------
发件人：a@jr.example.org
发送日期：2022-11-02 09:05:11
收件人：jtj@example.org
主题：Fw:投稿

请转。
{BY_163}"""


def read(text: str, *files: File, sender: str = "jtj@example.org", subject: str = "转发：投稿") -> Reading:
    return read_letter(raw_letter(*files, sender=sender, subject=subject, text=text), REGISTER)


def owners(found: Reading) -> list[str | None]:
    return [draft.department for draft in found.articles]


@pytest.mark.parametrize("quoted", WAYS)
@pytest.mark.parametrize("note", ["", "误发到我们这里了，请采用。\n\n李喆\n区教体局办公室 8190012\n"])
def test_file_attached_again_is_the_departments_that_wrote_first(quoted: str, note: str) -> None:
    found = read(note + quoted, FILE)
    assert (found.verdict, owners(found)) == (Verdict.ARTICLE, ["区人社局"])


def test_files_of_an_archive_attached_again_are_too() -> None:
    found = read(BY_QQ, File("材料.zip", archive([gbk(FILE.name, FILE.data)])), subject="Fw: 投稿")
    assert owners(found) == ["区人社局"]


def test_mark_above_the_quoted_letter_is_enough_and_the_first_of_several_writers_counts() -> None:
    assert owners(read(BY_163, FILE, subject="投稿")) == ["区人社局"]
    assert owners(read(NESTED, FILE)) == ["区人社局"]


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("回复：投稿", BY_QQ),
        ("Re: Fw: 投稿", BY_163),
        ("投稿", BY_QQ),
        ("投稿", BY_FOXMAIL),
        ("转发：投稿", f"现将我局稿件一并报来。\n{BY_163}"),
        ("转发：投稿", f"投稿一篇，请审阅。\n{BY_163}"),
        ("转发：投稿", f"{SENTENCE * 4}\n{BY_163}"),
        ("转发：约稿", BY_163.replace("主题：投稿", "主题：关于报送稿件的通知")),
        ("转发：约稿", BY_163.replace("rsj@example.org", OFFICE)),
        ("转发：投稿", BY_QQ.replace("<rsj@example.org>;", "")),
        ("转发：投稿", "请审阅。"),
    ],
)
def test_answer_own_manuscript_and_quoted_notice_leave_it_the_senders(subject: str, text: str) -> None:
    found = read(text, FILE, subject=subject)
    assert (found.verdict, owners(found)) == (Verdict.ARTICLE, ["区教体局"])


def test_answer_to_a_notice_that_is_passed_on_is_its_writers() -> None:
    answer = BY_163.replace("主题：投稿", "主题：回复：关于报送稿件的通知")
    assert owners(read(answer, FILE)) == ["区人社局"]


def test_unknown_forwarder_confirms_nothing() -> None:
    found = read(BY_163, FILE, sender="passer-by@qq.com")
    assert (found.verdict, owners(found)) == (Verdict.UNCONFIRMED, ["区人社局"])
    assert (
        "由 passer-by@qq.com 转发，该地址不在单位名录中；原信自称来自区人社局（rsj@example.org）"
        in found.reason.for_clerk
    )


def test_registered_forwarder_stands_for_what_strangers_wrote() -> None:
    found = read(BY_163.replace("rsj@example.org", "someone@qq.com"), FILE)
    assert (found.verdict, owners(found)) == (Verdict.ARTICLE, ["区教体局"])


def test_office_may_forward_to_its_own_mailbox_what_others_wrote() -> None:
    assert read(BY_163, FILE, sender=OFFICE).verdict is Verdict.ARTICLE
    assert owners(read(BY_163, FILE, sender=OFFICE)) == ["区人社局"]
    stranger = read(BY_163.replace("rsj@example.org", "someone@qq.com"), FILE, sender=OFFICE)
    assert (stranger.verdict, "我方转发的原信来自 someone@qq.com" in stranger.reason.for_clerk) == (
        Verdict.UNCONFIRMED,
        True,
    )
    assert read(BY_163.replace("rsj@example.org", OFFICE), FILE, sender=OFFICE).verdict is Verdict.IGNORED
    assert read(BY_QQ, FILE, sender=OFFICE, subject="回复：投稿").verdict is Verdict.IGNORED


@pytest.mark.parametrize("sender", ["jtj@example.org", OFFICE])
@pytest.mark.parametrize("quoted", WAYS)
def test_article_in_the_quoted_text_is_its_writers(quoted: str, sender: str) -> None:
    prefix = "> " if quoted is BY_APPLE else ""
    article = "".join(f"\n{prefix}{line}" for line in ("校园食堂请家长来尝", SENTENCE * 2, SENTENCE * 2))
    found = read(quoted + article, sender=sender)
    assert (found.verdict, owners(found)) == (Verdict.FLAGGED, ["区人社局"])
    assert found.articles[0].manuscript.title == "校园食堂请家长来尝"
    assert found.articles[0].manuscript.text.count(SENTENCE) == 4


def test_quoted_article_in_an_answer_is_not_taken() -> None:
    found = read(f"收到。\n{BY_QQ}\n校园食堂请家长来尝\n{SENTENCE * 4}", subject="回复：投稿")
    assert found.articles == ()


@given(
    st.lists(
        st.sampled_from([*WAYS, NESTED, SENTENCE, "> ", "发件人：", "\n", "主题"]) | st.text(max_size=9), max_size=9
    )
)
def test_no_text_breaks_it(pieces: list[str]) -> None:
    raw = raw_letter(FILE, text="\n".join(pieces).encode("utf-8", "replace").decode())
    letter = replace(parse_message(raw), subject="转发：投稿")
    found = with_forwarded_writer(letter, {OFFICE})
    assert found == letter or (len(found.bodies) == len(letter.bodies) + 1 and found.bodies[-1].origin)


FORWARDED_TWICE = (
    "请领导审阅。\n\n-------- 转发邮件信息 --------\n发件人：<rsj@example.org>\n发送日期：2026-11-30 08:30:00\n"
    '收件人：jtj@example.org\n主题：转发：稿件\n\n-------- 转发邮件信息 --------\n发件人："小王" <wang8812@qq.com>\n'
    "发送日期：2026-11-29 20:11:00\n收件人：rsj@example.org\n主题：稿件\n\n局长，稿件写好了。"
)


def test_of_letters_forwarded_twice_the_innermost_registered_writer_counts() -> None:
    message = parse_message(raw_letter(FILE, subject="转发：转发：稿件", text=FORWARDED_TWICE))
    written = with_forwarded_writer(message, {OFFICE}, DEPARTMENTS)
    assert [part.origin for part in written.parts if part.name] == ["rsj@example.org"]
    unregistered = with_forwarded_writer(message, {OFFICE})
    assert [part.origin for part in unregistered.parts if part.name] == ["wang8812@qq.com"]


def test_of_letters_attached_within_each_other_the_innermost_registered_writer_counts() -> None:
    inner = raw_letter(FILE, sender="wang8812@qq.com").decode()
    middle = f"From: rsj@example.org\r\nContent-Type: message/rfc822\r\n\r\n{inner}"
    outer = f"From: jtj@example.org\r\nContent-Type: message/rfc822\r\n\r\n{middle}"
    message = parse_message(outer.encode())
    assert [part.origin for part in message.parts if part.name] == ["wang8812@qq.com"]
    written = with_forwarded_writer(message, {OFFICE}, DEPARTMENTS)
    assert [part.origin for part in written.parts if part.name] == ["rsj@example.org"]
