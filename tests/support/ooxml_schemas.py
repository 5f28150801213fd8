"""A .docx against the schemas that ECMA-376 itself publishes: every part of XML, element by element.

What a schema cannot say, which holds between the parts, is in docx_rules.py. Where the schemas come from:
schemas/ecma-376-2006/LICENSE; their common root: schemas/docx.xsd.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from lxml import etree

PUBLISHED: Final = Path(__file__).parent / "schemas" / "ecma-376-2006"
_EVERY_PART: Final = PUBLISHED.parent / "docx.xsd"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SAFE: Final = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


def schema_errors(docx: bytes) -> list[str]:
    """What the schemas refuse, with part and line; empty for a valid file."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return [f"{name}: {error}" for name in names for error in part_errors(archive.read(name))]


def part_errors(part: bytes) -> Iterator[str]:
    """What the schemas refuse in one part, once it is read as a reader of 2006 would (ECMA-376 Part 3)."""
    root = etree.fromstring(part, _SAFE)
    unknown = sorted(_must_understand(root) - _understood())
    yield from (f"must be understood and is not: {namespace}" for namespace in unknown)
    _reduce(root, frozenset(), frozenset())
    schema = _schema()
    if not schema.validate(root):
        log: Any = schema.error_log  # lxml-stubs does not type its entries
        yield from (f"line {error.line}: {error.message}" for error in log)


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(_EVERY_PART), _SAFE))


@cache
def _understood() -> frozenset[str]:
    targets = (etree.parse(str(path), _SAFE).getroot().get("targetNamespace") for path in PUBLISHED.glob("*.xsd"))
    return frozenset(target for target in targets if target)


def _must_understand(root: etree._Element) -> set[str]:
    return {namespace for element in root.iter() for namespace in _namespaces(element, f"{_MC}MustUnderstand")}


def _reduce(element: etree._Element, ignorable: frozenset[str], opened: frozenset[str]) -> None:
    """Takes out of the tree what a reader that knows only the schemas' namespaces has to pass over.

    ignorable: namespaces declared so above (mc:Ignorable). opened: "{namespace}name" of those whose content counts
    although they themselves do not (mc:ProcessContent); "{namespace}*" are all of a namespace.
    """
    ignorable |= frozenset(_namespaces(element, f"{_MC}Ignorable")) - _understood()
    opened |= frozenset(_qualified(element))
    for key in [key for key in map(str, element.attrib) if key.startswith(_MC) or _namespace(key) in ignorable]:
        del element.attrib[key]
    place = 0
    while place < len(element):  # what is put in place of a child is looked at in its turn
        child = element[place]
        tag = str(child.tag)
        if tag == f"{_MC}AlternateContent":
            element[place : place + 1] = _chosen(child)
        elif _namespace(tag) in ignorable:
            kept = {tag, f"{{{_namespace(tag)}}}*"} & opened
            element[place : place + 1] = list(child) if kept else []
        else:
            _reduce(child, ignorable, opened)
            place += 1


def _chosen(alternatives: etree._Element) -> list[etree._Element]:
    """The content of the first choice that is understood, else of the fallback."""
    for choice in alternatives.iterchildren(f"{_MC}Choice"):
        required = {choice.nsmap.get(prefix, prefix) for prefix in choice.get("Requires", "").split()}
        if required <= _understood():
            return list(choice)
    return [child for fallback in alternatives.iterchildren(f"{_MC}Fallback") for child in fallback]


def _namespaces(element: etree._Element, attribute: str) -> set[str]:
    return {element.nsmap.get(prefix, prefix) for prefix in element.get(attribute, "").split()}


def _qualified(element: etree._Element) -> Iterator[str]:
    for name in element.get(f"{_MC}ProcessContent", "").split():
        prefix, _, local = name.partition(":")
        yield f"{{{element.nsmap.get(prefix, prefix)}}}{local}"


def _namespace(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""
