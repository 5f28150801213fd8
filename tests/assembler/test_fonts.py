"""The fonts of a template by name: those that it asks for, and those that lie in the file."""

from __future__ import annotations

import pytest

from assembler.fonts import fonts_embedded, fonts_named
from assembler.template import check_template
from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.editing import members, replaced
from tests.support.fonts import FANGSONG, KAITI, TITLES, with_embedded
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tools.docx_builder import zipped

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


def with_theme(east_asia: str) -> bytes:
    """The template as Word makes one: the body's font is the theme's."""
    parts = members(
        replaced(
            TEMPLATE,
            f'w:eastAsia="{KAITI}"',
            'w:eastAsia="被盖过的字体" w:eastAsiaTheme="minorEastAsia"',
            member="word/styles.xml",
        )
    )
    parts["word/theme/theme1.xml"] = (
        f'<a:theme xmlns:a="{_DRAWING}" name="Office"><a:themeElements><a:fontScheme name="Office"><a:minorFont>'
        f'<a:latin typeface="Calibri"/><a:ea typeface="{east_asia}"/><a:cs typeface=""/>'
        '<a:font script="Hant" typeface="新細明體"/><a:font script="Hans" typeface="等线"/>'
        "</a:minorFont></a:fontScheme></a:themeElements></a:theme>"
    ).encode()
    rels = parts["word/_rels/document.xml.rels"].decode()
    theme = f'<Relationship Id="rId99" Type="{_OFFICE}/relationships/theme" Target="theme/theme1.xml"/>'
    parts["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", f"{theme}</Relationships>").encode()
    types = parts["[Content_Types].xml"].decode()
    theme_type = "application/vnd.openxmlformats-officedocument.theme+xml"
    kind = f'<Override PartName="/word/theme/theme1.xml" ContentType="{theme_type}"/>'
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{kind}</Types>").encode()
    return zipped(parts)


def test_the_licensed_fonts_of_official_documents_are_named_and_none_is_embedded() -> None:
    assert {FANGSONG, KAITI, TITLES, "黑体", "宋体"} == fonts_named(TEMPLATE)
    assert fonts_embedded(TEMPLATE) == frozenset()
    assert [name for name in members(TEMPLATE) if "font" in name.lower()] == ["word/fontTable.xml"]


@pytest.mark.parametrize("member", ["word/document.xml", "word/footer1.xml"])
def test_a_font_chosen_for_some_words_only_is_named_too(member: str) -> None:
    template = replaced(TEMPLATE, '<w:rFonts w:hint="eastAsia"/>', '<w:rFonts w:eastAsia="华文中宋"/>', member=member)
    assert "华文中宋" in fonts_named(template)


@pytest.mark.parametrize(("written", "meant"), [("等线 Light", "等线 Light"), ("", "等线")])
def test_a_font_of_the_theme_is_named_as_the_theme_names_it(written: str, meant: str) -> None:
    template = with_theme(written)
    assert check_template(template) == ()
    assert meant in fonts_named(template)
    assert "被盖过的字体" not in fonts_named(template)


def test_a_font_is_embedded_when_its_file_is_there() -> None:
    template = with_embedded(FANGSONG)
    assert check_template(template) == ()
    assert fonts_embedded(template) == {FANGSONG}
    assert fonts_embedded(with_embedded(FANGSONG, there=False)) == frozenset()


def test_an_embedded_font_stays_in_the_issue() -> None:
    made = typeset(issue(article()), with_embedded(FANGSONG), no_picture)
    assert violations(made) == []
    assert fonts_embedded(made) == {FANGSONG}
