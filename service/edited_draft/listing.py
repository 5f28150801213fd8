"""What taking over an edited draft would change, as lines of a letter: article by article, word by word. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from service.article.compare import ComparedRow, ComparedText
from service.edited_draft.proposal import Proposal, ProposedEdit
from service.issue.arrange import section_title

LONGEST_LINE: Final = 5_000
"""Characters of a line that a letter shows whole."""
_MOST_LINES: Final = 600
_MOST_CHARACTERS: Final = 60_000
"""Of a listing that a letter shows whole. A longer one is looked at where it can be: nothing is taken over unseen."""
_TOO_LONG: Final = "改动太多，信里列不全，请在审稿台逐篇看过再改"
_ALL_IN_CONFLICT: Final = "这些改动都有冲突，请在审稿台看过两边，选定再改"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a letter says of an edited draft."""

    letter: int
    """Id of the letter that brought the file."""
    draft: str = ""
    """第70期第 1 稿: what the file is an edited copy of; "" where it could not be compared."""
    lines: tuple[str, ...] = ()
    """Complete, or () where nothing would change or it is too long."""
    digest: str = ""
    """Of the proposal (`Proposal.digest`)."""
    why_not: str = ""
    """Why an answer cannot take it over, Chinese without a full stop; "" where it can."""
    is_empty: bool = False
    """Nothing would change."""

    @property
    def may_be_taken(self) -> bool:
        """Whether all of it is shown, and an answer may take it over."""
        return bool(self.lines) and not self.why_not


def listing_of(letter: int, proposal: Proposal) -> Listing:
    """letter: id of the letter that brought the file."""
    draft = f"{proposal.issue.number.label}第 {proposal.revision} 稿"
    lines = tuple(_lines(proposal))
    if proposal.is_empty:
        return Listing(
            letter,
            draft,
            tuple(f"{notice}。" for notice in _notices(proposal)),
            why_not="文件里没有要改的",
            is_empty=True,
        )
    too_long = len(lines) > _MOST_LINES or sum(map(len, lines)) > _MOST_CHARACTERS
    if too_long or any(len(line) > LONGEST_LINE for line in lines):
        return Listing(letter, draft, why_not=_TOO_LONG)
    return Listing(letter, draft, lines, proposal.digest, "" if proposal.picked else _ALL_IN_CONFLICT)


def _notices(proposal: Proposal) -> Iterator[str]:
    yield from proposal.notices
    yield from (f"《{edit.title}》：{notice}" for edit in proposal.edits for notice in edit.notices)


def _lines(proposal: Proposal) -> Iterator[str]:
    yield from (f"注意：{notice}。" for notice in proposal.notices)
    for edit in proposal.changed:
        yield from _edit(edit)
    if proposal.moved:
        placed = [edit for edit in proposal.edits if edit.after is not None]
        yield "先后：" + "，".join(f"{place}.《{edit.title}》" for place, edit in enumerate(placed, 1))
    if proposal.note is not None:
        yield f"按语{_conflict(proposal.note.conflict)}"
        yield f"  现在：{' / '.join(proposal.note.before) or '（没有）'}"
        yield f"  改为：{' / '.join(proposal.note.after) or '（删去）'}"
    if proposal.dated is not None:
        yield f"印发日期：{proposal.dated.isoformat()}"


def _edit(edit: ProposedEdit) -> Iterator[str]:
    moved = f"，移到“{section_title(edit.section)}”" if edit.moved and edit.article else ""
    yield f"《{edit.title}》{edit.kind.chinese}{moved}{_conflict(edit.conflict)}"
    yield from _rows(edit.rows)
    if edit.department is not None:
        yield f"  单位：{edit.department}"
    if edit.rows_since:
        yield "  送审稿之后别处的改动："
        yield from _rows(edit.rows_since)
    yield from (f"  留言：{' '.join(remark.split())}" for remark in edit.remarks)
    yield from (f"  注意：{notice}。" for notice in edit.notices)


def _conflict(why: str) -> str:
    return f"（有冲突，来信不改，请在审稿台选定：{why}）" if why else ""


def _rows(rows: tuple[ComparedRow, ...]) -> Iterator[str]:
    for row in rows:
        if row.change == "equal":
            continue
        if row.part == "picture" and row.change != "changed":
            yield "  加图片" if row.after else "  删图片"
        elif row.before and row.after:
            yield f"  原文：{_words(row.before)}"
            yield f"  改为：{_words(row.after)}"
        elif row.before:
            yield f"  删去：{_plain(row.before)}"
        else:
            yield f"  加上：{_plain(row.after)}"


def _words(texts: tuple[ComparedText, ...]) -> str:
    """The sentence with its changed words between « and », which no manuscript has."""
    return "".join(f"«{_flat(text.text)}»" if text.changed else _flat(text.text) for text in texts)


def _plain(texts: tuple[ComparedText, ...]) -> str:
    return "".join(_flat(text.text) for text in texts)


def _flat(text: str) -> str:
    return text.replace("\t", " | ").replace("\n", " / ")
