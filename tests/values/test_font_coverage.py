"""Which characters fonts can show."""

from __future__ import annotations

import pytest

from values.font_coverage import merged, uncovered


def test_ranges_of_several_fonts_become_one_ascending_text() -> None:
    assert merged(["20-7e a0", "4e00-9fa5 7f", "a1-ff"]) == "20-7f a0-ff 4e00-9fa5"
    assert merged([]) == ""


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("走访慰问", []),
        ("敬老😀月", [(2, "😀")]),
        ("𠀀字", [(0, "𠀀")]),
        ("①→②", []),
        ("☑️已办", []),
        ("a\ue000", [(1, "\ue000")]),
    ],
)
def test_doubtful_characters_that_no_font_has_are_named(text: str, lacking: list[tuple[int, str]]) -> None:
    assert list(uncovered(text, "20-7e 2190-2bff 4e00-9fff")) == lacking


def test_nothing_is_known_without_fonts() -> None:
    assert list(uncovered("😀", "")) == []
