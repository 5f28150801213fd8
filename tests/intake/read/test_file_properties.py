"""What a file says of itself in its properties, which anybody may write."""

from __future__ import annotations

import pytest

from assembler.marks import add_property
from assembler.plain_document import plain_document
from intake.parse.manuscript_format import ManuscriptFormat
from intake.parse.message import Part
from intake.read.docx.package import OpenedPackages
from intake.read.file_properties import letter_of_copy
from programs.conversion import NO_CONVERSIONS, key_of
from values.marked_copy import COPY_PROPERTY

ID = "<returned.0a.1b@example.org>"


def named(value: str) -> bytes:
    package = plain_document("<w:p/>")
    add_property(package, COPY_PROPERTY, value)
    return package.save()


def part_of(data: bytes, kind: ManuscriptFormat) -> Part:
    return Part("改好.docx", "", "", data, manuscript_format=kind)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(ID, ID), (f" {ID}\n", ID), ("", ""), ("稿件 7", ""), (f"{ID}{ID}", ""), (f"<{'a' * 999}@b>", "")],
)
def test_property_is_a_message_id_or_nothing(value: str, expected: str) -> None:
    part = part_of(named(value), ManuscriptFormat.WORD)
    assert letter_of_copy(part, NO_CONVERSIONS, OpenedPackages()) == expected


def test_older_format_has_it_once_it_is_converted() -> None:
    part = part_of(b"\xd0\xcf\x11\xe0", ManuscriptFormat.LEGACY)
    assert letter_of_copy(part, NO_CONVERSIONS, OpenedPackages()) == ""
    assert letter_of_copy(part, {key_of(part.data): named(ID)}, OpenedPackages()) == ID


def test_damaged_file_has_none() -> None:
    part = part_of(named(ID)[:300], ManuscriptFormat.WORD)
    assert letter_of_copy(part, NO_CONVERSIONS, OpenedPackages()) == ""
