"""Verdicts in the office's words, and the texts of a letter that are stored."""

from __future__ import annotations

from values.letter import AttachedFile, LetterContent, Verdict


def test_verdicts_have_the_office_s_words() -> None:
    words = ["待读", "已成稿", "需留意", "待认领", "重复", "待处理", "不处理"]
    assert [verdict.chinese for verdict in Verdict] == words


def test_texts_of_a_letter_are_all_that_anybody_else_has_written() -> None:
    content = LetterContent(
        "张敏", (("Subject", "投稿"),), "请查收。", (AttachedFile("甲.docx", "Word 文档", 9, "损坏"),)
    )
    assert list(content.texts()) == ["张敏", "请查收。", "投稿", "甲.docx", "Word 文档", "损坏"]
    assert not any(LetterContent().texts())
