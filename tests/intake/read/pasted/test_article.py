"""An article written into the letter itself, and the letters that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.parse.message import Message, parse_message
from intake.read.pasted.article import lines_of, pasted_article, title_of_subject
from intake.reading import read_letter
from tests.support.pasted_articles import ARTICLE, FIRST, REGISTER, SECOND, THIRD, TITLE, lines, read
from tests.support.submissions import PNG, File, raw_letter
from values.letter import Verdict


def letter(text: str) -> Message:
    return parse_message(raw_letter(text=text))


# Articles


def test_article_in_the_letter_is_drafted_and_flagged_for_the_editors_eye() -> None:
    found = read(ARTICLE)
    assert (found.verdict, found.reason.for_clerk) == (
        Verdict.FLAGGED,
        f"区教体局《{TITLE}》已成稿，请留意：稿件取自邮件正文，请核对",
    )
    assert lines(found) == [TITLE, "区教体局", FIRST, SECOND, THIRD]
    [draft] = found.articles
    assert (draft.attachment, draft.department) == ("", "区教体局")
    assert [finding.rule.name for finding in draft.findings if finding.rule.name == "pasted-text"] == ["pasted-text"]


@pytest.mark.parametrize(
    "greeting",
    [
        "您好！",
        "区五型办：\n您好！现报送我局稿件一篇，请审阅。",
        "尊敬的编辑老师：\n　　您好！\n\n　　稿件如下：",
        "各位领导，大家好！这是我局本月的稿件，请查收。",
    ],
)
@pytest.mark.parametrize(
    "ending",
    [
        "",
        "谢谢！",
        "此致\n敬礼！",
        "发自我的iPhone",
        "-- \n张敏 区教体局办公室\n手机很少开",
        "0797-8190001\njtj@example.org\nhttps://jtj.example.org/",
        "-----原始邮件-----\n发件人: zgqwxzfb@163.com\n请于11月4日前报送。",
        "发件人：区五型办\n收件人：jtj@example.org\n主题：约稿\n请报送。",
        "在 2022-10-28 09:05:11，区五型办写道：\n> 请报送。",
    ],
)
def test_greeting_signature_and_quoted_letters_are_left_out(greeting: str, ending: str) -> None:
    assert lines(read(f"{greeting}\n\n{ARTICLE}\n\n{ending}")) == [TITLE, "区教体局", FIRST, SECOND, THIRD]


def test_unit_and_writers_at_the_end_are_read_as_in_a_file() -> None:
    text = f"{TITLE}\n{FIRST}\n{SECOND}\n{THIRD}\n\n区教体局\n2022年11月1日\n撰稿：张敏　审核：刘建军\n8190001"
    found = read(text)
    assert lines(found) == [TITLE, "区教体局", FIRST, SECOND, THIRD]
    assert found.articles[0].manuscript.house_lines == ("2022年11月1日", "撰稿：张敏　审核：刘建军")


def test_lines_set_far_in_are_taken_as_centred() -> None:
    text = f"您好！\n　　　　　　{TITLE}\n　　　　　　　　某某学校\n　　{FIRST}\n　　{SECOND}"
    assert lines(read(text)) == [TITLE, "某某学校", FIRST, SECOND]


def test_subject_is_the_title_where_the_text_has_none() -> None:
    found = read(f"{FIRST}\n{SECOND}\n{THIRD}", subject="转发：【投稿】把书香送进校园")
    assert lines(found)[0] == "把书香送进校园"


@pytest.mark.parametrize(
    ("subject", "title"),
    [("Re: 回复：投稿：甲", "甲"), ("【情况通报】甲", "甲"), ("投稿", "投稿"), ("投稿：", "投稿："), ("", "")],
)
def test_title_of_a_subject_is_without_marks(subject: str, title: str) -> None:
    assert title_of_subject(subject) == title


def test_article_pasted_by_an_unknown_sender_waits_for_a_person() -> None:
    found = read(ARTICLE, sender="somebody@qq.com")
    assert found.verdict is Verdict.UNCONFIRMED
    assert "署名像是区教体局" in found.reason.for_clerk


def test_pictures_beside_a_pasted_article_are_reported() -> None:
    found = read(ARTICLE, File("图.png", PNG, "image/png", "inline"), File("照片.png", PNG + b"2", "image/png"))
    assert found.verdict is Verdict.FLAGGED
    assert "正文里的图片（1 张）没有读入" in found.reason.for_clerk
    assert "附图“照片.png”已损坏" in found.reason.for_clerk


def test_article_in_the_text_of_a_forwarded_letter_is_its_writers() -> None:
    inner = f"From: rsj@example.org\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{ARTICLE}\r\n"
    head = "From: jtj@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    raw = f"{head}--b\r\n\r\nsee below\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b--\r\n"
    found = read_letter(raw.encode(), REGISTER)
    assert [draft.department for draft in found.articles] == ["区人社局"]
    assert lines(found)[0] == TITLE


# Letters


@pytest.mark.parametrize(
    "text",
    [
        "您好，请问本期截稿时间是什么时候？谢谢！",
        "稿件见附件，请查收。",
        f"{TITLE}\n区教体局\n{THIRD}",
        f"{FIRST}{SECOND}这样写可以吗？",
        f"{FIRST}{SECOND}\n这样写可以吗？",
        f"{FIRST}\n{SECOND}\n稿件已作附件发送。",
        f"{FIRST}\n{SECOND}\n麻烦帮我们看看这样改行不行，改好再报。",
        f"您好！\n> {FIRST}\n> {SECOND}\n> {THIRD}\n收到。",
        f"收到。\n-----原始邮件-----\n{ARTICLE}",
        f"各单位：\n{FIRST}\n{SECOND}\n请各单位于本月25日前报送稿件，逾期不予采用。",
        "Dear all,\n" + "this week we offer you a discount. " * 40,
    ],
)
def test_question_or_cover_note_is_no_article(text: str) -> None:
    assert read(text).articles == ()


def test_text_beside_a_document_that_cannot_be_read_is_no_article() -> None:
    assert read(ARTICLE, File("稿.rtf", b"", "application/rtf")).verdict is Verdict.QUARANTINED


def test_text_beside_a_cloud_attachment_is_no_article() -> None:
    found = read(f"{ARTICLE}\n从QQ邮箱发来的超大附件\n投稿.docx (60MB, 2022年12月3日到期)")
    assert found.verdict is Verdict.QUARANTINED
    assert "云附件" in found.reason.for_clerk


@pytest.mark.parametrize("sender", ["noreply@bank.example.com", "mailer-daemon@example.com"])
def test_long_text_of_a_machine_stays_ignored(sender: str) -> None:
    assert read(ARTICLE, sender=sender).verdict is Verdict.IGNORED


def test_question_among_the_sample_letters_stays_quarantined() -> None:
    found = read_letter(Path("demo/letters/09-question.eml").read_bytes(), REGISTER)
    assert (found.verdict, found.asks) == (Verdict.QUESTION, True)


@given(st.text(st.sampled_from("一二 \n\t　。？：-谢谢您好附件>0a") | st.characters(codec="utf-8"), max_size=400))
def test_any_text_is_an_article_with_text_or_none(text: str) -> None:
    article = pasted_article(letter(text + "\n" + ARTICLE if len(text) % 2 else text))
    assert article is None or any(line.strip() for line in lines_of(article.part))
