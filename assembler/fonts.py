"""The fonts that a template asks for, and those embedded in it.

Fonts are compared by name: a program that lacks one puts another in its place without a word, so that the page looks
wrong only to its reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from assembler.package import DocxPackage, open_package
from assembler.wordml import W

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WITH_TEXT: Final = ("styles", "header", "footer", "numbering")
_EMBEDDED: Final = tuple(f"{W}embed{face}" for face in ("Regular", "Bold", "Italic", "BoldItalic"))
_SCRIPTS: Final = (
    ("ascii", "asciiTheme"),
    ("hAnsi", "hAnsiTheme"),
    ("eastAsia", "eastAsiaTheme"),
    ("cs", "cstheme"),
)
"""Each attribute of w:rFonts, and the one that overrides it with a font of the theme (ECMA-376 17.3.2.26)."""
_THEME_SCRIPTS: Final = {"EastAsia": "ea", "Bidi": "cs", "Ascii": "latin", "HAnsi": "latin"}


def fonts_named(template: bytes) -> frozenset[str]:
    """The font families that the styles and texts of a template name. The template must have passed
    `check_template`."""
    package = open_package(template)
    theme = _theme_fonts(package)
    parts = (package.document, *package.related(*_WITH_TEXT))
    return frozenset(name for part in parts for name in _names(package.root(part), theme) if name)


def fonts_embedded(template: bytes) -> frozenset[str]:
    """The font families embedded in the file (ECMA-376 17.8.1): listed in the font table, and their files present.

    The template must have passed `check_template`.
    """
    package = open_package(template)
    embedded: set[str] = set()
    for part in package.related("fontTable"):
        files = {relation.id for relation in package.relations(part) if relation.member in package}
        for font in package.root(part).iter(f"{W}font"):
            if any(face.get(f"{_R}id") in files for face in font.iterchildren(*_EMBEDDED)):
                embedded.add(font.get(f"{W}name", ""))
    return frozenset(embedded)


def _names(root: etree._Element, theme: Mapping[str, str]) -> Iterator[str | None]:
    for fonts in root.iter(f"{W}rFonts"):
        for plain, themed in _SCRIPTS:
            yield theme.get(fonts.get(f"{W}{themed}", "")) or fonts.get(f"{W}{plain}")


def _theme_fonts(package: DocxPackage) -> dict[str, str]:
    """The fonts of the theme by their names in w:rFonts, such as "majorEastAsia".

    Where the theme leaves East Asia open, its font for simplified Chinese (script Hans) is taken.
    """
    fonts: dict[str, str] = {}
    for part in package.related("theme"):
        root = package.root(part)
        for role in ("major", "minor"):
            for suffix, script in _THEME_SCRIPTS.items():
                typeface = _typeface(root, f"{_A}{role}Font/{_A}{script}")
                if not typeface and script == "ea":
                    typeface = _typeface(root, f"{_A}{role}Font/{_A}font[@script='Hans']")
                fonts[f"{role}{suffix}"] = typeface
    return fonts


def _typeface(theme: etree._Element, path: str) -> str:
    font = theme.find(f".//{path}")
    return "" if font is None else font.get("typeface", "")
