"""Parsing the XML parts of a manuscript within limits. Nothing else parses XML that somebody has sent.

Hostile files use document types that read local files or fetch addresses, and millions of nested elements.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from intake.read.containers.refusals import BROKEN, DOCTYPE, TOO_COMPLEX, refuse

Element = etree._Element

_RESOURCE_LIMIT: Final = 114
"""XML_ERR_RESOURCE_LIMIT of libxml2: elements nested deeper than 256, or a text of more than 10 MB."""


def parse_xml(data: bytes, most_tags: int) -> Element:
    """The root of an XML part, without comments and processing instructions.

    Raises UnreadableManuscript when the part is damaged, is too complex, or has a document type. The parser reports
    that type; a search through the bytes would miss it in UTF-16.
    """
    if data.count(b"<") > most_tags:
        raise refuse(TOO_COMPLEX)
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        too_complex = getattr(error, "code", None) == _RESOURCE_LIMIT
        raise refuse(TOO_COMPLEX if too_complex else BROKEN) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refuse(DOCTYPE)
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,  # and never collect_ids=False: with it lxml 6.1 does load an external document type
        remove_comments=True,
        remove_pis=True,
    )
