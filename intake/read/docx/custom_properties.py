"""The properties of a document that a user may define (ECMA-376 part 1, 22.3)."""

from __future__ import annotations

from typing import Final

from intake.read.docx.package import SourcePackage

_PROPERTY: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"


def custom_property(package: SourcePackage, name: str) -> str:
    """The value as text, "" where the document has no such property. Raises UnreadableManuscript for a damaged part."""
    for part in package.related("custom-properties", ""):
        root = package.xml(part)
        for element in () if root is None else root.iter(_PROPERTY):
            if element.get("name") == name:
                return "".join(child.text or "" for child in element).strip()
    return ""
