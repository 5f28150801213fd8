"""Flat OPC: a .docx as one XML file (pkg:package), as Word saves it with the extension .xml."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from typing import Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from intake.read.containers.refusals import BROKEN, SUSPICIOUS_ZIP, refuse
from intake.read.containers.xml_parts import parse_xml
from intake.read.docx.limits import USUAL_DOCUMENT_LIMITS, DocumentLimits
from intake.read.docx.tags import Element

_NS: Final = "http://schemas.microsoft.com/office/2006/xmlPackage"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_HEAD: Final = 4_096
"""Bytes searched for the root element, which may follow a declaration and a comment."""
_BEFORE: Final = b"\xef\xbb\xbf \t\r\n"


def is_flat_opc(data: bytes) -> bool:
    """Whether the bytes are such a file, by the namespace of its root. Of any Office program: reading it shows
    which."""
    head = data[:_HEAD]
    return head.lstrip(_BEFORE).startswith(b"<") and b":package" in head and _NS.encode() in head


def docx_of(data: bytes, limits: DocumentLimits = USUAL_DOCUMENT_LIMITS) -> bytes:
    """The package as a zip ([MS-OI29500] 2.1.1773 and the schema it names).

    Raises UnreadableManuscript when the XML or a binary part is damaged, or a limit is exceeded.
    """
    root = parse_xml(data, limits.tags)
    parts = root.findall(f"{{{_NS}}}part")
    if len(parts) > limits.archive.entries:
        raise refuse(SUSPICIOUS_ZIP)
    out = io.BytesIO()
    overrides: list[str] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for part in parts:
            name, kind = part.get(f"{{{_NS}}}name", ""), part.get(f"{{{_NS}}}contentType", "")
            archive.writestr(zipfile.ZipInfo(name.lstrip("/") or "part"), _content(part))
            overrides.append(f"<Override PartName={quoteattr(name)} ContentType={quoteattr(kind)}/>")
        types = f'<Types xmlns="{_TYPES}">{"".join(overrides)}</Types>'
        archive.writestr(zipfile.ZipInfo("[Content_Types].xml"), types.encode())
    return out.getvalue()


def _content(part: Element) -> bytes:
    xml = part.find(f"{{{_NS}}}xmlData")
    if xml is not None and len(xml):
        return etree.tostring(xml[0], encoding="utf-8", xml_declaration=True)
    binary = part.findtext(f"{{{_NS}}}binaryData") or ""
    try:
        return base64.b64decode("".join(binary.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise refuse(BROKEN) from error
