"""Markings of secrecy (密级标志) in a line of text, in a name, or in a row of a table. Pure.

A marking stands by itself: a line, a cell, a bracket, the beginning or end of a name. The same words within a sentence
(保守商业机密), a unit's name (机要局) or a title (《保密法》宣传月) are none. GB/T 9704-2012 7.2.2 writes 机密★10年;
offices also type 机 密, 【机密】, 密级：秘密, 内部资料 注意保密.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise
from typing import Final


class Degree(Enum):
    """What a marking demands."""

    SEALED = auto()
    """Classified, or internal and not to be passed on: nothing of the letter may be shown."""
    FLAGGED = auto()
    """Not for the public (内部资料 注意保存, 此件不公开): the editor is to decide whether it may be printed."""


@dataclass(frozen=True, slots=True)
class Marking:
    """A marking of secrecy."""

    text: str
    """The marking alone, without blanks, as 机密★10年: all of the letter that the editor may see."""
    degree: Degree


_LEVEL: Final = r"(?:绝\s*密|机\s*密|秘\s*密)"
_STAR: Final = r"[★☆⭐✩✭]"
_ANY_STAR: Final = r"[★☆⭐✩✭*·•]"
_COUNT: Final = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_TERM: Final = rf"(?:{_COUNT}\s*(?:年|个月|月|天|日)|长\s*期|(?:启\s*[用封]|解\s*密|公\s*[开布])\s*前)"
_MARK: Final = rf"{_LEVEL}(?:\s*{_ANY_STAR}\s*(?:{_TERM})?|\s*\(?\s*{_TERM}\s*\)?)?"
_WITH_TERM: Final = rf"{_LEVEL}(?:\s*{_ANY_STAR}\s*{_TERM}|\s*{_STAR}|\s*{_TERM})"
_LABEL: Final = r"(?:密\s*级(?:\s*[和及、]?\s*保密期限)?|保密等级|秘密等级|涉密等级)"
_URGENCY: Final = r"(?:特\s*急|加\s*急|特\s*提|平\s*急|急\s*件)"
_NUMBER: Final = r"(?:(?:份\s*号\s*:?\s*|No\.?\s*)?\d{2,8})"
_PAPER: Final = r"(?:文\s*件|材\s*料|资\s*料|件)"
_LOOSE: Final = r"(?:涉\s*密(?:\s*(?:文\s*件|材\s*料|资\s*料|件))?|密\s*件)"
_OPEN: Final = r"[\[(【〔〖{<]"
_CLOSE: Final = r"[\])】〕〗}>]"
_INTERNAL: Final = r"(?:内\s*部\s*(?:资\s*料|文\s*件|材\s*料|参\s*考|刊\s*物|情\s*况|信\s*息|传\s*阅))"
_FORBIDDEN: Final = (
    r"(?:注意保密|严格保密|请予?保密|(?:不得|不准|严禁|禁止|请勿|切勿)(?:对外)?(?:外传|上网|传播|扩散|泄露|上传互联网))"
)
_CAREFUL: Final = r"(?:注意保存|妥善保管|注意保管|妥善保存|不得翻印|请勿翻印|不得转载|阅后收回|用后收回|注意收存)"
_BETWEEN: Final = r"[\s,、;。:!★·\-—/|]*"
_OWN_PAPER: Final = r"(?:(?:本|此)\s*[件刊]\s*(?:为|系|属)?\s*)?"

_INTERNAL_SEALED: Final = (
    rf"{_OWN_PAPER}{_INTERNAL}{_BETWEEN}\(?(?:{_CAREFUL}{_BETWEEN})*{_FORBIDDEN}(?:{_BETWEEN}(?:{_FORBIDDEN}|{_CAREFUL}))*\)?"
    rf"|{_FORBIDDEN}{_BETWEEN}{_INTERNAL}"
)
_INTERNAL_FLAGGED: Final = (
    rf"{_OWN_PAPER}{_INTERNAL}(?:{_BETWEEN}\(?{_CAREFUL}\)?)*|{_OWN_PAPER}{_FORBIDDEN}"
    r"|此\s*件\s*不(?:予)?\s*公\s*开(?:发布)?"
)

_LINE: Final = re.compile(
    rf"(?:{_NUMBER}\s+)?{_OPEN}?\s*(?:{_URGENCY}[\s、,·]*)?(?:{_LABEL}\s*:?\s*)?(?P<mark>{_MARK})\s*{_PAPER}?\s*{_CLOSE}?"
    rf"(?:[\s、,·]*(?:{_URGENCY}|{_FORBIDDEN}|{_CAREFUL}|{_NUMBER}))*\s*{_CLOSE}?"
)
"""A line that holds a marking and nothing else but 份号, 紧急程度 and words of care."""
_WITH_TERM_LINE: Final = re.compile(rf"(?:{_LABEL}\s*:?\s*)?{_OPEN}?\s*(?P<mark>{_WITH_TERM})\s*{_CLOSE}?")
_STARRED: Final = re.compile(rf"(?P<mark>{_LEVEL}\s*(?:{_STAR}\s*(?:{_TERM})?|\*\s*{_TERM}))")
"""A level with a star is a marking wherever it stands: nobody writes so in a sentence."""
_BRACKETED: Final = re.compile(
    rf"{_OPEN}\s*(?:{_URGENCY}[\s、,·]*)?(?:{_LABEL}\s*:?\s*)?(?P<mark>{_MARK}|{_LOOSE})\s*{_PAPER}?"
    rf"(?:[\s、,·]*{_URGENCY})?\s*{_CLOSE}"
)
_LABELLED: Final = re.compile(rf"{_LABEL}\s*:\s*{_OPEN}?\s*(?P<mark>{_MARK})(?![一-鿿])")
_AT_BEGINNING: Final = re.compile(rf"(?P<mark>{_MARK}|{_LOOSE})\s*(?:{_PAPER}\s*)?(?=[\s:_\-—|+.]|$)")
_AT_END: Final = re.compile(rf"[\s_\-—|+](?P<mark>{_MARK})\s*$")
_SEALED_INTERNAL_LINE: Final = re.compile(rf"{_OPEN}?\s*(?P<mark>{_INTERNAL_SEALED})[!。]?\s*{_CLOSE}?")
_FLAGGED_LINE: Final = re.compile(rf"{_OPEN}?\s*(?P<mark>{_INTERNAL_FLAGGED})[!。]?\s*{_CLOSE}?")
_SEALED_INTERNAL_NAME: Final = re.compile(
    rf"{_OPEN}\s*(?P<bracketed>{_INTERNAL_SEALED})\s*{_CLOSE}|^(?P<leading>{_INTERNAL_SEALED})(?=[\s:_\-—|+.]|$)"
)
_FLAGGED_NAME: Final = re.compile(
    rf"{_OPEN}\s*(?P<bracketed>{_INTERNAL_FLAGGED})\s*{_CLOSE}|^(?P<leading>{_INTERNAL_FLAGGED})(?=[\s:_\-—|+.]|$)"
)
_REPLY_PREFIXES: Final = re.compile(r"^(?:\s*(?:re|fw|fwd|回复|答复|转发|转)\s*:\s*)+", re.IGNORECASE)
_ARROWS: Final = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]")
_WIDE_GAP: Final = re.compile(r"\t|\s{2,}")
_LABEL_CELL: Final = re.compile(rf"{_LABEL}\s*:?")
_CELL: Final = re.compile(rf"(?P<mark>{_MARK})(?:\s*级)?")
_LONGEST_LINE: Final = 60
"""Characters. A marking with 份号 and words of care is shorter; a longer line without a starred level is a sentence."""

IN_EVERY_MARKING: Final = "密内此本不严禁切请"
"""Every marking that is not the office's own has one of these characters; most lines have none."""


