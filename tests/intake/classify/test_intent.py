"""What a letter wants, told by its subject, its own short words and the names of its files."""

from __future__ import annotations

import pytest

from intake.classify.intent import intent_of, titles_named
from intake.outcome import Intent
from intake.parse.message import Message, parse_message
from tests.support.submissions import raw_letter


def letter(subject: str = "投稿", text: str = "请查收。") -> Message:
    return parse_message(raw_letter(subject=subject, text=text))


@pytest.mark.parametrize(
    ("subject", "text", "name"),
    [
        ("更正：就业稿件", "", "a.docx"),
        ("Re: 【收稿】就业稿件", "已改，以此为准。", "a.docx"),
        ("投稿", "上一稿数字有误，前稿作废。", "a.docx"),
        ("投稿", "请查收。", "就业稿件（修改稿）.docx"),
        ("投稿", "以本稿件为准", "a.docx"),
    ],
)
def test_a_letter_that_reports_it_brings_a_later_text(subject: str, text: str, name: str) -> None:
    assert intent_of(letter(subject, text), [name]) is Intent.CORRECTION


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("撤稿申请", "谢谢"),
        ("关于稿件", "请勿刊发昨天的稿件。"),
        ("关于稿件", "申请撤回《就业》一稿"),
        ("x", "暂不刊登"),
    ],
)
def test_a_letter_without_a_manuscript_may_take_one_back(subject: str, text: str) -> None:
    assert intent_of(letter(subject, text), ()) is Intent.WITHDRAWAL
    assert intent_of(letter(subject, text), ["稿件.docx"]) is not Intent.WITHDRAWAL


def test_a_file_called_the_last_text_may_well_be_the_first() -> None:
    assert intent_of(letter(), ["就业稿件-定稿.docx"]) is Intent.FINAL


def test_word_in_a_long_text_or_quoted_letter_is_no_request() -> None:
    assert intent_of(letter(text="全区推进惠企政策兑现，撤回不合理审批事项。" * 30), ()) is Intent.NEW
    quoted = "请查收。\n\n-----原始邮件-----\n发件人: 区五型办\n主题: 请勿采用旧模板，以此为准"
    assert intent_of(letter(text=quoted), ()) is Intent.NEW


def test_the_titles_that_a_letter_names_are_found_once_each() -> None:
    message = letter("撤回《就业政策落地》", "请撤回《就业政策落地》和《养老服务提质》。")
    assert titles_named(message) == ("就业政策落地", "养老服务提质")
