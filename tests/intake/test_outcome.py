"""Every text of a reading that will be stored is listed, so that the child can refuse one that cannot be."""

from __future__ import annotations

from intake.outcome import ReadArticle, Reading
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


def test_texts_has_every_text_of_letter_article_and_finding() -> None:
    reading = Reading(
        "jtj@example.org",
        "报送",
        "<1@example.org>",
        Verdict.ARTICLE,
        Reason("给办公室", "给作者"),
        (ARTICLE,),
        concerns=(Reason("请留意", "请核对"),),
        content=LetterContent("张敏", (("From", "张敏"),), "信的正文", (AttachedFile("附件名", "Word 文档", 1),)),
    )
    expected = {"jtj@example.org", "报送", "<1@example.org>", "给办公室", "给作者", "请留意", "信的正文", "附件名"}
    expected |= {"稿件.docx", "情况通报", "区教体局", "标题", "撰稿：张敏", "会场照片", "已改正。"}
    assert expected <= set(reading.texts())
    assert any("正文。" in text for text in reading.texts())


def test_reading_without_articles_has_the_letters_texts_alone() -> None:
    reading = Reading("", "提问", "", Verdict.IGNORED, Reason("没有附件", "没有附件"))
    assert {text for text in reading.texts() if text} == {"提问", "没有附件"}
