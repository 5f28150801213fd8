"""Answers of the processes that read letters, checked where their parts depend on each other.

Their types are validated before (`programs.answers`). A process that a hostile file has taken over can still answer
with any values of these types: what it says about its own letter is believed, as whatever stands in a letter is; but
nothing that would damage the ledger or the store, or pass for something else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Final

from intake.edited_file import EditedFile
from intake.outcome import DocumentLines, Original, ReadArticle, Reading, ScanReading
from programs.conversion import ConversionRequest
from programs.page_pictures import PagePictures
from values.draft_marks import DraftIdentity
from values.finding import Finding
from values.letter import LetterContent, Verdict
from values.manuscript import Block, Media, Picture, Table
from values.rules import rule_named

_DIGEST: Final = re.compile("[0-9a-f]{64}")
_EXTENSION: Final = re.compile(r"\.[a-z0-9]{1,8}")
"""It becomes part of a file's name."""
_LARGEST_SPAN: Final = 10_000
"""Rows or columns: what lays a table out makes a list of them."""
_SIGNATURES: Final = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
"""How pictures begin that are printed and shown; those of other types are only stored."""
_LONGEST_MARKING: Final = 100
"""Characters: 内部资料 with three words of care has some thirty."""
_LARGEST: Final = 1 << 53
"""Of a number, so that the database and JSON hold it exactly."""


def check_answer(answer: object) -> None:
    """Raises ValueError for an answer that no reader of ours gives."""
    match answer:
        case Reading():
            _check_reading(answer)
        case LetterContent():
            _check_numbers(file.size for file in answer.files)
        case DocumentLines():
            for request in answer.unconverted:
                _check_request(request)
        case EditedFile():
            _check_edited(answer)
        case Original():
            _require(bool(answer.data))
        case ScanReading():
            _check_numbers([answer.pages])
            _require(len(answer.marking) <= _LONGEST_MARKING)
        case PagePictures():
            _check_numbers([answer.pages])
            _require(
                len(answer.pngs) <= answer.pages
                and all(png.startswith(_SIGNATURES["image/png"]) for png in answer.pngs)
            )


def _check_reading(reading: Reading) -> None:
    check_answer(reading.content)
    _require((reading.seal is not None) == (reading.verdict is Verdict.SEALED))
    if reading.seal is not None:  # nothing else of a sealed letter may be stored
        _require(not (reading.subject or reading.message_id or reading.articles or reading.unconverted))
        _require(reading.content == LetterContent() and len(reading.seal.marking) <= _LONGEST_MARKING)
        _require(reading.answer is None and not reading.drafts)
    if reading.answer is not None:
        _require(reading.answer.sender == reading.sender and not reading.articles)
        _require(all(map(_DIGEST.fullmatch, (*reading.answer.codes, *reading.answer.files))))
    _require(all(DraftIdentity.read(draft.written) == draft for draft in reading.drafts))
    if reading.addition is not None:
        _require(not reading.articles and reading.seal is None)
        _check_pictures_and_tables(reading.addition.pictures, reading.addition.media)
        _check_numbers(reading.addition.numbers)
    for article in reading.articles:
        _check_article(article)
    for request in reading.unconverted:
        _check_request(request)


def _check_edited(file: EditedFile) -> None:
    _require(not file.sha256 or bool(_DIGEST.fullmatch(file.sha256)))
    _check_pictures_and_tables([block.block for block in file.blocks], file.media)
    _check_numbers(comment.block for comment in file.comments)
    for request in file.unconverted:
        _check_request(request)


def _check_article(article: ReadArticle) -> None:
    _require(all(_DIGEST.fullmatch(digest) for digest in (article.content_sha256, article.text_sha256)))
    _check_pictures_and_tables(article.manuscript.blocks, article.media)
    for finding in article.findings:
        _check_finding(finding)


def _check_pictures_and_tables(blocks: Iterable[Block], files: Iterable[Media]) -> None:
    stored: set[tuple[str, str]] = set()
    for media in files:
        _require(hashlib.sha256(media.data).hexdigest() == media.sha256)
        _require(media.data.startswith(_SIGNATURES.get(media.content_type, b"")))
        stored.add((media.sha256, media.content_type))
    for block in blocks:
        match block:
            case Picture():
                _require((block.sha256, block.content_type) in stored)
                _check_numbers((block.width, block.height))
            case Table():
                _check_numbers((*block.widths, block.header_rows))
                _require(all(_is_span(cell.colspan) and _is_span(cell.rowspan) for row in block.rows for cell in row))


def _check_request(request: ConversionRequest) -> None:
    _require(bool(_DIGEST.fullmatch(request.key) and _EXTENSION.fullmatch(request.extension)))


def _check_finding(finding: Finding) -> None:
    _require(finding.rule == rule_named(finding.rule.name) and finding.is_open)
    _check_numbers(number or 0 for number in (finding.paragraph, finding.start, finding.end))


def _is_span(number: int) -> bool:
    return 1 <= number <= _LARGEST_SPAN


def _check_numbers(numbers: Iterable[int]) -> None:
    _require(all(0 <= number < _LARGEST for number in numbers))


def _require(condition: bool) -> None:
    if not condition:
        raise ValueError
