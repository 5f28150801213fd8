"""Paragraphs before their structure is read: trimmed, split into lines, taken out of frames."""

from __future__ import annotations

from tests.support.manuscripts import (
    BODY,
    TITLE,
    large,
    parts_of,
    plain,
    read,
)
from values.manuscript import Mark, Paragraph


def test_marks_stay_on_their_characters_when_a_pasted_paragraph_is_cut_into_lines() -> None:
    pasted = (
        "<w:p><w:r><w:t>题目</w:t><w:br/><w:t>面积5m</w:t></w:r>"
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
        "<w:r><w:t>。</w:t><w:br/><w:t>完成。</w:t></w:r></w:p>"
    )
    [area, _] = read(pasted).manuscript.blocks
    assert area == Paragraph("面积5m2。", (Mark(4, 5, "superscript"),))


def test_stray_break_is_never_joined() -> None:
    torn = ["提高政策通达率、落实率。截至目前，", "累计兑现稳岗返还等补助资金 4912.5 万元。"]
    assert parts_of(read(large(TITLE) + plain(*torn)))[2] == torn


def test_marks_move_with_the_text_when_it_is_trimmed() -> None:
    raised = (
        '<w:p><w:r><w:t xml:space="preserve">　　面积500m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/>'
        "</w:rPr><w:t>2</w:t></w:r><w:r><w:t>左右，  设施齐全。　</w:t></w:r></w:p>"
    )
    [block] = read(large(TITLE) + raised).manuscript.blocks
    assert block == Paragraph("面积500m2左右，  设施齐全。", (Mark(6, 7, "superscript"),))


def test_paragraphs_of_nothing_but_spaces_are_dropped() -> None:
    assert parts_of(read(large(TITLE) + plain("　　", BODY, " \u00a0", BODY)))[2] == [BODY, BODY]
