"""Pages of placed characters and pictures become one document, or are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.read.pages.layout import PageLimits, read_pages
from intake.read.pages.page import Box, FixedPage, PlacedPicture
from intake.read.source import SourceParagraph
from tests.support.placed_pages import HEIGHT, LEFT, WIDTH, line, page, read, texts
from values.errors import UnreadableManuscript
from values.manuscript import Media, Picture

PICTURE = Media("a" * 64, "image/png", b"PNG")


def test_a_picture_follows_the_line_above_its_middle_in_the_size_shown() -> None:
    placed = PlacedPicture(Box(LEFT, 130, LEFT + 100, 200), PICTURE)
    full = page("　　第一段。", "", "", "", "　　第二段。")
    blocks = read(replace(full, pictures=(placed,))).blocks
    assert [block.text if isinstance(block, SourceParagraph) else "picture" for block in blocks] == [
        "第一段。",
        "picture",
        "第二段。",
    ]
    shown = next(block for block in blocks if isinstance(block, Picture))
    assert (shown.width, shown.height) == (100 * 12_700, 70 * 12_700)


def test_a_picture_above_all_lines_comes_first() -> None:
    placed = PlacedPicture(Box(LEFT, 20, LEFT + 100, 90), PICTURE)
    assert isinstance(read(replace(page("　　文。"), pictures=(placed,))).blocks[0], Picture)


def test_a_scan_is_read_from_its_hidden_text_and_other_hidden_text_is_not() -> None:
    hidden = tuple(line("看不见的字", 300))
    assert texts(FixedPage(WIDTH, HEIGHT, (), hidden=hidden, grounded=True)) == ["看不见的字"]
    assert texts(replace(page("　　文。"), hidden=hidden)) == ["文。"]


def test_pages_without_text_are_refused() -> None:
    with pytest.raises(UnreadableManuscript, match="扫描件或图片，没有文字"):
        read(FixedPage(WIDTH, HEIGHT, ()))


def test_more_text_than_the_limit_is_refused() -> None:
    with pytest.raises(UnreadableManuscript, match="超过 3 字"):
        read_pages([page("四个字了")], PageLimits(characters=3), "PDF")
    assert read_pages([page("四个字了")], PageLimits(characters=4), "PDF").blocks
