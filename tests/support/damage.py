"""Damage to letters and .docx, as disks, mail gateways and hostile hands do it; the same for the same dice."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Final

from lxml import etree

from tools.docx_builder import zipped

Damage = Callable[[bytes, bytes, Random], bytes]
"""(what is damaged, another seed of the same kind, dice) → damaged."""

_LARGEST: Final = 4 << 20  # no damage lets a seed grow beyond this
_ODD_TEXTS: Final = ("", "-1", "0", "65536", "99999999999", "1e308", "NaN", "true", "甲", "\u202e", "%1%9", "/" * 300)
_NAMESPACES: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "urn:schemas-microsoft-com:vml",
    "",
)


def flipped_bits(data: bytes, _other: bytes, dice: Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        if flipped:
            flipped[dice.randrange(len(flipped))] ^= 1 << dice.randrange(8)
    return bytes(flipped)


def cut(data: bytes, _other: bytes, dice: Random) -> bytes:
    return data[: dice.randint(0, len(data))]


def without_a_piece(data: bytes, _other: bytes, dice: Random) -> bytes:
    start, end = sorted(dice.randint(0, len(data)) for _ in range(2))
    return data[:start] + data[end:]


def spliced(data: bytes, other: bytes, dice: Random) -> bytes:
    """The beginning of one and the end of the other."""
    return data[: dice.randint(0, len(data))] + other[dice.randint(0, len(other)) :]


def lines_repeated(data: bytes, _other: bytes, dice: Random) -> bytes:
    lines, start, end = _some_lines(data, dice)
    return b"".join(lines[:end] + lines[start:end] * dice.choice((1, 1, 2, 50)) + lines[end:])


def lines_lost(data: bytes, _other: bytes, dice: Random) -> bytes:
    lines, start, end = _some_lines(data, dice)
    return b"".join(lines[:start] + lines[end:])


def lines_swapped(data: bytes, _other: bytes, dice: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    for _ in range(dice.randint(1, 4)):
        if lines:
            first, second = (dice.randrange(len(lines)) for _ in range(2))
            lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)


def xml_changed(data: bytes, other: bytes, dice: Random) -> bytes:
    """Elements of a part moved, deleted, nested, doubled; attributes swapped; namespaces and values changed."""
    members = _members(data)
    name = _xml_member(members, dice)
    if name is None:
        return flipped_bits(data, other, dice)
    try:
        root = etree.fromstring(members[name], etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return flipped_bits(data, other, dice)
    for _ in range(dice.choice((1, 1, 2, 5, 20))):
        elements = [element for element in root.iterdescendants() if isinstance(element.tag, str)]
        if len(elements) > 1:
            dice.choice(_EDITS)(dice.choice(elements), dice.choice(elements), dice)
    return zipped(members | {name: etree.tostring(root)})


def member_damaged(data: bytes, other: bytes, dice: Random) -> bytes:
    """The bytes of one part damaged, the zip around it whole."""
    members = _members(data)
    if not members:
        return flipped_bits(data, other, dice)
    name = dice.choice(sorted(members))
    return zipped(members | {name: dice.choice(BYTE_DAMAGES)(members[name], other, dice)})


def members_mixed(data: bytes, other: bytes, dice: Random) -> bytes:
    """A part lost, exchanged with another one, or taken from the other file."""
    members, other_members = _members(data), _members(other)
    if not members:
        return flipped_bits(data, other, dice)
    first, second = (dice.choice(sorted(members)) for _ in range(2))
    change = dice.choice(("lose", "exchange", "take"))
    if change == "lose":
        del members[first]
    elif change == "exchange" or not other_members:
        members[first], members[second] = members[second], members[first]
    else:
        members[first] = other_members.get(first) or other_members[dice.choice(sorted(other_members))]
    return zipped(members)


BYTE_DAMAGES: Final[tuple[Damage, ...]] = (flipped_bits, cut, without_a_piece, spliced)
LETTER_DAMAGES: Final[tuple[Damage, ...]] = (*BYTE_DAMAGES, lines_repeated, lines_lost, lines_swapped)
DOCX_DAMAGES: Final[tuple[Damage, ...]] = (
    *BYTE_DAMAGES,
    *(xml_changed,) * 6,
    member_damaged,
    member_damaged,
    members_mixed,
)


def damaged(data: bytes, other: bytes, damage: Damage, dice: Random) -> bytes:
    """The damaged bytes, or the old ones where that would make them huge."""
    changed = damage(data, other, dice)
    return changed if len(changed) <= _LARGEST else data


def _some_lines(data: bytes, dice: Random) -> tuple[list[bytes], int, int]:
    lines = data.splitlines(keepends=True)
    start = dice.randint(0, len(lines))
    return lines, start, min(len(lines), start + dice.choice((1, 1, 3, 40)))


def _members(data: bytes) -> dict[str, bytes]:
    """The parts of a zip that can still be read; none if it is no zip any more."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {entry.filename: archive.read(entry) for entry in archive.infolist()[:200]}
    except Exception:  # noqa: BLE001 - zipfile raises a dozen kinds for damaged archives
        return {}


def _xml_member(members: dict[str, bytes], dice: Random) -> str | None:
    """A part of XML; the text itself every other time."""
    names = [name for name in sorted(members) if name.endswith((".xml", ".rels")) and len(members[name]) < 1 << 19]
    main = [name for name in names if name.endswith("document.xml")]
    if main and dice.random() < 0.5:
        return main[0]
    return dice.choice(names) if names else None


def _moved(element: etree._Element, target: etree._Element, dice: Random) -> None:
    if element not in target.iterancestors() and element is not target:
        target.insert(dice.randint(0, len(target)), element)


def _deleted(element: etree._Element, _target: etree._Element, _dice: Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _nested(element: etree._Element, _target: etree._Element, dice: Random) -> None:
    """Inside copies of itself, now and then deeper than any recursion goes."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for _ in range(dice.choice((1, 2, 40, 300))):
        outer = etree.Element(element.tag)
        _set_attributes(outer, _attributes(element))
        outer.append(element)
        element = outer
    parent.insert(place, element)


def _doubled(element: etree._Element, target: etree._Element, dice: Random) -> None:
    if sum(1 for _ in element.iter()) < 2_000:
        target.insert(dice.randint(0, len(target)), deepcopy(element))


def _attributes_swapped(element: etree._Element, target: etree._Element, _dice: Random) -> None:
    first, second = _attributes(element), _attributes(target)
    _set_attributes(element, second)
    _set_attributes(target, first)


def _renamed(element: etree._Element, target: etree._Element, dice: Random) -> None:
    """The namespace changed, or the name taken from another element."""
    if dice.random() < 0.5:
        element.tag = target.tag
    else:
        local = etree.QName(element).localname
        namespace = dice.choice(_NAMESPACES)
        element.tag = f"{{{namespace}}}{local}" if namespace else local


def _value_changed(element: etree._Element, _target: etree._Element, dice: Random) -> None:
    value = dice.choice(_ODD_TEXTS)
    if element.attrib and dice.random() < 0.7:
        element.set(dice.choice(sorted(map(str, element.attrib))), value)
    else:
        element.text = value


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _set_attributes(element: etree._Element, attributes: dict[str, str]) -> None:
    element.attrib.clear()
    for name, value in attributes.items():
        element.set(name, value)


_EDITS: Final = (_moved, _deleted, _nested, _doubled, _attributes_swapped, _renamed, _value_changed)
