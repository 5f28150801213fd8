"""Characters at places → paragraphs, whatever file they come from."""

from __future__ import annotations

import hashlib

import pytest

from intake.read.pages.layout import PageLimits, read_pages
from intake.read.pages.page import Box, Character, FixedPage, PlacedPicture
from intake.read.source import SourceDocument, SourceParagraph
from tests.support.docx_reading import png
from values.manuscript import Media

_WIDTH, _HEIGHT, _LEFT, _SIZE = 595.0, 842.0, 80.0, 16.0
_FULL = "字" * 27


def line(text: str, y: float, x: float = _LEFT, size: float = _SIZE) -> list[Character]:
    """ASCII characters are half as wide; "\\t" is a gap of four characters in which nothing is."""
    placed: list[Character] = []
    for one in text:
        width = size / 2 if one.isascii() else size
        if one == "\t":
            x += 4 * size
            continue
        placed.append(Character(one, x, x + width, y, size))
        x += width
    return placed


def page(*texts: str, top: float = 120.0, pitch: float = 28.0, more: list[Character] | None = None) -> FixedPage:
    """Lines one below the other."""
    placed = [one for at, text in enumerate(texts) for one in line(text, top + at * pitch)]
    return FixedPage(_WIDTH, _HEIGHT, (*placed, *(more or [])))


def read(*pages: FixedPage) -> SourceDocument:
    return read_pages(pages, PageLimits(), "PDF")


def texts(*pages: FixedPage) -> list[str]:
    return [block.text for block in read(*pages).blocks if isinstance(block, SourceParagraph)]


def rules(*pages: FixedPage) -> list[str]:
    return [one.rule.name for one in read(*pages).omissions]


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


@pytest.mark.parametrize("number", ["— 1 —", "- 2 -", "第3页", "第 3 页 共 12 页", "3/12", "第三页", "7"])
def test_page_numbers_are_left_out_and_told(number: str) -> None:
    one = page("　　文。", more=line(number, 800, 280))
    assert (texts(one), rules(one)) == (["文。"], ["fixed-layout", "page-number"])


@pytest.mark.parametrize("words", ["8199917", "2022年", "电话：3", "12 34"])
def test_other_numbers_at_the_end_of_a_page_stay(words: str) -> None:
    assert texts(page("　　文。", more=line(words, 800, 280))) == ["文。", words]


def test_running_heads_and_logos_are_left_out_and_told() -> None:
    media = Media(hashlib.sha256(png()).hexdigest(), "image/png", png())
    logo = (PlacedPicture(Box(60, 20, 120, 60), media),)
    head = line("内部资料 1", 60, 240)
    pages = [
        FixedPage(_WIDTH, _HEIGHT, (*page(f"　　{words}。").characters, *head), pictures=logo)
        for words in ("一一", "二二")
    ]
    assert texts(*pages) == ["一一。", "二二。"]
    assert rules(*pages) == ["fixed-layout", "picture-running", "header-footer"]
    assert read(*pages).media == ()


def test_gap_without_spaces_parts_cells_and_typed_spaces_do_not() -> None:
    assert texts(page("单位\t人数", "区教体局\t12")) == ["单位 人数", "区教体局 12"]
    blank = "甲　　　　乙" + "字" * 21
    assert texts(page("　　" + "字" * 25, blank, _FULL, "完。")) == ["字" * 25 + blank + _FULL + "完。"]


def test_narrow_columns_of_a_table_are_read_line_by_line() -> None:
    rows = [f"{name}\t\t\t\t{number}" for name in ("甲局", "乙局", "丙局", "丁局", "戊局") for number in ("12",)]
    assert texts(page(*rows)) == [row.replace("\t\t\t\t", " ") for row in rows]
