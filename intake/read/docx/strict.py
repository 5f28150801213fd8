"""ISO/IEC 29500 Strict: the same elements under other namespaces, mapped to those of Transitional."""

from __future__ import annotations

from typing import Final

from intake.read.containers.xml_parts import Element, parse_xml
from intake.read.docx.tags import STRICT_NAMESPACES

_STRICT_MARK: Final = "purl.oclc.org/ooxml"


def parse_part(data: bytes, most_tags: int) -> Element:
    """The root of an XML part of a .docx, Strict names mapped to Transitional. Raises UnreadableManuscript."""
    root = parse_xml(data, most_tags)
    if _STRICT_MARK.encode() in data or _STRICT_MARK in str(root.tag):  # the bytes show nothing in UTF-16
        _map_strict(root)
    return root


def _map_strict(root: Element) -> None:
    """Gives the elements and attributes of ISO/IEC 29500 Strict their Transitional names."""
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = _transitional(element.tag)
        for name in element.keys():  # noqa: SIM118 - lxml: iterating an element gives its children
            mapped = _transitional(str(name))
            if mapped != name:
                element.set(mapped, element.attrib.pop(name))


def _transitional(name: str) -> str:
    namespace, brace, local = name[1:].partition("}")
    mapped = STRICT_NAMESPACES.get(namespace) if brace else None
    return f"{{{mapped}}}{local}" if mapped else name