def office_words(words: Iterable[str]) -> tuple[str, ...]:
    """The office's own markings, as the functions below compare them: without blanks, in one width, none empty.

    Made once a letter; the functions are called for each of its lines.
    """
    return tuple(filter(None, (_bare(_normal(word)) for word in words)))


def marking_of_line(line: str, *, at_head: bool, words: Sequence[str] = ()) -> Marking | None:
    """The marking that a line of text is; None when the line is anything else.

    at_head: the line stands where a marking is put: among the first lines, in a header, footer or text box. There a
    bare level (机密) counts, also beside other text behind a wide gap; elsewhere only one with a star or a term.
    words: further markings of the office, of `office_words`, each sealed; a line that is nothing else is one.
    """
    text = _normal(line)
    if not _worth_a_look(tuple(words)).search(text):
        return None
    if starred := _STARRED.search(text):
        return _sealed(starred["mark"])
    if not text or len(text) > _LONGEST_LINE:
        return None
    pieces = [text, *_WIDE_GAP.split(text)] if at_head else [text]
    for piece in map(str.strip, pieces):
        if words and _bare(piece) in words:
            return _sealed(piece)
        match = (_LINE if at_head else _WITH_TERM_LINE).fullmatch(piece) or _SEALED_INTERNAL_LINE.fullmatch(piece)
        if match or (at_head and (match := _LABELLED.match(piece))):
            return _sealed(match["mark"])
    return next(
        (_flagged(match["mark"]) for piece in pieces if (match := _FLAGGED_LINE.fullmatch(piece.strip()))), None
    )


