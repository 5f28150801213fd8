"""Which characters may begin or end a line (GB/T 15834-2011 5.1), for Word and WPS.

Without a list in the file, each applies one of its own. LibreOffice ignores the list; ours has it in its settings
(programs/office_profile.py).
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from assembler.package import DocxPackage
from assembler.wordml import W
from values.line_ends import NOT_FIRST, NOT_LAST

_LANGUAGE: Final = "zh-CN"
_UNBREAKABLE: Final = re.compile(r"[!-~]{10,}")
"""An address, a telephone number or another row of Latin characters without blank, as long as five Chinese ones."""
_FOLLOWING: Final = frozenset(
    f"{W}{name}"
    for name in re.findall(
        r"\w+",
        """savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText
        doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags
        alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids attachedSchema
        themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions
        readModeInkLockDown smartTagType shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator""",
    )
)
"""The elements that follow w:noLineBreaksBefore in the sequence of CT_Settings (ECMA-376 17.15.1.78)."""


def set_line_breaks(package: DocxPackage) -> None:
    """Writes NOT_LAST and NOT_FIRST into the settings of the document. Lists that the template has for Chinese stay.

    Does nothing where the document has no settings. Raises etree.XMLSyntaxError when they are damaged.
    """
    part = next(iter(package.related("settings")), None)
    if part is None:
        return
    settings = package.edit(part)
    lists = [*settings.findall(W + "noLineBreaksAfter"), *settings.findall(W + "noLineBreaksBefore")]
    if any(characters.get(W + "lang") == _LANGUAGE for characters in lists):
        return
    for other in lists:
        settings.remove(other)
    place = next((place for place, child in enumerate(settings) if _follows(child)), len(settings))
    for offset, (name, characters) in enumerate((("noLineBreaksAfter", NOT_LAST), ("noLineBreaksBefore", NOT_FIRST))):
        element = etree.Element(W + name, {W + "lang": _LANGUAGE, W + "val": characters})
        settings.insert(place + offset, element)


def stretches(text: str) -> bool:
    """Whether justifying the text may stretch a line: an address that does not fit moves to the next line whole."""
    return _UNBREAKABLE.search(text) is not None


def _follows(child: etree._Element) -> bool:
    """Elements of other namespaces (m:mathPr, w14:docId) come after the lists, too; a comment may be anywhere."""
    return isinstance(child.tag, str) and (child.tag in _FOLLOWING or not child.tag.startswith(W))
