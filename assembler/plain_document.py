"""An empty .docx with the styles of an article, which depends on no template of the office."""

from __future__ import annotations

from typing import Final

from assembler import styles
from assembler.package import MAIN_TYPE, DocxPackage
from assembler.wordml import W_NS, escape

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
_SECTION: Final = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" '
    'w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
)
"""A4 with the margins of GB/T 9704-2012 5.2.1, in twips."""
_CENTRED: Final = '<w:jc w:val="center"/>'
_INDENTED: Final = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_LOOKS: Final = {
    styles.ARTICLE_TITLE: ("方正小标宋简体", 44, _CENTRED),
    styles.BYLINE: ("楷体_GB2312", 32, _CENTRED),
    styles.BODY: ("仿宋_GB2312", 32, _INDENTED),
    styles.HEADINGS[0]: ("黑体", 32, _INDENTED),
    styles.HEADINGS[1]: ("楷体_GB2312", 32, _INDENTED),
    styles.HEADINGS[2]: ("仿宋_GB2312", 32, _INDENTED),
    styles.HEADINGS[3]: ("仿宋_GB2312", 32, _INDENTED),
    styles.TABLE_TEXT: ("仿宋_GB2312", 24, ""),
    styles.TABLE_CENTRED: ("仿宋_GB2312", 24, _CENTRED),
    styles.TABLE_HEADER: ("黑体", 24, _CENTRED),
    styles.PICTURE: ("仿宋_GB2312", 32, _CENTRED),
    styles.CAPTION: ("楷体_GB2312", 28, _CENTRED),
    styles.CONTENTS_DEPARTMENT: ("仿宋_GB2312", 32, ""),
    styles.CONTENTS_TITLE: ("仿宋_GB2312", 32, ""),
    styles.SECTION_HEADING: ("黑体", 32, _CENTRED),
}
"""Font, half-points and paragraph properties by style: those that manuscripts of offices have (GB/T 9704-2012 7.3)."""


def plain_document(body: str) -> DocxPackage:
    """A package with this body, which has to end with a paragraph. body: elements of WordprocessingML."""
    document = f'{_DECLARATION}<w:document xmlns:w="{W_NS}"><w:body>{body}{_SECTION}</w:body></w:document>'
    parts = {"word/document.xml": MAIN_TYPE, "word/styles.xml": _STYLES_TYPE}
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{type}"/>' for name, type in parts.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    members = {
        "[Content_Types].xml": f'{_DECLARATION}<Types xmlns="{_TYPES_NS}">{defaults}{overrides}</Types>',
        "_rels/.rels": _relationships("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _relationships("styles", "styles.xml"),
        "word/document.xml": document,
        "word/styles.xml": _styles(),
    }
    return DocxPackage({name: text.encode() for name, text in members.items()})


def _relationships(kind: str, target: str) -> str:
    relationship = f'<Relationship Id="rId1" Type="{_OFFICE_NS}/{kind}" Target="{target}"/>'
    return f'{_DECLARATION}<Relationships xmlns="{_RELATIONSHIPS_NS}">{relationship}</Relationships>'


def _styles() -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table = (
        f'<w:style w:type="table" w:styleId="{styles.TABLE}"><w:name w:val="{styles.NAMES[styles.TABLE]}"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>"
    )
    paragraphs = "".join(_style(id, *look) for id, look in _LOOKS.items())
    return f'{_DECLARATION}<w:styles xmlns:w="{W_NS}">{paragraphs}{table}</w:styles>'


def _style(id: str, font: str, size: int, properties: str) -> str:
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:eastAsia="{font}" w:hAnsi="Times New Roman"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{escape(styles.NAMES[id])}"/>'
        f'<w:pPr>{properties}</w:pPr><w:rPr>{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )
