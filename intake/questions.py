"""The questions about letters and files that child processes answer: what they return is their annotations' types.

What answers them is imported in the child alone: the service, which has these functions by name, needs no reader.
"""

from __future__ import annotations

from typing import BinaryIO

from intake.edited_file import EditedFile
from intake.fetch.arrival import header_block
from intake.fetch.mailbox import HEADER_LIMIT
from intake.outcome import DocumentLines, DocumentRows, Original, Reading, ScanReading
from intake.register import Register
from programs.conversion import Conversions
from programs.page_pictures import PagePictures
from values.letter import AddedByHand, LetterContent


def read(
    letter: BinaryIO, register: Register, converted: Conversions, *, released: bool, added: AddedByHand | None
) -> Reading:
    """The outcome of the letter."""
    from intake.reading import read_letter  # in the child

    return read_letter(letter.read(), register, converted, released=released, added=added)


def header_in(letter: BinaryIO, register: Register, *, released: bool) -> Reading:
    """Who wrote the letter and about what; pending, or sealed by its subject."""
    from intake.reading import header_of  # in the child

    header = header_block(letter.read(HEADER_LIMIT), HEADER_LIMIT)
    return header_of(header, register, released=released)


def content_in(letter: BinaryIO) -> LetterContent:
    """What stands in the letter, for a person."""
    from intake.parse.content import content_of  # in the child
    from intake.parse.message import parse_message  # in the child

    raw = letter.read()
    return content_of(raw, parse_message(raw))


def original_file_in(letter: BinaryIO, content_sha256: str, own_addresses: frozenset[str]) -> Original | None:
    """The file of that digest in the letter; None when it is not there."""
    from intake.original import original_in  # in the child

    return original_in(letter.read(), content_sha256, own_addresses)


def document_lines_in(file: BinaryIO, name: str, converted: Conversions) -> DocumentLines:
    """The lines of a file that no letter brought."""
    from intake.document_lines import lines_of_file  # in the child

    return lines_of_file(file.read(), name, converted)


def edited_file_in(file: bytes, name: str, converted: Conversions) -> EditedFile:
    """A draft that somebody has edited. name: of the file."""
    from intake.edited_draft import edited_file_of  # in the child

    return edited_file_of(file, name, converted)


def edited_file_in_letter(letter: BinaryIO, converted: Conversions) -> EditedFile:
    """The edited draft that the letter brings."""
    from intake.edited_draft import edited_file_in  # in the child

    return edited_file_in(letter.read(), converted)


def page_pictures_of(pdf: bytes, first: int, most: int) -> PagePictures:
    """Pages of the PDF, at most `most`, beginning with page `first`, counted from 1."""
    from programs.pdf_pages import pages_as_png  # in the child, and most never see a PDF

    return pages_as_png(pdf, first, most)


def scan_reading_of(data: bytes, words: tuple[str, ...]) -> ScanReading:
    """What the scan of a paper is."""
    from intake.scan import read_scan  # in the child

    return read_scan(data, words)


def scan_pages_of(data: bytes, first: int, most: int) -> PagePictures:
    """Pages of the scan of a paper, at most `most`, beginning with page `first`, counted from 1."""
    from intake.scan import scan_pages  # in the child

    return scan_pages(data, first, most)


def document_rows_of(data: bytes, name: str) -> DocumentRows:
    """The rows of a file that a person has read as a list."""
    from intake.document_rows import rows_of_file  # in the child

    return rows_of_file(data, name)


def letter_rows_in(letter: BinaryIO) -> DocumentRows:
    """The rows of a letter's text and of its files."""
    from intake.document_rows import rows_of_letter  # in the child

    return rows_of_letter(letter.read())
