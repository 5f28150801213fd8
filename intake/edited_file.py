"""A draft that somebody has edited in a word processor, as it was read: blocks in order, marks and comments.

Values only, without the reader that makes them (`intake/edited_draft.py`), which the service does not load.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from programs.conversion import ConversionRequest
from values.manuscript import Media, Paragraph, Picture, Table

LOOKS: Final = ("字体", "字号", "颜色", "加粗、倾斜、下划线等")
"""What may be set on characters and is not taken over."""


@dataclass(frozen=True, slots=True)
class EditedBlock:
    """A line, table or picture of the file, in reading order."""

    block: Paragraph | Table | Picture
    style: str = ""
    """The name of its style as the program shows it; "" for a table or picture."""
    bookmarks: tuple[str, ...] = ()
    """The bookmarks that begin in it."""
    source: str = ""
    """Of a picture: SHA-256 of the file in the package, before it is prepared for print; "" where it has none."""
    looks: tuple[str, ...] = ()
    """Of `LOOKS`, those that are set on its characters themselves."""


@dataclass(frozen=True, slots=True)
class EditedComment:
    """A comment in the margin (ECMA-376 17.13.4)."""

    block: int
    """Index of the block that it is at; the number of blocks where it is after all of them."""
    author: str
    text: str
    """Its paragraphs, a line each."""
    quote: str = ""
    """The characters that it is about, as far as they are in one paragraph; "" for none."""
    answers: str = ""
    """The text of the comment that it answers; "" for none."""


@dataclass(frozen=True, slots=True)
class EditedFile:
    """What a file shows, with tracked changes accepted."""

    name: str = ""
    """Of the file, as the person's computer calls it."""
    sha256: str = ""
    """Of the file as it was sent."""
    blocks: tuple[EditedBlock, ...] = ()
    comments: tuple[EditedComment, ...] = ()
    media: tuple[Media, ...] = ()
    """The bytes of its pictures, prepared for print."""
    identity: str = ""
    """The custom property that says which draft it is; "" for none."""
    headers: tuple[str, ...] = ()
    """The lines of its page headers."""
    omissions: tuple[str, ...] = ()
    """What it holds and was not read, Chinese, a sentence each."""
    refusal: str = ""
    """Why it could not be read, Chinese; "" when it could."""
    unconverted: tuple[ConversionRequest, ...] = ()
    """What LibreOffice has to convert first; () for nothing."""
