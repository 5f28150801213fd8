"""Recall notices, in the forms of the programs that write them."""

from __future__ import annotations

import pytest

from intake.classify.recall import Recall, recall_of
from intake.parse.message import parse_message
from tests.support.submissions import raw_letter


def recalled(subject: str, text: str) -> Recall | None:
    return recall_of(parse_message(raw_letter(subject=subject, text=text)))


@pytest.mark.parametrize(
    ("subject", "text", "recall"),
    [
        ("撤回: 投稿：甲文", "王某 将撤回邮件“投稿：甲文”。", Recall("投稿：甲文", "")),
        ("Recall: 投稿：甲文", 'Wang would like to recall the message, "投稿：甲文".', Recall("投稿：甲文", "")),
        (
            "邮件撤回通知",
            "尊敬的用户：发件人 mzj@civil.example 已撤回主题为“投稿：甲文”的邮件。",
            Recall("投稿：甲文", "mzj@civil.example"),
        ),
        ("邮件已被撤回", "发件人已撤回邮件《甲文》。", Recall("甲文", "")),
        ("系统通知", "您收到的邮件“甲文”已被发件人 A@x.example 撤回。", Recall("甲文", "a@x.example")),
        ("召回：甲文", "", Recall("甲文", "")),
        ("【撤回】甲文", "发件人撤回了邮件", Recall("甲文", "")),
        ("撤回邮件通知", "张三撤回了主题为《甲文》的邮件", Recall("甲文", "")),
    ],
)
def test_notice_names_the_recalled_letter(subject: str, text: str, recall: Recall) -> None:
    assert recalled(subject, text) == recall


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("投稿", "请查收。"),
        ("撤稿申请", "申请撤回《甲文》一稿。"),
        ("撤回：甲文", "我局按照要求开展整改。" * 60),
        ("撤回行政许可的做法", "稿件见附件。"),
    ],
)
def test_letter_of_a_person_is_no_notice(subject: str, text: str) -> None:
    assert recalled(subject, text) is None
