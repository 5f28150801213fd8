"""What taking over an edited draft would change, for a person at a terminal: article by article, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cli.base.output_parts import OutputLine, Shown, Styled, line
from service.article.compare import ComparedRow, ComparedText
from service.edited_draft.proposal import DATE_KEY, NOTE_KEY, ORDER_KEY, Proposal, ProposedEdit
from service.issue.arrange import section_title

_REMOVED: Final = "red"
_ADDED: Final = "green"
_MUTED: Final = "bright_black"
_WARNING: Final = "yellow"


def proposal_lines(proposal: Proposal) -> Iterator[Shown]:
    """The changes; where there are none, what is to be said nevertheless."""
    for notice in proposal.notices:
        yield line(f"！{notice}。", _WARNING)
    for edit in proposal.changed:
        yield from _edit_lines(edit)
    if proposal.moved:
        places = "，".join(f"{place}.《{edit.title}》" for place, edit in enumerate(_placed(proposal), 1))
        yield line(f"[{ORDER_KEY}] 先后：{places}")
    if proposal.note is not None:
        yield line(f"[{NOTE_KEY}] 按语{_conflict(proposal.note.conflict)}")
        yield from (line(f"  − {text}", _REMOVED) for text in proposal.note.before)
        yield from (line(f"  ＋ {text}", _ADDED) for text in proposal.note.after)
    if proposal.dated is not None:
        yield line(f"[{DATE_KEY}] 印发日期：{proposal.dated.isoformat()}")


def _placed(proposal: Proposal) -> list[ProposedEdit]:
    return [edit for edit in proposal.edits if edit.after is not None]


def _edit_lines(edit: ProposedEdit) -> Iterator[Shown]:
    moved = f"，在“{section_title(edit.section)}”" if edit.moved and edit.article else ""
    yield line(f"[{edit.key}] 《{edit.title}》{edit.kind.chinese}{moved}{_conflict(edit.conflict)}", "bold")
    yield from _rows(edit.rows)
    if edit.department is not None:
        yield line(f"  单位：{edit.department}", _ADDED)
    if edit.rows_since:
        yield line("  送审稿之后台账里的改动：", _WARNING)
        yield from _rows(edit.rows_since)
    yield from (line(f"  留言：{remark}") for remark in edit.remarks)
    yield from (line(f"  ！{notice}。", _WARNING) for notice in edit.notices)


def _conflict(why: str) -> str:
    return f"（有冲突：{why}；用 --take 选定才改）" if why else ""


def _rows(rows: tuple[ComparedRow, ...]) -> Iterator[Shown]:
    for row in rows:
        if row.change == "equal":
            continue
        if row.part == "picture" and row.change != "changed":
            yield line(f"  {'＋' if row.after else '−'} 图片", _ADDED if row.after else _REMOVED)
            continue
        if row.before:
            yield OutputLine((Styled("  − ", _REMOVED), *_words(row.before, _REMOVED)))
        if row.after:
            yield OutputLine((Styled("  ＋ ", _ADDED), *_words(row.after, _ADDED)))


def _words(texts: tuple[ComparedText, ...], colour: str) -> Iterator[Styled]:
    for text in texts:
        yield Styled(text.text.replace("\t", " | "), colour if text.changed else _MUTED)
