"""The colours and fonts of Office, for a document without a theme: LibreOffice then draws the bars of a chart
invisibly."""

from __future__ import annotations

from typing import Final

from intake.read.docx.tags import A_NS

_COLOURS: Final = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "44546A",
    "lt2": "E7E6E6",
    "accent1": "4472C4",
    "accent2": "ED7D31",
    "accent3": "A5A5A5",
    "accent4": "FFC000",
    "accent5": "5B9BD5",
    "accent6": "70AD47",
    "hlink": "0563C1",
    "folHlink": "954F72",
}
_FILL: Final = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_FONTS: Final = '<a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/><a:cs typeface=""/>'


def usual_theme() -> bytes:
    """A theme part (ECMA-376 part 1, 14.2.7) with the colours of Office 2013 and the shortest lists of formats
    allowed."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    lines = "".join(f'<a:ln w="{width}">{_FILL}</a:ln>' for width in (6_350, 12_700, 19_050))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    formats = (
        f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
    )
    return (
        f'<a:theme xmlns:a="{A_NS}" name="Office"><a:themeElements><a:clrScheme name="Office">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Office"><a:majorFont>{_FONTS}</a:majorFont><a:minorFont>{_FONTS}</a:minorFont>'
        f'</a:fontScheme><a:fmtScheme name="Office">{formats}</a:fmtScheme></a:themeElements></a:theme>'
    ).encode()
