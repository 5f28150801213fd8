"""Page numbers, running heads and logos."""

from __future__ import annotations

import hashlib

import pytest

from intake.read.pages.page import Box, FixedPage, PlacedPicture
from tests.support.docx_reading import png
from tests.support.placed_pages import HEIGHT, WIDTH, line, page, read, texts
from values.manuscript import Media


def rules(*pages: FixedPage) -> list[str]:
    return [one.rule.name for one in read(*pages).omissions]


@pytest.mark.parametrize("number", ["— 1 —", "- 2 -", "第3页", "第 3 页 共 12 页", "3/12", "第三页", "7"])
def test_page_numbers_are_left_out_and_reported(number: str) -> None:
    one = page("　　文。", more=line(number, 800, 280))
    assert (texts(one), rules(one)) == (["文。"], ["fixed-layout", "page-number"])


@pytest.mark.parametrize("words", ["8199917", "2022年", "电话：3", "12 34"])
def test_other_numbers_at_the_end_of_a_page_stay(words: str) -> None:
    assert texts(page("　　文。", more=line(words, 800, 280))) == ["文。", words]


def test_running_heads_and_logos_are_left_out_and_reported() -> None:
    media = Media(hashlib.sha256(png()).hexdigest(), "image/png", png())
    logo = (PlacedPicture(Box(60, 20, 120, 60), media),)
    head = line("内部资料 1", 60, 240)
    pages = [
        FixedPage(WIDTH, HEIGHT, (*page(f"　　{words}。").characters, *head), pictures=logo)
        for words in ("一一", "二二")
    ]
    assert texts(*pages) == ["一一。", "二二。"]
    assert rules(*pages) == ["fixed-layout", "picture-running", "header-footer"]
    assert read(*pages).media == ()
