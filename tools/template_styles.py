"""The styles of the templates that we ship: type and spacing after GB/T 9704-2012, in the units of make_template.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from assembler import styles

_SONG_TITLE: Final = "方正小标宋简体"
_FANG_SONG: Final = "仿宋_GB2312"
_HEI: Final = "黑体"
_KAI: Final = "楷体_GB2312"
_SONG: Final = "宋体"
# These are licensed and never shipped; on a machine without them Word falls back to the second name.
FALLBACKS: Final = {_SONG_TITLE: _SONG, _FANG_SONG: "仿宋", _KAI: "楷体"}

_LINE: Final = '<w:spacing w:line="579" w:lineRule="exact"/>'
_TIGHT: Final = '<w:spacing w:val="-5"/>'
_TWO_IN: Final = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
KIND: Final = "MastheadKind"
KIND_BLANK: Final = "MastheadKindBlank"
OFF_GRID: Final = '<w:snapToGrid w:val="0"/>'
_CENTRED: Final = '<w:jc w:val="center"/>'


@dataclass(frozen=True, slots=True)
class Look:
    """What distinguishes one template.

    colour: of name and rule, RRGGBB. size: of the name, in half points. kind_size: of the kind, where it is larger than
    the name and has a line of its own below it; 0 for one line of one size. above, below: the white around them, in
    twips. rule: its thickness in eighths of a point. page_break: articles begin on a page of their own. cover: page
    one is not numbered.
    """

    title: str
    colour: str = "FF0000"
    size: int = 56
    kind_size: int = 0
    above: int = 0
    below: int = 120
    rule: int = 24
    page_break: bool = True
    cover: bool = False

    @property
    def name_per_line(self) -> int:
        """Characters of the name that fit on the 8844 twips of a line."""
        return 8844 // (self.size * 10)

    @property
    def line(self) -> int:
        """Twips: the height of a line of the name, or of the kind where that is larger."""
        return max(self.size * 18, self.kind_size * 21 // 2)


def all_styles(look: Look) -> str:
    """The inner XML of w:styles."""
    return "".join([_DEFAULTS, *_builtin(), *_front(look), *_articles(), _tables(), *_imprint()])


_DEFAULTS: Final = (
    f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{_FANG_SONG}" w:hAnsi="{_FANG_SONG}" '
    f'w:eastAsia="{_FANG_SONG}" w:cs="{_FANG_SONG}"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
)


def fonts(font: str) -> str:
    """w:rFonts of one font for all four scripts, or Latin digits and quotes would fall into another one."""
    scripts = "".join(f' w:{script}="{font}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f"<w:rFonts{scripts}/>"


def _type(font: str, size: int, more: str = "") -> str:
    """w:rPr inner XML."""
    return f"{fonts(font)}{more}{_size(size)}"


def _size(size: int) -> str:
    return f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _style(style: str, name: str, paragraph: str, characters: str, *, following: str = "") -> str:
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/>{after}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{characters}</w:rPr></w:style>'
    )


def _ours(style: str, paragraph: str, characters: str, *, following: str = "") -> str:
    return _style(style, styles.NAMES[style], paragraph, characters, following=following)


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
        f'<w:pPr>{OFF_GRID}<w:spacing w:line="320" w:lineRule="exact"/></w:pPr>'
        f"<w:rPr>{_type(_SONG, 28)}</w:rPr></w:style>",
        '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>'
        '<w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="CommentText"><w:name w:val="annotation text"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="left"/></w:pPr><w:rPr>{_type(_SONG, 21)}</w:rPr></w:style>',
    ]


def _kind_in_large(look: Look) -> list[str]:
    """The character styles of a kind on a line of its own, and of the blank before it.

    Name and kind are one paragraph, as they are one name. The blank is as wide as the text area, so that the line ends
    with it in Word, WPS and LibreOffice alike, and blanks at the end of a line hang out unseen.
    """
    if not look.kind_size:
        return []
    return [
        _character_style(KIND, "简报种类", f'<w:spacing w:val="{look.kind_size * 2}"/>{_size(look.kind_size)}'),
        _character_style(KIND_BLANK, "简报种类前空白", '<w:spacing w:val="8844"/>'),
    ]


def _character_style(style: str, name: str, characters: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{style}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{characters}</w:rPr></w:style>'
    )


def _front(look: Look) -> list[str]:
    colour = f'<w:color w:val="{look.colour}"/>'
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="{look.rule}" w:space="6" w:color="{look.colour}"/></w:pBdr>'
    return [
        _style(
            "Masthead",
            "简报报头",
            f'{OFF_GRID}<w:spacing w:before="{look.above}" w:after="{look.below}" w:line="{look.line}" '
            f'w:lineRule="exact"/>{_CENTRED}',
            _type(_SONG_TITLE, look.size, colour + '<w:spacing w:val="-6"/>'),
        ),
        *_kind_in_large(look),
        _style(
            "Marking",
            "简报标注",
            f'<w:tabs><w:tab w:val="right" w:pos="8844"/></w:tabs>{OFF_GRID}<w:spacing w:line="400" '
            'w:lineRule="exact"/><w:jc w:val="left"/>',
            _type(_HEI, 32),
        ),
        _style(
            "IssueNumber",
            "简报期号",
            f'{OFF_GRID}<w:spacing w:after="120" w:line="500" w:lineRule="exact"/>{_CENTRED}',
            _type(_FANG_SONG, 32),
        ),
        _style(
            "IssueLine",
            "简报发行行",
            f'{rule}<w:tabs><w:tab w:val="right" w:pos="8844"/></w:tabs>{OFF_GRID}'
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
    headings = (_HEI, _KAI, _FANG_SONG, _FANG_SONG)
    return [
        # Set off from what is above and below, not from its own next paragraph.
        _ours(
            styles.EDITORS_NOTE,
            '<w:spacing w:before="289" w:after="289" w:line="579" w:lineRule="exact"/>'
            f'{_TWO_IN}<w:contextualSpacing/><w:jc w:val="both"/>',
            _type(_KAI, 32, _TIGHT),
        ),
        _ours(
            styles.SECTION_HEADING,
            f'<w:keepNext/>{OFF_GRID}<w:spacing w:before="579" w:line="579" w:lineRule="exact"/><w:jc w:val="left"/>',
            _type(_HEI, 32),
            following=styles.ARTICLE_TITLE,
        ),
        _ours(
            styles.ARTICLE_TITLE,
            f'<w:keepNext/><w:keepLines/>{OFF_GRID}{title}{_CENTRED}<w:outlineLvl w:val="0"/>',
            _type(_SONG_TITLE, 44),
            following=styles.BYLINE,
        ),
        _ours(
            styles.BYLINE,
            f"<w:keepNext/>{OFF_GRID}{byline}{_CENTRED}",
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
            for level, (style, font) in enumerate(zip(styles.HEADINGS, headings, strict=True), 1)
        ),
        # Exact line spacing would clip a picture to the height of a line.
        _ours(
            styles.PICTURE,
            f'{OFF_GRID}<w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/>{_CENTRED}',
            _type(_FANG_SONG, 28),
        ),
        # The white keeps the name of a table apart from the text above it and from the table's upper rule.
        _ours(
            styles.CAPTION,
            f'<w:keepLines/>{OFF_GRID}<w:spacing w:before="60" w:after="60" w:line="579" w:lineRule="exact"/>'
            f"{_CENTRED}",
            _type(_KAI, 28),
            following=styles.BODY,
        ),
    ]


def _tables() -> str:
    auto = '<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>'
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for edge, size in {"top": 8, "left": 8, "bottom": 8, "right": 8, "insideH": 4, "insideV": 4}.items()
    )
    return (
        _ours(styles.TABLE_TEXT, f'{OFF_GRID}{auto}<w:jc w:val="left"/>', _type(_FANG_SONG, 24))
        + _ours(styles.TABLE_CENTRED, f"{OFF_GRID}{auto}{_CENTRED}", _type(_FANG_SONG, 24))
        + _ours(styles.TABLE_HEADER, f"<w:keepNext/>{OFF_GRID}{auto}{_CENTRED}", _type(_HEI, 24))
        + f'<w:style w:type="table" w:customStyle="1" w:styleId="{styles.TABLE}">'
        f'<w:name w:val="{styles.NAMES[styles.TABLE]}"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar><w:left w:w="85" '
        'w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tcPr><w:vAlign w:val="center"/>'
        "</w:tcPr></w:style>"
    )


def _imprint() -> list[str]:
    """版记: text one character in from the rules above and below it. 0.35 mm = 8 eighths of a point, 0.25 mm = 6."""
    line = f'{OFF_GRID}<w:spacing w:line="520" w:lineRule="exact"/>'
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
            f'<w:tabs><w:tab w:val="right" w:pos="8558"/></w:tabs>{line}<w:ind w:leftChars="100" w:left="280" '
            'w:rightChars="100" w:right="280"/><w:jc w:val="left"/>',
            _type(_FANG_SONG, 28),
        ),
        '<w:style w:type="table" w:customStyle="1" w:styleId="ImprintTable"><w:name w:val="版记表"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblBorders>{rules}</w:tblBorders><w:tblCellMar>"
        '<w:top w:w="57" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="57" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    ]
