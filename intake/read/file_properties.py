"""What a file says of itself in a property that a user may define, where it was made by an office like ours."""

from __future__ import annotations

import re
from typing import Final

from intake.parse.manuscript_format import ManuscriptFormat
from intake.parse.message import Part
from intake.read.docx.custom_properties import custom_property
from intake.read.docx.limits import USUAL_DOCUMENT_LIMITS
from intake.read.docx.package import OpenedPackages, SourcePackage
from programs.conversion import Conversions, key_of
from values.errors import UnreadableManuscript
from values.marked_copy import COPY_PROPERTY

_MESSAGE_ID: Final = re.compile(r"<[^<>@\s]{1,200}@[^<>@\s]{1,400}>")


def property_of(part: Part, name: str, converted: Conversions, packages: OpenedPackages) -> str:
    """The value of the property in a Word file; "" where it has none. A file in an older format has it once LibreOffice
    has converted it.

    packages: those of the letter.
    """
    try:
        if part.manuscript_format is ManuscriptFormat.WORD and part.data.startswith(b"PK"):
            return custom_property(packages.package_of(part.data), name)
        made = converted.get(key_of(part.data)) if part.manuscript_format is ManuscriptFormat.LEGACY else None
        if isinstance(made, bytes):
            return custom_property(SourcePackage(made, USUAL_DOCUMENT_LIMITS), name)
    except UnreadableManuscript:
        pass  # who reads it as a manuscript reports what is wrong with it
    return ""


def letter_of_copy(part: Part, converted: Conversions, packages: OpenedPackages) -> str:
    """The Message-ID of the letter with which an editor has sent this file (退改); "" for any other file."""
    written = property_of(part, COPY_PROPERTY, converted, packages)
    return written if _MESSAGE_ID.fullmatch(written) else ""
