"""Which letters add to an article or correct it, before the ledger says which article is meant."""

from __future__ import annotations

import pytest

from intake.addition import addition_of
from intake.outcome import Addition
from intake.parse.message import parse_message
from intake.register import Register
from tests.support.answers_to_receipts import PHOTO
from tests.support.submissions import DEPARTMENTS, File, raw_letter
from tools.docx_builder import docx, paragraph

REGISTER = Register(DEPARTMENTS, frozenset(), (), True)


def read(*files: File, text: str = "", subject: str = "回复：收稿") -> Addition | None:
    return addition_of(parse_message(raw_letter(*files, text=text, subject=subject)), REGISTER)


@pytest.mark.parametrize(
    ("text", "pictures", "says_more"),
    [
        ("", 1, False),
        ("发自我的iPhone", 1, False),
        ("补充一张现场照片，请放在文末，谢谢！", 1, False),
        ("请把第一张换成这一张", 0, True),
        ("补充一张照片。" + "另外第二段的情况已与街道核实过，还有一些新的进展需要说明。" * 3, 1, True),
    ],
)
def test_photograph(text: str, pictures: int, says_more: bool) -> None:
    addition = read(PHOTO, text=text)
    assert addition is not None
    assert (len(addition.pictures), len(addition.media), addition.says_more) == (pictures, pictures, says_more)


@pytest.mark.parametrize("text", ["收到，谢谢！", "请问什么时候刊发？", "好的"])
def test_thanks_and_questions_add_nothing(text: str) -> None:
    assert read(text=text) is None
    assert read(PHOTO, text=text) is None


def test_letter_with_a_document_adds_nothing() -> None:
    assert read(PHOTO, File("稿.docx", docx(paragraph("正文"))), text="补充照片") is None


def test_article_is_named_by_title_number_or_place() -> None:
    addition = read(PHOTO, text="《甲镇》编号 12，第二篇")
    assert addition is not None
    assert (addition.titles, addition.numbers, addition.place) == (("甲镇",), (12,), "二")


def test_words_that_correct() -> None:
    addition = read(text="第二段 12 应为 21")
    assert addition is not None
    assert [(each.wrong, each.right) for each in addition.corrections] == [("12", "21")]
