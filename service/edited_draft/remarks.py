"""The comments of an edited draft that are not ours: notes for the article at which they stand. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from intake.edited_file import EditedComment, EditedFile
from values.marked_copy import PROOFREADER

_LONGEST_QUOTE: Final = 60
_LONGEST: Final = 1_800
"""Characters of a note; 编辑留言 has at most 2,000."""


@dataclass(frozen=True, slots=True)
class EditorsRemark:
    """A comment or an answer to one of ours."""

    block: int
    """Index of the block of the file at which it stands."""
    note: str
    """As it becomes 编辑留言, Chinese."""


def remarks_in(sent: EditedFile, edited: EditedFile) -> tuple[EditorsRemark, ...]:
    """Without the comments that the draft was sent with."""
    return tuple(EditorsRemark(comment.block, _note(comment)) for comment in _new(sent, edited) if comment.text.strip())


def _new(sent: EditedFile, edited: EditedFile) -> Iterator[EditedComment]:
    ours = Counter((comment.author, _bare(comment.text)) for comment in sent.comments)
    texts = [comment.text for comment in sent.comments]
    for comment in edited.comments:
        key = (comment.author, _bare(comment.text))
        if ours[key] > 0:
            ours[key] -= 1
            continue
        typed_in = next((text for text in texts if text and comment.text.startswith(text)), "")
        if comment.author == PROOFREADER and typed_in:  # the editor has typed into our comment
            yield replace(comment, author="", text=comment.text[len(typed_in) :].strip(), answers=typed_in)
        else:
            yield comment


def _note(comment: EditedComment) -> str:
    who = f"（{comment.author}）" if comment.author else ""
    if comment.answers:
        about = f"答复批注“{_short(comment.answers)}”{who}"
    else:
        quote = f"“{_short(comment.quote)}”" if comment.quote else ""
        about = f"送审稿上的批注{who}{quote}"
    return f"{about}：{comment.text.strip()}"[:_LONGEST]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE]}…"


def _bare(text: str) -> str:
    return "".join(text.split())
