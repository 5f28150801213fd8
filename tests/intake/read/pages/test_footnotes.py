"""Footnotes of pages go to the end of the text."""

from __future__ import annotations

import pytest

from intake.read.pages.page import Character, FixedPage
from tests.support.placed_pages import HEIGHT, LEFT, WIDTH, line, page, texts

FULL = "今年以来，全区共走访困难群众三百余户，发放慰问金十二万"
SECOND = page("元，送到群众手中。", "　　下一步，将继续推进。")


def first_page(note: str, *, marker: str = "1", size: float = 9.0) -> FixedPage:
    """A page whose paragraph goes on on the next, with a raised marker in it and a note at the foot."""
    raised = [Character(marker, 300.0, 304.0, 114.0, 8.0)]
    body = [*line("　　救助工作", 120.0), *raised, *line(FULL, 148.0), *line(FULL, 176.0)]
    return FixedPage(WIDTH, HEIGHT, (*body, *line(note, 700.0, LEFT, size), *line("（续）", 714.0, LEFT, size)))


@pytest.mark.parametrize("note", ["1 数据截至10月底。", "〔1〕数据截至10月底。"])
def test_note_at_the_foot_follows_the_text(note: str) -> None:
    read = texts(first_page(note), SECOND)
    assert read[-1] == f"{note}（续）"
    assert any(f"{FULL}元，送到群众手中。" in text for text in read)


@pytest.mark.parametrize(
    ("note", "marker", "size"),
    [("2022年11月3日印发", "1", 9.0), ("注：数据截至10月底。", "1", 9.0), ("1 数据截至10月底。", "1", 16.0)],
    ids=["another number", "no marker", "as large as the text"],
)
def test_other_lines_at_the_foot_stay_in_their_place(note: str, marker: str, size: float) -> None:
    assert not texts(first_page(note, marker=marker, size=size), SECOND)[-1].startswith(note[:4])
