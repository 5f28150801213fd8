"""Characters that are elements, symbols of fonts, and characters that no reader sees."""

from __future__ import annotations

import pytest

from tests.support.docx_reading import lines, omissions, p, r
from tools.docx_builder import docx, paragraph


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:t>甲</w:t><w:tab/><w:t>乙</w:t>", "甲\t乙"),
        ('<w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t>', "甲乙"),
        ('<w:t>甲</w:t><w:br w:type="column"/><w:t>乙</w:t>', "甲乙"),
        ("<w:t>0797</w:t><w:noBreakHyphen/><w:t>8199917</w:t>", "0797-8199917"),
        ("<w:t>简</w:t><w:softHyphen/><w:t>报</w:t>", "简报"),
        ("<w:t>甲</w:t><w:lastRenderedPageBreak/><w:t>乙</w:t>", "甲乙"),
        ("<w:t>  甲 </w:t>", "甲"),
        ('<w:t xml:space="preserve">  甲 </w:t>', "  甲 "),
        ("<w:t>甲\n乙</w:t>", "甲 乙"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/><w:t>已办</w:t>', "☑已办"),
        ('<w:sym w:font="Wingdings 2" w:char="00A3"/><w:t>未办</w:t>', "□未办"),
        ('<w:sym w:font="Symbol" w:char="F061"/><w:t>角</w:t>', "α角"),
        ('<w:sym w:font="MS Gothic" w:char="2611"/>', "☑"),
        ('<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf06c要点</w:t>', "●要点"),
    ],
)
def test_special_characters_of_a_run_become_text(inner: str, text: str) -> None:
    assert lines(docx(p(f"<w:r>{inner}</w:r>"))) == [text]


@pytest.mark.parametrize("line_break", ["<w:br/>", "<w:cr/>"])
def test_line_break_parts_paragraphs(line_break: str) -> None:
    assert lines(docx(p(f"<w:r><w:t>甲</w:t>{line_break}<w:t>乙</w:t></w:r>"))) == ["甲", "乙"]


def test_symbol_that_is_unknown_is_marked_and_reported() -> None:
    data = docx(p('<w:r><w:sym w:font="Wingdings" w:char="F0FF"/></w:r>' + r("字")))
    assert lines(data) == ["〓字"]
    assert omissions(data)["unknown-symbol"] == ("有 1 个符号认不出，以“〓”代替：“Wingdings F0FF”。", True)


def test_direction_overrides_and_invisible_junk_are_taken_out_and_reported() -> None:
    data = docx(paragraph("\ufeff甲\u202e乙\u202c\u200b丙\u2066丁\u2069"))
    assert lines(data) == ["甲乙丙丁"]
    assert omissions(data)["bidi-control"] == ("去掉了 4 个改变文字显示顺序的控制符，请核对原文。", True)
    assert omissions(data)["invisible-character"] == ("去掉了 2 个看不见的字符。", False)


def test_rare_characters_variants_and_emoji_stay_as_they_are() -> None:
    text = "𠮷野、葛\U000e0100城、㛃、👨\u200d👩\u200d👧、☎\ufe0e、e\u0301、\ue000"
    data = docx(paragraph(text))
    assert lines(data) == [text]
    assert omissions(data) == {}
