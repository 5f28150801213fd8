"""Lines that are one paragraph, and lines that begin another."""

from __future__ import annotations

import pytest

from intake.read.source import SourceParagraph
from tests.support.placed_pages import line, page, read, texts

_FULL = "字" * 27


def test_full_lines_run_on_and_indented_ones_begin() -> None:
    found = texts(page(f"　　{'甲' * 25}", "乙" * 27, "丙丙。", f"　　{'丁' * 25}", "戊。", f"　　{'己' * 25}"))
    assert found == ["甲" * 25 + "乙" * 27 + "丙丙。", "丁" * 25 + "戊。", "己" * 25]


def test_without_indents_a_line_that_had_room_ends_a_paragraph_and_a_number_begins_one() -> None:
    found = texts(page(_FULL, "短的一行。", _FULL, _FULL[1:] + "。", "二、" + _FULL[2:], "完。"))
    assert found == [f"{_FULL}短的一行。", f"{_FULL}{_FULL[1:]}。", f"二、{_FULL[2:]}完。"]


def test_line_that_had_no_room_for_closing_punctuation_runs_on() -> None:
    found = texts(page(f"　　{'甲' * 25}", "乙" * 26, "丙，丁。", f"　　{'戊' * 25}", _FULL, "己。"))
    assert found[0] == "甲" * 25 + "乙" * 26 + "丙，丁。"


def test_paragraph_goes_on_over_the_end_of_a_page() -> None:
    assert texts(page(f"　　{'甲' * 25}", _FULL, _FULL), page("乙乙。", f"　　{'丙' * 25}", "戊" * 27, "丁。")) == [
        "甲" * 25 + 2 * _FULL + "乙乙。",
        "丙" * 25 + "戊" * 27 + "丁。",
    ]


def test_item_that_hangs_from_its_number_is_one_paragraph() -> None:
    found = texts(page("1." + "甲" * 26, "　　" + "乙" * 25, "　　" + "丙" * 25, "　　丁。", _FULL, _FULL, "戊。"))
    assert found[0] == "1." + "甲" * 26 + "乙" * 25 + "丙" * 25 + "丁。"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("字" * 24 + "bridge", "work" + "字" * 25, "bridge work"),
        ("字" * 24 + "figure", "2022年" + "字" * 24, "figure 2022年"),
        ("字" * 25 + "4912", "万元" + "字" * 25, "4912万元"),
        ("字" * 24 + "in-out", "字" * 27, "in-out字"),
        ("字" * 23 + "e-mail-", "box" + "字" * 25, "e-mail-box"),
    ],
)
def test_words_part_at_the_end_of_a_line_and_chinese_does_not(first: str, second: str, joined: str) -> None:
    assert joined in texts(page(_FULL, first, second, _FULL))[0]


def test_larger_lines_are_centred_even_when_they_fill_the_width() -> None:
    title = line("题" * 19, 90, 86, 22) + line("目" * 5, 120, 240, 22)
    blocks = read(page(f"　　{'甲' * 25}", _FULL, _FULL, "乙。", top=180, more=title)).blocks
    assert blocks[0] == SourceParagraph("题" * 19 + "目" * 5, size=22, centred=True)


def test_unit_and_date_at_the_right_are_paragraphs_of_their_own() -> None:
    right = [*line("区民政局", 176.0, 456.0), *line("区教体局", 204.0, 456.0), *line("2022年11月3日", 232.0, 416.0)]
    signed = page("　　请各学校认真落实助学政策。", more=[*right, *line("附件", 260.0)])
    assert texts(signed)[1:] == ["区民政局", "区教体局", "2022年11月3日", "附件"]


def test_page_of_few_lines_has_equal_margins() -> None:
    title = line("区民政局召开推进会", 92.0, 198.5, 22.0)
    source = line("时间：2022年11月3日　来源：区民政局　作者：张敏", 120.0, 118.0)
    assert texts(page("　　会议指出，要加强工作。", top=148.0, more=[*title, *source]))[1:] == [
        "时间：2022年11月3日　来源：区民政局　作者：张敏",
        "会议指出，要加强工作。",
    ]


def test_lines_of_labels_are_not_joined() -> None:
    labels = ("报送单位：区民政局　　　报送时间：2022年11月3日", "撰稿人：张敏　　审核人：刘建军　　签发人：李明")
    assert texts(page(*labels, "　　各地要高度重视，明确责任，确保各项措施落到实处，严肃", "追责。"))[:2] == [*labels]


def test_title_of_many_lines_does_not_set_the_size_of_the_text() -> None:
    title = "甲县民政局关于印发困难群众基本生活救助"
    large = [character for at in range(4) for character in line(title, 100.0 + 32 * at, 90.0, 22.0)]
    read = texts(page("　　请认真贯彻执行。", top=240.0, more=large))
    assert read == [title * 4, "请认真贯彻执行。"]
