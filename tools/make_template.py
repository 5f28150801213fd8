"""Makes templates/bulletin.docx: the way back to the default when the office's own restyled copy is lost.

    python -m tools.make_template [FILE]

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

DEFAULT: Final = Path(__file__).parent.parent / "templates" / "bulletin.docx"

_SONG_TITLE: Final = "方正小标宋简体"
_FANG_SONG: Final = "仿宋_GB2312"
_HEI: Final = "黑体"
_KAI: Final = "楷体_GB2312"
_SONG: Final = "宋体"
# These are licensed and never shipped; on a machine without them Word falls back to the second name.
_FALLBACKS: Final = {_SONG_TITLE: _SONG, _FANG_SONG: "仿宋", _KAI: "楷体"}
_RED: Final = "FF0000"

_LINE: Final = '<w:spacing w:line="579" w:lineRule="exact"/>'
_TIGHT: Final = '<w:spacing w:val="-5"/>'
_TWO_IN: Final = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_OFF_GRID: Final = '<w:snapToGrid w:val="0"/>'
_CENTRED: Final = '<w:jc w:val="center"/>'

_R_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def bulletin_template() -> bytes:
    """The default template, the same bytes each time."""
    parts = {
        "document": ("document.main", _document()),
        "styles": ("styles", _root("styles", _DEFAULTS + "".join(_styles()))),
        "settings": ("settings", _root("settings", _SETTINGS)),
        "fontTable": ("fontTable", _root("fonts", "".join(map(_font, _FALLBACKS)))),
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
        "docProps/core.xml": _CORE,
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
    'w:header="851" w:footer="1419" w:gutter="0"/><w:cols w:space="425"/><w:docGrid w:linePitch="579"/></w:sectPr>'
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
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>简报模板</dc:title></cp:coreProperties>'
)


def _font(name: str) -> str:
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{_FALLBACKS[name]}"/><w:charset w:val="86"/>'
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


def _run(text: str) -> str:
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _line(style: str, *texts: str, properties: str = "") -> str:
    """A paragraph; the texts are set apart by tabs."""
    inner = "<w:r><w:tab/></w:r>".join(map(_run, texts))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inner}</w:p>'


def _optional(tag: str, style: str, text: str) -> str:
    return _line(style, f"{{%p if {tag} %}}") + _line(style, text) + _line(style, "{%p endif %}")


def _document() -> str:
    body = (
        _line("Masthead", "{{ title }} {{ kind }}"),
        _line("IssueNumber", "{{ label }}"),
        _line("IssueLine", "{{ office }}", "{{ date }}"),
        _line(styles.CONTENTS_TITLE, "{{ contents }}"),
        # 段前分页 here is what makes the articles begin on a page of their own.
        _line(styles.BODY, "{{ articles }}", properties="<w:pageBreakBefore/>"),
        _imprint_table(),
        # What the floating table hangs on; too low to need a line of its own.
        f'<w:p><w:pPr>{_OFF_GRID}<w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>',
    )
    return _root("document", f"<w:body>{''.join(body)}{_SECTION}</w:body>")


def _imprint_table() -> str:
    """版记, its last rule on the lower edge of the text area (GB/T 9704-2012 7.4.2).

    A frame of paragraphs would do in Word, but LibreOffice drops the rules of one. The table is placed from the
    page's edge, and is a hair narrower than the measure: otherwise LibreOffice does not let it float.
    """
    recipients = "".join(
        _optional(tag, "ImprintSentTo", f"{label}：{{{{ {tag} }}}}")
        for tag, label in {"report_to": "报", "copy_to": "送", "issue_to": "发"}.items()
    )
    office = _line("Imprint", "{{ edited_by }}编") + "".join(
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


# --- the styles -------------------------------------------------------------------------------------------------------

_DEFAULTS: Final = (
    f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{_FANG_SONG}" w:hAnsi="{_FANG_SONG}" '
    f'w:eastAsia="{_FANG_SONG}" w:cs="{_FANG_SONG}"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
)


def _type(font: str, size: int, more: str = "") -> str:
    """w:rPr inner XML. font: for all four scripts, or Latin digits and quotes would fall into another one."""
    fonts = "".join(f' w:{script}="{font}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f'<w:rFonts{fonts}/>{more}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _style(style: str, name: str, paragraph: str, characters: str, *, following: str = "") -> str:
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/>{after}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{characters}</w:rPr></w:style>'
    )


def _ours(style: str, paragraph: str, characters: str, *, following: str = "") -> str:
    return _style(style, styles.NAMES[style], paragraph, characters, following=following)


def _styles() -> list[str]:
    return [*_builtin(), *_front(), *_articles(), _tables(), *_imprint()]


def _builtin() -> list[str]:
    """Styles that Word knows by their English names."""
    return [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr>{_OFF_GRID}<w:spacing w:line="320" w:lineRule="exact"/></w:pPr>'
        f"<w:rPr>{_type(_SONG, 28)}</w:rPr></w:style>",
        '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>'
        '<w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="CommentText"><w:name w:val="annotation text"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="left"/></w:pPr><w:rPr>{_type(_SONG, 21)}</w:rPr></w:style>',
    ]


def _front() -> list[str]:
    red = f'<w:color w:val="{_RED}"/>'
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="8" w:color="{_RED}"/></w:pBdr>'
    return [
        _style(
            "Masthead",
            "简报报头",
            f'{_OFF_GRID}<w:spacing w:before="600" w:after="240" w:line="1000" w:lineRule="exact"/>{_CENTRED}',
            _type(_SONG_TITLE, 56, red + '<w:spacing w:val="-6"/>'),
        ),
        _style(
            "IssueNumber",
            "简报期号",
            f'{_OFF_GRID}<w:spacing w:after="360" w:line="579" w:lineRule="exact"/>{_CENTRED}',
            _type(_FANG_SONG, 32),
        ),
        _style(
            "IssueLine",
            "简报发行行",
            f'{rule}<w:tabs><w:tab w:val="right" w:pos="8844"/></w:tabs>{_OFF_GRID}'
            '<w:spacing w:after="579" w:line="579" w:lineRule="exact"/><w:jc w:val="left"/>',
            _type(_FANG_SONG, 32),
        ),
        _ours(
            styles.CONTENTS_DEPARTMENT,
            '<w:keepNext/><w:spacing w:before="145" w:line="579" w:lineRule="exact"/><w:jc w:val="left"/>',
            _type(_HEI, 32),
            following=styles.CONTENTS_TITLE,
        ),
        _ours(
            styles.CONTENTS_TITLE,
            f'<w:keepLines/><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8844"/></w:tabs>{_LINE}'
            '<w:ind w:leftChars="150" w:left="480"/><w:jc w:val="left"/>',
            _type(_FANG_SONG, 32, _TIGHT),
        ),
    ]


def _articles() -> list[str]:
    title = '<w:spacing w:before="579" w:after="145" w:line="680" w:lineRule="exact"/>'
    byline = '<w:spacing w:after="289" w:line="579" w:lineRule="exact"/>'
    fonts = (_HEI, _KAI, _FANG_SONG, _FANG_SONG)
    return [
        _ours(
            styles.SECTION_HEADING,
            f'<w:keepNext/>{_OFF_GRID}<w:spacing w:before="579" w:line="579" w:lineRule="exact"/><w:jc w:val="left"/>',
            _type(_HEI, 32),
            following=styles.ARTICLE_TITLE,
        ),
        _ours(
            styles.ARTICLE_TITLE,
            f'<w:keepNext/><w:keepLines/>{_OFF_GRID}{title}{_CENTRED}<w:outlineLvl w:val="0"/>',
            _type(_SONG_TITLE, 44),
            following=styles.BYLINE,
        ),
        _ours(
            styles.BYLINE,
            f"<w:keepNext/>{_OFF_GRID}{byline}{_CENTRED}",
            _type(_KAI, 32),
            following=styles.BODY,
        ),
        _ours(styles.BODY, f'{_LINE}{_TWO_IN}<w:jc w:val="both"/>', _type(_FANG_SONG, 32, _TIGHT)),
        *(
            _ours(
                style,
                f'<w:keepNext/>{_LINE}{_TWO_IN}<w:jc w:val="both"/><w:outlineLvl w:val="{level}"/>',
                _type(font, 32, _TIGHT),
                following=styles.BODY,
            )
            for level, (style, font) in enumerate(zip(styles.HEADINGS, fonts, strict=True), 1)
        ),
        # Exact line spacing would clip a picture to the height of a line.
        _ours(
            styles.PICTURE,
            f'{_OFF_GRID}<w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/>{_CENTRED}',
            _type(_FANG_SONG, 28),
        ),
        _ours(styles.CAPTION, f"<w:keepLines/>{_OFF_GRID}{_LINE}{_CENTRED}", _type(_KAI, 28), following=styles.BODY),
    ]


def _tables() -> str:
    auto = '<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>'
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for edge, size in {"top": 8, "left": 8, "bottom": 8, "right": 8, "insideH": 4, "insideV": 4}.items()
    )
    return (
        _ours(styles.TABLE_TEXT, f'{_OFF_GRID}{auto}<w:jc w:val="left"/>', _type(_FANG_SONG, 24))
        + _ours(styles.TABLE_CENTRED, f"{_OFF_GRID}{auto}{_CENTRED}", _type(_FANG_SONG, 24))
        + _ours(styles.TABLE_HEADER, f"<w:keepNext/>{_OFF_GRID}{auto}{_CENTRED}", _type(_HEI, 24))
        + f'<w:style w:type="table" w:customStyle="1" w:styleId="{styles.TABLE}">'
        f'<w:name w:val="{styles.NAMES[styles.TABLE]}"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar><w:left w:w="85" '
        'w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tcPr><w:vAlign w:val="center"/>'
        "</w:tcPr></w:style>"
    )


def _imprint() -> list[str]:
    """版记: text one character in from the rules above and below it. 0.35 mm = 8 eighths of a point, 0.25 mm = 6."""
    line = f'{_OFF_GRID}<w:spacing w:line="520" w:lineRule="exact"/>'
    rules = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for edge, size in {"top": 8, "bottom": 8, "insideH": 6}.items()
    )
    return [
        _style(
            "ImprintSentTo",
            "版记报送发",
            f'{line}<w:ind w:leftChars="300" w:left="840" w:rightChars="100" w:right="280" w:hangingChars="200" '
            'w:hanging="560"/><w:jc w:val="left"/>',
            _type(_FANG_SONG, 28),
        ),
        _style(
            "Imprint",
            "版记",
            f'{line}<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/><w:jc w:val="left"/>',
            _type(_FANG_SONG, 28),
        ),
        '<w:style w:type="table" w:customStyle="1" w:styleId="ImprintTable"><w:name w:val="版记表"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    ]


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    target.write_bytes(bulletin_template())
    print(target)
