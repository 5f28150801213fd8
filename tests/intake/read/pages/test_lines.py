"""Characters that are one line, and gaps that separate its cells."""

from __future__ import annotations

from tests.support.placed_pages import line, page, texts

_FULL = "字" * 27


def test_gap_without_spaces_parts_cells_and_typed_spaces_do_not() -> None:
    assert texts(page("单位\t人数", "区教体局\t12")) == ["单位 人数", "区教体局 12"]
    blank = "甲　　　　乙" + "字" * 21
    assert texts(page("　　" + "字" * 25, blank, _FULL, "完。")) == ["字" * 25 + blank + _FULL + "完。"]


def test_two_texts_that_overlap_on_nearly_one_baseline_are_not_interleaved() -> None:
    stamp = line("附件材料专用", 123.0, 100.0, 16.0)
    written = texts(page("　　" + "字" * 25, "完。", more=stamp))
    assert "附件材料专用" in "".join(written)
    assert "字" * 25 in "".join(written)


def test_blank_between_chinese_characters_without_a_character_for_it_is_one() -> None:
    name = [*line("区民政局", 148.0, 250.0), *line("张", 148.0, 330.0), *line("敏", 148.0, 362.0)]
    assert texts(page("　　完成了全部工作。", more=name))[1] == "区民政局　张　敏"


def test_name_set_over_the_width_of_the_page_has_no_blanks() -> None:
    spread = [character for at, text in enumerate("甲县民政局") for character in line(text, 148.0, 120.0 + 36 * at)]
    assert texts(page("　　完成了全部工作。", more=spread))[1] == "甲县民政局"
