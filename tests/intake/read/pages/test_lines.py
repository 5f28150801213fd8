"""Characters that are one line, and gaps that separate its cells."""

from __future__ import annotations

from tests.support.placed_pages import page, texts

_FULL = "字" * 27


def test_gap_without_spaces_parts_cells_and_typed_spaces_do_not() -> None:
    assert texts(page("单位\t人数", "区教体局\t12")) == ["单位 人数", "区教体局 12"]
    blank = "甲　　　　乙" + "字" * 21
    assert texts(page("　　" + "字" * 25, blank, _FULL, "完。")) == ["字" * 25 + blank + _FULL + "完。"]
