"""A reading crosses from the child whole; a text that cannot be stored is refused there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.outcome import ReadArticle, Reading
from programs.answers import decode, encode
from values import rules
from values.letter import AttachedFile, LetterContent, Verdict
from values.manuscript import Manuscript, Paragraph, Picture
from values.reason import Reason

PICTURE = Picture("0" * 64, "image/png", 360_000, 360_000, description="会场照片")
ARTICLE = ReadArticle(
    manuscript=Manuscript(("标题",), "区教体局", (Paragraph("正文。"), PICTURE), ("撰稿：张敏",)),
    findings=(rules.AUTO_FIXED.finding("已改正。", 0, 0, 1),),
    media=(),
    department="区教体局",
    section="情况通报",
    attachment="稿件.docx",
    content_sha256="0" * 64,
    text_sha256="1" * 64,
)


READING = Reading(
    "jtj@example.org",
    "报送",
    "<1@example.org>",
    Verdict.ARTICLE,
    Reason("给办公室", "给作者"),
    (ARTICLE,),
    concerns=(Reason("请留意", "请核对"),),
    content=LetterContent("张敏", (("From", "张敏"),), "信的正文", (AttachedFile("附件名", "Word 文档", 1),)),
)
UNSTORABLE = "\udc80"


def test_reading_comes_back_from_a_child_as_it_was() -> None:
    assert decode(encode(READING), Reading) == READING


@pytest.mark.parametrize(
    "reading",
    [
        replace(READING, subject=UNSTORABLE),
        replace(READING, content=LetterContent(text=UNSTORABLE)),
        replace(READING, articles=(replace(ARTICLE, manuscript=Manuscript((UNSTORABLE,), None, ())),)),
        replace(READING, articles=(replace(ARTICLE, findings=(rules.AUTO_FIXED.finding(UNSTORABLE),)),)),
    ],
    ids=["subject", "body", "title", "finding"],
)
def test_text_that_cannot_be_stored_costs_its_letter_alone(reading: Reading) -> None:
    with pytest.raises(UnicodeEncodeError):
        encode(reading)
