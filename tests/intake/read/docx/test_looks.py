"""How a paragraph looks: what tells a title from a text."""

from __future__ import annotations

import pytest

from intake.read.source import SourceParagraph
from tests.support.docx_reading import p, paragraphs, r
from tools.docx_builder import docx

_STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
<w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="小标题"/><w:basedOn w:val="1"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="x"><w:name w:val="圈"/><w:basedOn w:val="y"/></w:style>
<w:style w:type="paragraph" w:styleId="y"><w:name w:val="圈二"/><w:basedOn w:val="x"/></w:style>
<w:style w:type="character" w:styleId="c"><w:name w:val="强调"/><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style>
"""


def _one(inner: str, properties: str = "", styles: str = _STYLES) -> SourceParagraph:
    (found,) = paragraphs(docx(p(inner, properties), styles=styles))
    return found


def test_paragraph_without_a_style_has_the_default_one() -> None:
    found = _one(r("文"))
    assert (found.style, found.outline_level, found.size, found.centred, found.bold) == (
        "Normal",
        None,
        10.5,
        False,
        False,
    )


def test_looks_come_through_the_style_chain() -> None:
    found = _one(r("一级"), '<w:pStyle w:val="1"/>')
    assert (found.style, found.outline_level, found.size, found.centred, found.bold) == (
        "heading 1",
        0,
        22.0,
        True,
        True,
    )
    found = _one(r("二级"), '<w:pStyle w:val="2"/>')
    assert (found.style, found.outline_level, found.size, found.centred, found.bold) == ("小标题", 1, 16.0, True, True)


def test_direct_formatting_wins() -> None:
    found = _one(
        r("文", '<w:b w:val="0"/><w:sz w:val="28"/>'),
        '<w:pStyle w:val="1"/><w:jc w:val="left"/><w:outlineLvl w:val="9"/>',
    )
    assert (found.outline_level, found.size, found.centred, found.bold) == (None, 14.0, False, False)


def test_size_is_that_of_the_largest_run_that_shows_something() -> None:
    assert _one(r("小") + r("大", '<w:sz w:val="40"/>') + r("  ", '<w:sz w:val="99"/>')).size == 20.0


def test_character_style_gives_size_and_weight() -> None:
    found = _one(r("文", '<w:rStyle w:val="c"/>'))
    assert (found.size, found.bold) == (18.0, True)


def test_bold_through_two_styles_cancels_out() -> None:
    assert _one(r("文", '<w:rStyle w:val="c"/>'), '<w:pStyle w:val="1"/>').bold is False


def test_bold_means_all_of_the_text() -> None:
    assert _one(r("粗", "<w:b/>") + r(" ")).bold is True
    assert _one(r("粗", "<w:b/>") + r("细")).bold is False


def test_size_nowhere_given_is_none() -> None:
    assert _one(r("文"), styles="").size is None


@pytest.mark.parametrize("style", ["x", "missing"])
def test_circular_or_missing_style_is_no_obstacle(style: str) -> None:
    assert _one(r("文"), f'<w:pStyle w:val="{style}"/>').text == "文"


@pytest.mark.parametrize(("size", "points"), [("32", 16.0), ("16pt", 16.0), ("大", None), ("-4", None)])
def test_size_is_read_in_half_points_or_with_its_unit(size: str, points: float | None) -> None:
    assert _one(r("文", f'<w:sz w:val="{size}"/>'), styles="").size == points


def test_formatting_before_a_tracked_change_is_not_taken() -> None:
    old = '<w:pPrChange><w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr></w:pPrChange>'
    found = _one(r("文", "<w:rPrChange><w:rPr><w:b/><w:vanish/></w:rPr></w:rPrChange>"), old)
    assert (found.centred, found.outline_level, found.bold) == (False, None, False)
