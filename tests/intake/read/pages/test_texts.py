"""The texts of pages: where on them a marking may be."""

from __future__ import annotations

from intake.read.pages.texts import page_texts
from intake.read.texts import FileText


def test_the_first_page_is_a_head_and_of_later_ones_top_and_bottom() -> None:
    page = [f"行{n}" for n in range(20)]
    texts = list(page_texts([page, page]))
    assert FileText("第 1 页", tuple(page)) in texts
    assert FileText("第 2 页", tuple(page[:8])) in texts
    assert FileText("第 2 页", tuple(page[-4:])) in texts
    assert FileText("第 2 页", tuple(page), at_head=False) in texts


def test_a_short_page_has_no_line_twice_at_its_head() -> None:
    texts = [text for text in page_texts([["甲"], ["乙", " ", "丙"]]) if text.at_head]
    assert [line for text in texts for line in text.lines] == ["甲", "乙", "丙"]
