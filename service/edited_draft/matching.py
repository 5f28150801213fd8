"""Which block of the sent draft each block of the edited one was made of. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from intake.edited_file import EditedBlock
from service.edited_draft.sent_blocks import SentBlock
from service.edited_draft.words import key_of, likeness

_SAME_LINE: Final = 0.4
"""Likeness from which a line counts as one that was changed, as in `service/article/compare.py`."""


@dataclass(frozen=True, slots=True)
class MatchedBlock:
    """A block of the edited file."""

    edited: EditedBlock
    sent: SentBlock | None
    """What it was made of; None for one that was added."""


def matched(sent: Sequence[SentBlock], edited: Sequence[EditedBlock]) -> list[MatchedBlock]:
    """The blocks of the edited piece in their order. A block that was moved is matched with itself."""
    old, new = [key_of(block.sent) for block in sent], [key_of(block) for block in edited]
    source: dict[int, int] = {}
    unmatched: list[tuple[range, range]] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            source |= dict(zip(range(k, m), range(i, j), strict=True))
        else:
            unmatched.append((range(i, j), range(k, m)))
    left = {place for places, _ in unmatched for place in places}
    for _, places in unmatched:  # moved
        for place in places:
            same = next((at for at in sorted(left) if old[at] == new[place]), None)
            if same is not None:
                source[place] = same
                left.discard(same)
    for before, after in unmatched:
        _pair_changed(
            sent, edited, [at for at in before if at in left], [at for at in after if at not in source], source
        )
    return [MatchedBlock(block, sent[source[place]] if place in source else None) for place, block in enumerate(edited)]


def _pair_changed(
    sent: Sequence[SentBlock],
    edited: Sequence[EditedBlock],
    before: list[int],
    after: list[int],
    source: dict[int, int],
) -> None:
    """Pairs the changed blocks of one passage, in order: each with the next that is like it."""
    rest = list(before)
    for place in after:
        at = next((n for n, candidate in enumerate(rest) if _is_like(sent[candidate].sent, edited[place])), None)
        if at is not None:
            source[place] = rest[at]
            del rest[: at + 1]


def _is_like(before: EditedBlock, after: EditedBlock) -> bool:
    old, new = key_of(before), key_of(after)
    if old[0] != new[0]:
        return False
    return old[0] == "picture" or likeness("".join(old[1:]), "".join(new[1:])) >= _SAME_LINE
