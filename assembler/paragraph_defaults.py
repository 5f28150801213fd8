"""What Word does to lines and pages unless a style says otherwise, turned into what a bulletin wants.

Word lets a mark hang out over the right edge by default (w:overflowPunct, ECMA-376 17.3.1.21), and Word in Chinese
writes into its style "Normal" that a single line of a paragraph may stand on a page (w:widowControl, 17.3.1.44).
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from assembler import styles
from assembler.package import DocxPackage
from assembler.styles import TemplateStyles
from assembler.wordml import W

_OVERFLOW: Final = "overflowPunct"
_WIDOWS: Final = "widowControl"
_SEQUENCE: Final = tuple(
    f"{W}{name}"
    for name in re.findall(
        r"\w+",
        """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct""",
    )
)
"""The elements of CT_PPrBase up to w:overflowPunct (ECMA-376 17.3.1.26)."""
_BEFORE_PARAGRAPH: Final = frozenset(
    f"{W}{name}"
    for name in re.findall(
        r"\w+",
        """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply rsid""",
    )
)
"""The elements of a w:style that its w:pPr follows (17.7.4.17)."""
_RUNNING_TEXT: Final = (styles.BODY, styles.EDITORS_NOTE)


def set_paragraph_defaults(package: DocxPackage, style_ids: TemplateStyles) -> None:
    """No mark hangs out over the edge of the text, and no page begins or ends with a single line of a longer paragraph.

    What the template says about hanging marks stays, in whatever style. About single lines the styles of running text
    are asked themselves, since "Normal" has Word's habit and not the office's choice. Raises etree.XMLSyntaxError when
    the styles are damaged.
    """
    part = next(iter(package.related("styles")), None)
    if part is None:
        return
    root = package.edit(part)
    if root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}{_OVERFLOW}") is None:
        for style in root.iterchildren(W + "style"):
            if style.get(W + "type") == "paragraph" and style.find(W + "basedOn") is None:
                _set_where_silent(style, _OVERFLOW, "0")
    running = {style_ids[style] for style in _RUNNING_TEXT}
    for style in root.iterchildren(W + "style"):
        if style.get(W + "type") == "paragraph" and style.get(W + "styleId") in running:
            _set_where_silent(style, _WIDOWS, "1")


def _set_where_silent(style: etree._Element, name: str, value: str) -> None:
    """Adds the setting to the w:pPr of a style that has none of that name."""
    paragraph = style.find(W + "pPr")
    if paragraph is None:
        paragraph = etree.Element(W + "pPr")
        style.insert(sum(1 for child in style if child.tag in _BEFORE_PARAGRAPH), paragraph)
    if paragraph.find(W + name) is None:
        earlier = _SEQUENCE[: _SEQUENCE.index(W + name)]
        place = sum(1 for child in paragraph if child.tag in earlier)
        paragraph.insert(place, etree.Element(W + name, {W + "val": value}))
