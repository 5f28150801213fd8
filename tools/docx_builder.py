"""A .docx package from its parts, for tests and sample letters: what Word needs to open it, the same each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

W_NS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W_NS,
        "r": _OFFICE,
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    }.items()
)

_PART_TYPES: Final = {
    "word/comments.xml": f'<Override PartName="/word/comments.xml" ContentType="{_WORD}.comments+xml"/>',
}
"""Of parts given whole; for the others the default of their extension is enough for our reader."""
_STORY_ROOTS: Final = {"header": "hdr", "footer": "ftr"}


def docx(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    pictures: Mapping[str, bytes] | None = None,
    relationships: str = "",
    parts: Mapping[str, bytes] | None = None,
    stories: Mapping[str, str] | None = None,
) -> bytes:
    """A package whose word/document.xml has `body` inside w:body.

    styles, numbering: the inner XML of those parts ("" leaves the part out). pictures: relationship id → PNG bytes.
    relationships: more Relationship elements of the document. parts: more members.
    stories: "footnotes", "endnotes", "comments", "header" or "footer" → the inner XML of that part.
    """
    members: dict[str, bytes] = {}
    rels = relationships
    content_types = "".join(_PART_TYPES.get(name, "") for name in parts or ())
    if styles:
        members["word/styles.xml"] = _part("styles", styles)
        rels += f'<Relationship Id="rIdStyles" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        content_types += f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    if numbering:
        members["word/numbering.xml"] = _part("numbering", numbering)
        rels += f'<Relationship Id="rIdNumbering" Type="{_OFFICE}/numbering" Target="numbering.xml"/>'
        content_types += f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/>'
    for kind, inner in (stories or {}).items():
        members[f"word/{kind}.xml"] = _part(_STORY_ROOTS.get(kind, kind), inner)
        rels += f'<Relationship Id="rId{kind.title()}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        content_types += f'<Override PartName="/word/{kind}.xml" ContentType="{_WORD}.{kind}+xml"/>'
    for rid, data in (pictures or {}).items():
        members[f"word/media/{rid}.png"] = data
        rels += f'<Relationship Id="{rid}" Type="{_OFFICE}/image" Target="media/{rid}.png"/>'
    members |= parts or {}
    first = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>{content_types}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{rels}</Relationships>',
    }
    members = {name: xml.encode() for name, xml in first.items()} | {"word/document.xml": _document(body)} | members
    return zipped(members)


def paragraph(text: str, *, properties: str = "", run: str = "") -> str:
    """A w:p with one run. properties, run: inner XML of w:pPr and w:rPr."""
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of the members, in their order, all dated 1980."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _document(body: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>'.encode()
    )


def _part(root: str, inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMESPACES}>{inner}</w:{root}>'.encode()
