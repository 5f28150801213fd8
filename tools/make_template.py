"""Makes the templates that we ship: the way back to the default when the office's own restyled copy is lost.

    python -m tools.make_template [FOLDER]

bulletin.docx is the default; memo.docx is plain and black, its articles right below the contents; cover.docx has a
front of its own, without a number.

Page and type follow GB/T 9704-2012 in OOXML units: 1 mm = 56.69 twips, w:sz in half points, w:spacing in twips,
borders in eighths of a point. 22 lines of 28 characters come out, in Word and LibreOffice alike, with lines of
exactly 579 twips and characters set 0.25 pt closer; no document grid does that in both.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from assembler import styles
from tools.docx_builder import W_NS, zipped
from tools.template_styles import FALLBACKS, KIND, KIND_BLANK, OFF_GRID, Look, all_styles, fonts

FOLDER: Final = Path(__file__).parent.parent / "templates"
LOOKS: Final = {
    "bulletin": Look("简报模板", kind_size=112),
    "memo": Look("简报模板（便笺式）", colour="000000", size=44, below=120, rule=12, page_break=False),
    "cover": Look("简报模板（封面式）", size=72, kind_size=112, above=120, below=180, cover=True),
}

_R_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def template(look: Look) -> bytes:
    """A template, the same bytes each time."""
    parts = {
        "document": ("document.main", _document(look)),
        "styles": ("styles", _root("styles", all_styles(look))),
        "settings": ("settings", _root("settings", _SETTINGS)),
        "fontTable": ("fontTable", _root("fonts", "".join(map(_font, FALLBACKS)))),
        "footer1": (
            "footer",
            _root("ftr", _page_number('<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>')),
        ),
        "footer2": (
            "footer",
            _root("ftr", _page_number('<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>')),
        ),
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>' for name, (kind, _) in parts.items()
    )
    members = {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
            '<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
        ),
        "_rels/.rels": _relationships(
            {
                "rId1": (f"{_R_NS}/officeDocument", "word/document.xml"),
                "rId2": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            }
        ),
        "docProps/core.xml": _CORE.format(look.title),
        "word/_rels/document.xml.rels": _relationships(
            {
                f"rId{number}": (f"{_R_NS}/{kind}", f"{name}.xml")
                for number, (name, (kind, _)) in enumerate(parts.items())
                if number
            }
        ),
    }
    members |= {f"word/{name}.xml": content for name, (_, content) in parts.items()}
    return zipped({name: content.encode() for name, content in members.items()})


def _relationships(targets: dict[str, tuple[str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{id}" Type="{kind}" Target="{to}"/>' for id, (kind, to) in targets.items())
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _root(name: str, inner: str) -> str:
    return f'{_HEAD}<w:{name} xmlns:w="{W_NS}" xmlns:r="{_R_NS}">{inner}</w:{name}>'


# --- the page ---------------------------------------------------------------------------------------------------------

_SECTION: Final = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" '
    'w:header="851" w:footer="1419" w:gutter="0"/><w:cols w:space="425"/>{}<w:docGrid w:linePitch="579"/></w:sectPr>'
)
_SETTINGS: Final = (
    '<w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
    '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>'
    # Without it Word spreads a line that ends in a line break over the whole measure.
    '<w:compat><w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
_CORE: Final = (
    f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>'
)


def _font(name: str) -> str:
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{FALLBACKS[name]}"/><w:charset w:val="86"/>'
        '<w:family w:val="roman"/></w:font>'
    )


def _page_number(alignment: str) -> str:
    """— 1 —, on odd pages one character in from the right, on even pages from the left."""
    number = "".join(
        f"<w:r>{inner}</w:r>"
        for inner in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{alignment}</w:pPr>{_run("— ")}{number}{_run(" —")}</w:p>'


def _run(text: str, style: str = "") -> str:
    look = f'<w:rStyle w:val="{style}"/>' if style else ""
    return f'<w:r><w:rPr>{look}<w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _line(style: str, *texts: str, properties: str = "") -> str:
    """A paragraph; the texts are set apart by tabs."""
    inner = "<w:r><w:tab/></w:r>".join(map(_run, texts))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inner}</w:p>'


def _optional(tag: str, style: str, text: str) -> str:
    return _line(style, f"{{%p if {tag} %}}") + _line(style, text) + _line(style, "{%p endif %}")


def _note_line() -> str:
    label = f"<w:r><w:rPr>{fonts('黑体')}</w:rPr><w:t>【编者按】</w:t></w:r>"
    return f'<w:p><w:pPr><w:pStyle w:val="{styles.EDITORS_NOTE}"/></w:pPr>{label}{_run("{{ editors_note }}")}</w:p>'


def _name_and_large_kind(look: Look) -> str:
    name = f"{{{{ title | lines({look.name_per_line}) }}}}"
    kind = _run(" ", KIND_BLANK) + _run("{{ kind }}", KIND)
    return f'<w:p><w:pPr><w:pStyle w:val="Masthead"/></w:pPr>{_run(name)}{kind}</w:p>'


def _document(look: Look) -> str:
    body = (
        _line("Marking", "{%p if marking or registration %}"),
        _line("Marking", "{{ marking }}", "{{ registration }}"),
        _line("Marking", "{%p endif %}"),
        _name_and_large_kind(look) if look.kind_size else _line("Masthead", "{{ title }} {{ kind }}"),
        _line("IssueNumber", "{{ label }}{% if total %}（{{ total }}）{% endif %}"),
        _line("IssueLine", "{{ office }}", "{{ date }}"),
        _line(styles.CONTENTS_TITLE, "{{ contents }}"),
        # Vanishes with its label where there is no 按语.
        _note_line(),
        # 段前分页 here is what makes the articles begin on a page of their own.
        _line(styles.BODY, "{{ articles }}", properties="<w:pageBreakBefore/>" if look.page_break else ""),
        _imprint_table(),
        # The anchor of the floating table; too low to take up a line.
        f'<w:p><w:pPr>{OFF_GRID}<w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>',
    )
    section = _SECTION.format("<w:titlePg/>" if look.cover else "")
    return _root("document", f"<w:body>{''.join(body)}{section}</w:body>")


def _imprint_table() -> str:
    """版记, its last rule on the lower edge of the text area (GB/T 9704-2012 7.4.2).

    A frame of paragraphs would do in Word, but LibreOffice drops the rules of one. The table is placed from the
    page's edge, and is a hair narrower than the measure: otherwise LibreOffice does not let it float.
    """
    recipients = "".join(
        _optional(tag, "ImprintSentTo", f"{label}：{{{{ {tag} }}}}")
        for tag, label in {"report_to": "报", "copy_to": "送", "issue_to": "发"}.items()
    )
    office = _line("Imprint", "{{ edited_by }}编{% if copies %}", "共印{{ copies }}份{% endif %}") + "".join(
        _optional(tag, "Imprint", text)
        for tag, text in {
            "phone": "电话：{{ phone }}",
            "call_for_papers": "{{ call_for_papers }}",
            "mailbox": "投稿邮箱：{{ mailbox }}",
        }.items()
    )
    condition = "{%tr if report_to or copy_to or issue_to %}"
    rows = [_line("Imprint", condition), recipients, _line("Imprint", "{%tr endif %}"), office]
    place = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:topFromText="289" w:bottomFromText="0" '
        'w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="1588" w:tblpYSpec="bottom"/>'
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="ImprintTable"/>{place}<w:tblW w:w="{_IMPRINT_WIDTH}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{_IMPRINT_WIDTH}"/></w:tblGrid>'
        + "".join(
            f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{_IMPRINT_WIDTH}" w:type="dxa"/></w:tcPr>'
            f"{row}</w:tc></w:tr>"
            for row in rows
        )
        + "</w:tbl>"
    )


_IMPRINT_WIDTH: Final = 8838


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for name, look in LOOKS.items():
        (folder / f"{name}.docx").write_bytes(template(look))
        print(folder / f"{name}.docx")
