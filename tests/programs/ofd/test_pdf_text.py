from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from programs.ofd.doubt import Doubt
from programs.ofd.page import GlyphRun, PageContent
from programs.ofd.pdf_content import page_content
from programs.ofd.pdf_resources import PdfResources
from tests.support.embedded_fonts import pdf_with_font
from values.matrix import Matrix


def read(operators: str) -> PageContent:
    reader = PdfReader(io.BytesIO(pdf_with_font(operators)))
    return page_content(reader.pages[0], PdfResources(reader))


def runs(operators: str) -> list[tuple[str, float, float, list[float]]]:
    """Text, size, height on the paper, and the place of each glyph on it."""
    content = read(operators)
    assert content.doubts == []
    items = [item for item in content.items if isinstance(item, GlyphRun)]
    return [
        (
            "".join(glyph.text for glyph in run.glyphs),
            run.size,
            run.space.point(0, 0)[1],
            [round(run.space.point(glyph.x, 0)[0], 3) for glyph in run.glyphs],
        )
        for run in items
    ]


def test_glyphs_are_placed_by_widths_and_by_the_numbers_between_them() -> None:
    assert runs("BT /F1 10 Tf 100 700 Td [<0001> -500 <00020003>] TJ ET") == [("简报一", 10, 700, [100, 115, 125])]


def test_spacing_scaling_leading_and_rise_are_kept() -> None:
    assert runs("BT /F1 10 Tf 2 Tc 100 700 Td <00010002> Tj ET") == [("简报", 10, 700, [100, 112])]
    assert runs("BT /F1 10 Tf 50 Tz 100 700 Td <00010002> Tj ET") == [("简报", 10, 700, [100, 105])]
    assert runs("BT /F1 10 Tf 3 Ts 100 700 Td <0001> Tj ET") == [("简", 10, 703, [100])]
    assert [run[2] for run in runs("BT /F1 10 Tf 14 TL 9 700 Td <0001> Tj T* <0001> Tj <0001> ' ET")] == [700, 686, 672]
    assert [run[2] for run in runs("BT /F1 10 Tf 9 700 Td 0 -20 TD <0001> Tj T* <0001> Tj ET")] == [680, 660]


def test_pieces_of_a_line_in_the_same_looks_are_one_run() -> None:
    line = "BT /F1 10 Tf 100 700 Td <0001> Tj ET q BT /F1 10 Tf 110.5 700 Td <0002> Tj ET Q"
    assert runs(line) == [("简报", 10, 700, [100, 110.5])]


@pytest.mark.parametrize(
    "second",
    [
        "BT /F1 12 Tf 110 700 Td <0002> Tj ET",
        "1 0 0 rg BT /F1 10 Tf 110 700 Td <0002> Tj ET",
        "BT /F1 10 Tf 110 690 Td <0002> Tj ET",
        "BT /F1 10 Tf 180 700 Td <0002> Tj ET",
        "BT /F1 10 Tf 90 700 Td <0002> Tj ET",
    ],
    ids=["size", "colour", "line", "far away", "backwards"],
)
def test_others_are_runs_of_their_own(second: str) -> None:
    assert [run[0] for run in runs(f"BT /F1 10 Tf 100 700 Td <0001> Tj ET {second}")] == ["简", "报"]


def test_scaled_space_becomes_the_size_and_a_turned_one_stays() -> None:
    assert runs("2 0 0 2 0 0 cm BT /F1 10 Tf 1 0 0 1 50 350 Tm <00010002> Tj ET") == [("简报", 20, 700, [100, 120])]
    [run] = read("BT /F1 10 Tf 0 1 -1 0 300 400 Tm <0001> Tj ET").items
    assert isinstance(run, GlyphRun)
    assert (run.size, run.space) == (10, Matrix(0, 1, -1, 0, 300, 400))


def test_stroked_glyphs_are_bold_and_invisible_or_mirrored_ones_a_doubt() -> None:
    [bold] = read("0.4 w BT /F1 10 Tf 2 Tr 100 700 Td <0001> Tj ET").items
    assert isinstance(bold, GlyphRun)
    assert bold.outlined == pytest.approx(0.4)
    assert read("BT /F1 10 Tf 3 Tr 100 700 Td <0001> Tj ET").doubts == [Doubt.OPERATOR]
    assert read("BT /F1 10 Tf 7 Tr 100 700 Td <0001> Tj ET").doubts == [Doubt.OPERATOR]
    assert read("BT /F1 -10 Tf 100 700 Td <0001> Tj ET").doubts == [Doubt.OPERATOR]


def test_text_that_is_cut_off_is_a_doubt_and_stays_text() -> None:
    content = read("0 0 105 842 re W n BT /F1 10 Tf 100 700 Td <0001> Tj ET")
    assert (content.doubts, len(content.items)) == ([Doubt.CLIPPING], 1)
