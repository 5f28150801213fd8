"""Asking Word to work out the fields of a document when it opens it."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from assembler.package import DocxPackage
from assembler.wordml import W

# What stands after w:updateFields in the sequence of CT_Settings (ECMA-376 17.15.1.78).
_AFTER: Final = frozenset(
    f"{W}{name}"
    for name in re.findall(
        r"\w+",
        """hdrShapeDefaults footnotePr endnotePr compat docVars rsids attachedSchema themeFontLang clrSchemeMapping
        doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType
        shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator""",
    )
)


def ask_for_updated_fields(package: DocxPackage) -> None:
    """Sets w:updateFields in the document's settings. Does nothing where it has none."""
    part = next(iter(package.related("settings")), None)
    if part is None:
        return
    settings = package.edit(part)
    for old in settings.findall(W + "updateFields"):
        settings.remove(old)
    places = (place for place, child in enumerate(settings) if _follows(child))
    settings.insert(next(places, len(settings)), etree.Element(W + "updateFields"))


def _follows(child: etree._Element) -> bool:
    """Elements of other namespaces (m:mathPr, w14:docId) stand after it, too. A comment may stand anywhere."""
    return isinstance(child.tag, str) and (child.tag in _AFTER or not child.tag.startswith(W))
