"""Asking Word to work out the fields of a document when it opens it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from assembler.package import parse, relations, xml
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


def with_fields_updated(members: Mapping[str, bytes], document: str) -> Mapping[str, bytes]:
    """The members with w:updateFields set. Unchanged where the document has no settings."""
    for relation in relations(members, document):
        if relation.kind == "settings" and relation.member in members:
            settings = parse(members[relation.member])
            for old in settings.findall(W + "updateFields"):
                settings.remove(old)
            places = (place for place, child in enumerate(settings) if _follows(child))
            settings.insert(next(places, len(settings)), etree.Element(W + "updateFields"))
            return {**members, relation.member: xml(settings)}
    return members


def _follows(child: etree._Element) -> bool:
    """Elements of other namespaces (m:mathPr, w14:docId) stand after it, too. A comment may stand anywhere."""
    return isinstance(child.tag, str) and (child.tag in _AFTER or not child.tag.startswith(W))
