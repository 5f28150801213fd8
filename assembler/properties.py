"""The core properties of an issue, docProps/core.xml (ECMA-376 part 2, 11).

Not written through python-docx: docxcompose, which docxtpl imports, changes its table of namespaces, so that
lastModifiedBy and revision end up in a namespace that no reader knows and the schema forbids.
"""

from __future__ import annotations

from typing import Final

from assembler.package import DocxPackage
from assembler.wordml import escape
from values.issue import Issue

_CORE: Final = "core-properties"
_LONGEST: Final = 255
"""Characters of a property; the limit of Word's own dialog."""
_OPENING: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)


def set_properties(package: DocxPackage, issue: Issue) -> None:
    """Replaces the template's properties with those of the issue. Does nothing where the template has none.

    Neither the author of the template nor the time of the run is kept: the same issue gives the same bytes.
    """
    for relation in package.relations(""):
        if relation.kind == _CORE:
            package.replace(relation.member, _properties(issue))


def _properties(issue: Issue) -> bytes:
    masthead = issue.masthead
    moment = f'xsi:type="dcterms:W3CDTF">{masthead.dated.isoformat()}T00:00:00Z'
    return (
        f"{_OPENING}"
        f"<dc:title>{_text(f'{masthead.title}{masthead.kind}{masthead.number.label}')}</dc:title>"
        f"<dc:subject>{_text(masthead.number.label)}</dc:subject>"
        f"<dc:creator>{_text(masthead.office)}</dc:creator>"
        f"<cp:lastModifiedBy>{_text(masthead.office)}</cp:lastModifiedBy>"
        "<cp:revision>1</cp:revision>"
        f"<dcterms:created {moment}</dcterms:created>"
        f"<dcterms:modified {moment}</dcterms:modified>"
        "</cp:coreProperties>"
    ).encode()


def _text(text: str) -> str:
    return escape(text[:_LONGEST])
