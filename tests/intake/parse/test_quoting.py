"""The writer's own words, without the letters quoted below them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from intake.parse.message import parse_message
from intake.parse.quoting import own_text, quotation

OWN = "您好，稿件已修改，见附件。\n\n区人社局"


@pytest.mark.parametrize(
    "tail",
    [
        "-----原始邮件-----\n发件人: a@example.org\n贵局稿件什么时候报来？",
        "------------------ 原始邮件 ------------------\n发件人: 区五型办",
        "---- 回复的原邮件 ----\n| 发件人 | 区五型办 |",
        "----- Original Message -----\nFrom: x",
        "-------- 转发邮件信息 --------\n发件人：x",
        "发件人： 区五型办 <a@example.org>\n发送时间： 2022年10月31日 15:02\n收件人： rsj@example.org\n主题： 通知",
        "发件人：区五型办\n\n收件人：rsj@example.org\n\n主题：通知",
        "From: a@example.org\nSent: Monday\nTo: b@example.org\nSubject: x",
        '在 2022-10-28 09:05:11，"区五型办" <a@example.org> 写道：\n各单位：',
        '在 2022-10-28 09:05:11，"区五型办"\n<a@example.org> 写道：\n各单位：',
        "在2022年10月28日 09:05，区五型办写道:\n> 各单位：",
        "2022-10-28 09:05 GMT+08:00 区五型办 <a@example.org> 写道：\n> 各单位：",
        "On Fri, Oct 28, 2022, a@example.org wrote:\n> hello",
        "> 各单位：\n> 请报送稿件。",
    ],
)
def test_quoted_letters_are_left_out(tail: str) -> None:
    assert own_text(f"{OWN}\n\n{tail}\n") == OWN


@pytest.mark.parametrize(
    "text",
    [
        OWN,
        "发件人：请核对\n稿件见附件。",
        "在全区上下共同努力下，各项工作有序推进。\n一是严格管理。",
        "原始邮件已收到，现补充一篇。",
        "在座谈会上，群众代表说道：\n这里的变化真大。",
    ],
)
def test_own_words_are_kept(text: str) -> None:
    assert own_text(text) == text


def test_answer_between_quoted_lines_is_kept() -> None:
    assert own_text("> 什么时候报来？\n今天就报。\n> 几篇？\n两篇。") == "今天就报。\n两篇。"


def test_sample_letter_is_read_without_the_two_letters_below_it() -> None:
    message = parse_message(Path("demo/letters/02-rsj.eml").read_bytes())
    assert own_text(message.text) == "您好，稿件已按要求修改，见附件。\n\n区人社局办公室\n8190012"


@pytest.mark.parametrize(
    ("quoted", "sender", "subject", "text"),
    [
        ("-----原始邮件-----\n发件人:a@example.org\n主题:稿\n\n正文", "a@example.org", "稿", "正文"),
        (
            "发件人：甲\n<A@example.org>\n\n收件人：b@example.org\n\n主题：稿\n时间：九点",
            "a@example.org",
            "稿",
            "时间：九点",
        ),
        ("----- Original Message -----\n**From:** a@example.org\n**Sent:** x\n正文", "a@example.org", "", "正文"),
        ("---- 转发的邮件 ----\n发件人\t甲<a@example.org>\n日期\tx\n日期：一日", "a@example.org", "", "日期：一日"),
        ("-----原始邮件-----\n发件人: 区五型办\n主题: 稿\n正文", "", "稿", "正文"),
        ("-----原始邮件-----\n正文\n又一行\n发件人：a@example.org", "", "", "正文\n又一行\n发件人：a@example.org"),
        ("On Fri, a@example.org wrote:\n> 正文", "", "", "On Fri, a@example.org wrote:\n正文"),
    ],
)
def test_quoted_letter_tells_its_writer_subject_and_text(quoted: str, sender: str, subject: str, text: str) -> None:
    found = quotation(f"{OWN}\n{quoted}")
    assert found is not None
    assert (found.above, found.sender, found.subject, found.text) == (OWN, sender, subject, text)


def test_letter_without_another_in_it_quotes_nothing() -> None:
    assert quotation(OWN) is None


@pytest.mark.parametrize(
    "piece",
    ["发件人：\n", "在", "- ", "> \n", "写道：\n", "\n", "在 写道", "-----原始邮件", "发件人：a\n主题：", "> | "],
)
def test_long_text_is_read_quickly(piece: str) -> None:
    began = time.process_time()
    own_text(piece * (200_000 // len(piece)))
    quotation(piece * (200_000 // len(piece)))
    assert time.process_time() - began < 3
