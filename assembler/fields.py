"""Asking Word to work out the fields of a document when it opens it."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from assembler.package import DocxPackage
from assembler.wordml import W

_FOLLOWING: Final = frozenset(
    f"{W}{name}"
    for name in re.findall(
        r"\w+",
        """hdrShapeDefaults footnotePr endnotePr compat docVars rsids attachedSchema themeFontLang clrSchemeMapping
        doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType
        shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator""",
    )
)
"""The elements that follow w:updateFields in the sequence of CT_Settings (ECMA-376 17.15.1.78)."""


def request_field_update(package: DocxPackage) -> None:
    """Sets w:updateFields in the settings of the document. Does nothing where the document has no settings.

    Raises etree.XMLSyntaxError when the settings are damaged.
    """
    part = next(iter(package.related("settings")), None)
    if part is None:
        return
    settings = package.edit(part)
    for old in settings.findall(W + "updateFields"):
        settings.remove(old)
    later = (place for place, child in enumerate(settings) if _follows(child))
    settings.insert(next(later, len(settings)), etree.Element(W + "updateFields"))


def _follows(child: etree._Element) -> bool:
    """Whether w:updateFields must precede the child. Elements of other namespaces (m:mathPr, w14:docId) come after
    it, too; a comment may be anywhere."""
    return isinstance(child.tag, str) and (child.tag in _FOLLOWING or not child.tag.startswith(W))
