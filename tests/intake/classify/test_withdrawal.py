"""撤稿: which letters take an article back."""

from __future__ import annotations

import pytest

from intake.classify.withdrawal import withdrawal_of
from intake.outcome import Withdrawal
from intake.parse.message import parse_message
from tests.support.submissions import DEPARTMENTS, raw_letter


def withdrawn(text: str, sender: str = "jtj@example.org", header: str = "") -> Withdrawal | None:
    return withdrawal_of(parse_message(raw_letter(sender=sender, text=text, header=header)), DEPARTMENTS)


def test_department_takes_back_the_articles_that_it_names() -> None:
    assert withdrawn("《甲文》请予撤稿，《乙文》暂不刊发。") == Withdrawal(
        "区教体局", ("甲文", "乙文"), "区教体局来信要求撤稿"
    )


def test_shared_address_withdraws_for_none_of_its_departments() -> None:
    assert withdrawn("请予撤稿。", sender="shared@example.org") == Withdrawal(
        None, (), "区人社局、区金融中心来信要求撤稿"
    )


@pytest.mark.parametrize("sender", ["someone@qq.com", "jtj@examp1e.org", "jtj@example.org, x@example.net"])
def test_sender_who_is_unknown_or_doubtful_withdraws_nothing(sender: str) -> None:
    assert withdrawn("请予撤稿。", sender=sender) is None


def test_letter_that_asks_for_something_else_withdraws_nothing() -> None:
    assert withdrawn("请问《甲文》何时刊发？") is None


def test_recall_notice_takes_back_what_it_names() -> None:
    assert withdrawn("王某 将撤回邮件“投稿：甲文”。") == Withdrawal(
        "区教体局", ("甲文",), "区教体局撤回了邮件“投稿：甲文”", "投稿：甲文"
    )


def test_notice_of_a_mail_service_speaks_for_the_sender_it_names_and_changes_nothing() -> None:
    notice = withdrawn("发件人 jtj@example.org 已撤回主题为“投稿：甲文”的邮件。", sender="mailrecall@163.example")
    assert notice == Withdrawal(
        "区教体局",
        ("甲文",),
        "有撤回邮件的通知（jtj@example.org），撤回的是“投稿：甲文”",
        "投稿：甲文",
        trusted=False,
    )
