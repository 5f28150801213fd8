"""Styles and their chains: names, levels, formatting, lists."""

from __future__ import annotations

from lxml import etree

from intake.read.docx.styles import NumberingReference, StyleSheet, numbering_reference, outline_level
from intake.read.docx.tags import W_NS

DEFAULTS = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'
NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'


def parsed(inner: str) -> etree._Element:
    return etree.fromstring(f'<w:styles xmlns:w="{W_NS}">{inner}</w:styles>')


def style(id: str, name: str, based_on: str, properties: str = "", run: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="{based_on}"/>'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def run(inner: str) -> etree._Element:
    return parsed(f"<w:rPr>{inner}</w:rPr>")[0]


def test_a_style_takes_from_those_it_is_based_on_what_it_does_not_give() -> None:
    title = style("t", "标题", "h", run='<w:sz w:val="44"/>')
    heading = style("h", "heading 1", "a", '<w:outlineLvl w:val="0"/><w:jc w:val="center"/>', "<w:b/>")
    resolved = StyleSheet(parsed(DEFAULTS + NORMAL + heading + title)).paragraph("t")
    assert (resolved.name, resolved.outline_level, resolved.alignment) == ("标题", 0, "center")
    assert (resolved.run.size, resolved.run.bold) == (22.0, True)


def test_an_unknown_style_is_the_default_one() -> None:
    sheet = StyleSheet(parsed(DEFAULTS + NORMAL))
    assert sheet.paragraph("absent").name == sheet.paragraph(None).name == "Normal"
    assert StyleSheet(None).paragraph("absent").name == ""


def test_a_chain_that_leads_back_to_itself_ends() -> None:
    circle = style("x", "甲", "y") + style("y", "乙", "x", '<w:jc w:val="center"/>')
    assert StyleSheet(parsed(circle)).paragraph("x").alignment == "center"


def test_a_run_has_the_defaults_then_its_styles_then_its_own_formatting() -> None:
    sheet = StyleSheet(parsed(DEFAULTS + NORMAL))
    normal = sheet.paragraph(None)
    assert sheet.look(normal, None).size == 12.0
    assert sheet.look(normal, run('<w:sz w:val="32"/><w:b/>')).size == 16.0
    assert sheet.look(normal, run("<w:vanish/>")).vanish is True


def test_bold_in_two_styles_cancels_out() -> None:
    character = '<w:style w:type="character" w:styleId="c"><w:name w:val="c"/><w:rPr><w:b/></w:rPr></w:style>'
    sheet = StyleSheet(parsed(NORMAL + style("h", "h", "a", run="<w:b/>") + character))
    inside = run('<w:rStyle w:val="c"/>')
    assert sheet.look(sheet.paragraph("h"), inside).bold is False
    assert sheet.look(sheet.paragraph(None), inside).bold is True


def test_lists_and_levels_are_none_where_nothing_is_given() -> None:
    properties = parsed('<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr><w:outlineLvl w:val="12"/></w:pPr>')[0]
    assert numbering_reference(properties) == NumberingReference(0, None)
    assert numbering_reference(None) == NumberingReference()
    assert outline_level(properties) is None
