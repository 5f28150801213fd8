"""Which parts of a letter are its manuscripts: files by their bytes, or the text of the letter itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake.classify.cloud import cloud_attachment
from intake.classify.fixed_layout import each_once
from intake.classify.no_manuscript import has_documents
from intake.classify.useless_parts import is_useless
from intake.parse.file_kinds import is_named_word, is_owner_file
from intake.parse.manuscript_format import ManuscriptFormat
from intake.parse.message import Message, Part
from intake.read.pasted.article import pasted_article
from values.department import Department

_EDITABLE: Final = (ManuscriptFormat.WORD, ManuscriptFormat.LEGACY)


@dataclass(frozen=True, slots=True)
class SentManuscripts:
    """What a letter brings to be read; falsy when it brings nothing."""

    parts: tuple[Part, ...] = ()
    """In the letter's order, each content once."""
    pasted: bool = False
    """The only part is the letter's own text, as `read_pasted` takes it."""
    doubtful: bool = False
    """Of a pasted one: it may also be an ordinary letter."""

    def __bool__(self) -> bool:
        return bool(self.parts)

    def forwarded_by_others(self, own_addresses: Collection[str]) -> SentManuscripts:
        """Those that lie in letters of others which this letter forwards."""
        foreign = tuple(part for part in self.parts if part.origin and part.origin not in own_addresses)
        return replace(self, parts=foreign, pasted=self.pasted and bool(foreign))


def manuscripts_of(
    message: Message, departments: Sequence[Department] = (), *, may_be_pasted: bool, may_be_doubtful: bool = False
) -> SentManuscripts:
    """The manuscripts of a letter. departments: the registered ones, whose names sign pasted articles.

    may_be_pasted: its text may count as one, where nothing else can be meant; may_be_doubtful: also a text that may be
    an ordinary letter.
    """
    files = _files(message.parts)
    if files or not may_be_pasted or has_documents(message) or cloud_attachment(message) is not None:
        return SentManuscripts(files)
    article = pasted_article(message, departments)
    if article is None or (article.doubtful and not may_be_doubtful):
        return SentManuscripts()
    return SentManuscripts((article.part,), pasted=True, doubtful=article.doubtful)


def _files(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts that are manuscripts by their bytes; those of fixed layout only where there is no other, text
    files only where there is none of these.

    A damaged file that is called .docx stays: reading it shows what is wrong with it.
    """
    editable: dict[bytes, Part] = {}
    fixed: dict[bytes, Part] = {}
    texts: dict[bytes, Part] = {}
    for part in parts:
        if part.data in editable or part.unopened or is_owner_file(part.name):
            continue
        if part.manuscript_format is ManuscriptFormat.FIXED_LAYOUT:
            fixed.setdefault(part.data, part)
        elif part.manuscript_format is ManuscriptFormat.TEXT and not is_useless(part):
            texts.setdefault(part.data, part)
        elif part.manuscript_format in _EDITABLE or is_named_word(part.name, part.data):
            editable[part.data] = part
    return tuple(editable.values()) or each_once(fixed.values()) or tuple(texts.values())
