"""Letters without a manuscript: thanks, questions, requests, and submissions without their file."""

from __future__ import annotations

import pytest

from intake.classify.words import WordsKind, kind_of_words
from intake.parse.message import parse_message
from tests.support.submissions import raw_letter

LETTERS = [
    (WordsKind.THANKS, "回复：【收稿】《甲》", "收到，谢谢！"),
    (WordsKind.THANKS, "", "好的，谢谢编辑老师，辛苦了！\n区民政局 王某"),
    (WordsKind.THANKS, "", "收到，已转分管领导。\n\n发自我的iPhone"),
    (WordsKind.THANKS, "谢谢", "谢谢您一直以来对我局信息工作的支持！祝工作顺利！"),
    (WordsKind.THANKS, "", "稿件已收到，感谢贵刊采用我局稿件。"),
    (WordsKind.THANKS, "Re: receipt", "OK, thanks"),
    (WordsKind.THANKS, "", "谢谢编辑！\n\n王某\n区民政局办公室\n\n发自我的小米手机"),
    (WordsKind.REQUEST, "", "收到，谢谢。\n请撤下"),
    (WordsKind.QUESTION, "咨询", "请问本期什么时候截稿？"),
    (WordsKind.QUESTION, "", "收到通知了吗"),
    (WordsKind.QUESTION, "投稿", "一篇稿件多少字合适，能否附照片"),
    (WordsKind.QUESTION, "回复：【采用】《甲》", "谢谢！请问哪一期刊登？"),
    (WordsKind.REQUEST, "", "上次稿件里的数字写错了，应为320人，请帮忙改一下。"),
    (WordsKind.REQUEST, "回复：【收稿】《甲》", "收到，数字有误"),
    (WordsKind.REQUEST, "会议通知", "定于12月5日上午9时在三楼会议室召开信息工作例会，请准时参加。"),
    (WordsKind.SUBMISSION, "投稿", "您好！稿件见附件，请查收。\n\n区民政局 王某\n8199000"),
    (WordsKind.SUBMISSION, "投稿", "稿件拍照发您，请审。"),
    (WordsKind.SUBMISSION, "", "请查收附件。"),
    (WordsKind.SUBMISSION, "投稿", "请查收。"),
    (WordsKind.SUBMISSION, "投稿", "材料今天下午送签。"),
    (WordsKind.SUBMISSION, "投稿：甲", ""),
]


@pytest.mark.parametrize(("kind", "subject", "text"), LETTERS)
def test_kind_of_the_words(kind: WordsKind, subject: str, text: str) -> None:
    assert kind_of_words(parse_message(raw_letter(subject=subject, text=text))) is kind


def test_quoted_letter_counts_for_nothing() -> None:
    quoted = "------------------ 原始邮件 ------------------\n发件人: <a@b.example>\n主题: 投稿\n\n请问收到了吗？"
    text = f"收到，谢谢！\n\n{quoted}"
    assert kind_of_words(parse_message(raw_letter(subject="回复：投稿", text=text))) is WordsKind.THANKS
