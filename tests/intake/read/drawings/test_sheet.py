"""Sheets: one drawing on one page, with its parts."""

from __future__ import annotations

import pytest

from intake.read.docx.reader import read_docx
from tests.support.drawing_sheets import members, omitted, with_pdf
from tests.support.drawings import (
    chart,
    page,
    shown_chart,
    with_chart,
)
from values.manuscript import Picture


def test_same_chart_gives_the_same_sheet_and_another_chart_another() -> None:
    (first,), (second,), (other,) = (read_docx(with_chart(chart(values))).undrawn for values in ("4 7", "4 7", "4 8"))
    assert first == second != other
    twice = read_docx(with_chart(body=shown_chart() + shown_chart()))
    assert twice.undrawn == read_docx(with_chart()).undrawn
    assert omitted(twice)["chart"].startswith("文件里有 2 个图表")


@pytest.mark.parametrize("size", [(0, 0), (10**9, 10**9), (1, 1)], ids=["none", "absurd", "tiny"])
def test_absurd_sizes_become_sane_ones(size: tuple[int, int]) -> None:
    data = with_chart(body=shown_chart(width=size[0], height=size[1]))
    assert members(read_docx(data))
    document = with_pdf(data, page(1440, 1440, "0 0 1 rg 0 0 700 1440 re f 0 1430 1 10 re f"))
    assert all(block.width <= 20 * 914_400 for block in document.blocks if isinstance(block, Picture))