def marking_of_lines(lines: Sequence[str], *, words: Sequence[str] = ()) -> Marking | None:
    """The marking among neighbouring lines that belong together: the head of a document, a header, a text box.

    Also one that is broken over lines: 内部资料 above 注意保密, or 秘 above 密 in an upright box. A sealed marking goes
    before a flagged one.
    """
    filled = [line for line in lines if line.strip()]
    markings = [marking_of_line(line, at_head=True, words=words) for line in filled]
    pairs = (f"{upper.strip()} {lower.strip()}" for upper, lower in pairwise(filled))
    markings += [marking_of_line(pair, at_head=True, words=words) for pair in pairs]
    if filled and all(len(line.strip()) <= 2 for line in filled):
        markings.append(marking_of_line("".join(line.strip() for line in filled), at_head=True, words=words))
    return strongest(markings)


def marking_of_name(name: str, *, words: Sequence[str] = ()) -> Marking | None:
    """The marking in a subject, or in the name of a file, folder or archive member; None when there is none.

    It stands in brackets, at the beginning or the end, or has a star. Marks of answers and forwards are skipped.
    """
    text = _REPLY_PREFIXES.sub("", _normal(name)).strip()
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", text)
    for pattern in (_STARRED, _BRACKETED, _LABELLED, _AT_END):
        if match := pattern.search(stem):
            return _sealed(match["mark"])
    if match := _AT_BEGINNING.match(stem):
        return _sealed(match["mark"])
    for word in words:
        if word not in stem:
            continue  # before a pattern is compiled
        bracketed = rf"{_OPEN}\s*{re.escape(word)}\s*{_CLOSE}|^{re.escape(word)}(?=[\s:_\-—|+.★]|$)"
        if re.search(bracketed, stem):
            return _sealed(word)
    if match := _SEALED_INTERNAL_NAME.search(stem):
        return _sealed(match["bracketed"] or match["leading"])
    if match := _FLAGGED_NAME.search(stem):
        return _flagged(match["bracketed"] or match["leading"])
    return None


def marking_of_table(rows: Sequence[Sequence[str]], *, words: Sequence[str] = ()) -> Marking | None:
    """The marking in a table at a document's head: a level beside 密级, in a cell of its own with a star, or alone.

    A cell below 密级 counts only in a table of two rows: longer ones are lists of papers, each with its level.
    """
    markings: list[Marking | None] = []
    for at, row in enumerate(rows):
        cells = [_normal(cell) for cell in row]
        markings += [_starred(cell) for cell in cells]
        for place, cell in enumerate(cells):
            if _LABELLED.fullmatch(cell):
                markings.append(marking_of_line(cell, at_head=True, words=words))
            if _LABEL_CELL.fullmatch(cell):
                right = next((other for other in cells[place + 1 :] if other), "")
                below = _normal(rows[at + 1][place]) if len(rows) == 2 and at == 0 and place < len(rows[1]) else ""
                markings += [_sealed(match["mark"]) for other in (right, below) if (match := _CELL.fullmatch(other))]
    if len(rows) <= 2 and all(len(row) <= 2 for row in rows):
        markings += [marking_of_line(cell, at_head=True, words=words) for row in rows for cell in row]
    return strongest(markings)


def strongest(markings: Sequence[Marking | None]) -> Marking | None:
    """The first sealed marking, else the first flagged one, else None."""
    present = [marking for marking in markings if marking is not None]
    return next((marking for marking in present if marking.degree is Degree.SEALED), next(iter(present), None))


@lru_cache(maxsize=8)
def _worth_a_look(words: tuple[str, ...]) -> re.Pattern[str]:
    """Matches within every line that can be a marking, one of the office's words included. Kept, since it is the same
    for all lines until the word list changes."""
    return re.compile(f"[{IN_EVERY_MARKING}{''.join(re.escape(word[0]) for word in words)}]")


def _starred(text: str) -> Marking | None:
    match = _STARRED.search(text)
    return _sealed(match["mark"]) if match else None


def _sealed(mark: str) -> Marking:
    return Marking(_bare(mark), Degree.SEALED)


def _flagged(mark: str) -> Marking:
    return Marking(_bare(mark), Degree.FLAGGED)


def _bare(text: str) -> str:
    joined = "".join(text.split())
    return joined if joined.count("(") == joined.count(")") else joined.strip("()")


def _normal(text: str) -> str:
    """One width for letters, digits and marks (NFKC), nothing invisible."""
    return unicodedata.normalize("NFKC", _ARROWS.sub("", text)).strip()
