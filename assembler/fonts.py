"""Which fonts a template asks for, and which it brings with it. By name: a substitute hides a missing font from
everyone but the reader."""

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
# Each attribute of w:rFonts, and the one that overrides it with a font of the theme (ECMA-376 17.3.2.26).
_SCRIPTS: Final = (
    ("ascii", "asciiTheme"),
    ("hAnsi", "hAnsiTheme"),
    ("eastAsia", "eastAsiaTheme"),
    ("cs", "cstheme"),
)
_THEME_SCRIPTS: Final = {"EastAsia": "ea", "Bidi": "cs", "Ascii": "latin", "HAnsi": "latin"}


def fonts_named(template: bytes) -> frozenset[str]:
    """The font families that the styles and the texts of a template name. It must have passed `check_template`."""
    package = open_package(template)
    parts = [package.document, *package.related(*_WITH_TEXT)]
    theme = _theme(package)
    found = (name for part in parts for name in _names(package.root(part), theme))
    return frozenset(name for name in found if name)


def fonts_embedded(template: bytes) -> frozenset[str]:
    """The font families that lie in the file itself (ECMA-376 17.8.1): named in the font table, and there."""
    package = open_package(template)
    found: set[str] = set()
    for part in package.related("fontTable"):
        files = {relation.id for relation in package.relations(part) if relation.member in package}
        for font in package.root(part).iter(f"{W}font"):
            if any(face.get(f"{_R}id") in files for face in font.iterchildren(*_EMBEDDED)):
                found.add(font.get(f"{W}name", ""))
    return frozenset(found)


def _names(root: etree._Element, theme: Mapping[str, str]) -> Iterator[str | None]:
    for fonts in root.iter(f"{W}rFonts"):
        for plain, themed in _SCRIPTS:
            yield theme.get(fonts.get(f"{W}{themed}", "")) or fonts.get(f"{W}{plain}")


def _theme(package: DocxPackage) -> dict[str, str]:
    """majorEastAsia → the font's name. Where the theme leaves East Asia open, its font for simplified Chinese."""
    found: dict[str, str] = {}
    for part in package.related("theme"):
        root = package.root(part)
        for role in ("major", "minor"):
            for named, script in _THEME_SCRIPTS.items():
                typeface = _typeface(root, f"{_A}{role}Font/{_A}{script}")
                if not typeface and script == "ea":
                    typeface = _typeface(root, f"{_A}{role}Font/{_A}font[@script='Hans']")
                found[f"{role}{named}"] = typeface
    return found


def _typeface(theme: etree._Element, path: str) -> str:
    font = theme.find(f".//{path}")
    return "" if font is None else font.get("typeface", "")
