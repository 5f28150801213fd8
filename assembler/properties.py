"""docProps/core.xml (ECMA-376 part 2, 11), written by us.

python-docx is not asked: docxcompose, which docxtpl imports, changes its table of namespaces, and lastModifiedBy and
revision land where no reader looks for them and no schema allows them.
"""

from __future__ import annotations

from typing import Final

from assembler.package import DocxPackage
from assembler.wordml import escape
from values.issue import Issue

_CORE: Final = "core-properties"
_LONGEST: Final = 255  # characters; Word's own limit
_OPENING: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)


def set_properties(package: DocxPackage, issue: Issue) -> None:
    """Writes the issue's own properties over the template's; no author and no time of the run, so that the same issue
    is the same file. Does nothing where the template has no such part."""
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
