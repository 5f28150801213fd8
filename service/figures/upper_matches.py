"""Which printed article each title of a 通报 is: proposals, which a person takes or leaves. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from archive.upper_adoptions import PrintedTitle
from intake.check.likeness import likeness
from service.figures.upper_notice import NoticeItem
from values.folding import fold

SURE: Final = 85
"""Per cent of likeness from which a proposal is ticked: the limit of near-duplicate texts."""
_LEAST: Final = 60
"""Per cent below which titles are not proposed. Two titles of official prose about different things share up to half
of their characters (推进…工作落地见效)."""
_SAME_UNIT: Final = 8
"""Per cent that the same unit adds: papers of a higher level shorten titles, and name the unit."""
_SHORTEST_PART: Final = 8
"""Characters of a title that may be a part of the other: 章贡区：… before it, ……的做法 behind it."""
_PART: Final = 92
"""Per cent for a title that is a part of the other."""
_MARKS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class MatchProposal:
    """A title of the list, and the printed article that it seems to be."""

    item: NoticeItem
    printed: PrintedTitle
    percent: int
    """Likeness of the titles, with what the unit adds; at most 100."""

    @property
    def is_sure(self) -> bool:
        """Whether it is ticked when it is shown."""
        return self.percent >= SURE


@dataclass(frozen=True, slots=True)
class NoticeMatches:
    """What a list was compared with."""

    proposals: tuple[MatchProposal, ...]
    unmatched: tuple[NoticeItem, ...]
    """Titles like none that was printed: those of other offices, or what we sent otherwise."""


def matches_of(
    items: Sequence[NoticeItem], printed: Sequence[PrintedTitle], aliases: Mapping[str, str]
) -> NoticeMatches:
    """The best match of each item, in their order. printed: the latest first; of equals the latest is proposed.

    aliases: names of units, folded, to the name that articles have.
    """
    folded = [(title, _bare(title.title)) for title in printed]
    proposals: list[MatchProposal] = []
    unmatched: list[NoticeItem] = []
    for item in items:
        wanted, unit = _bare(item.title), aliases.get(fold(item.unit), item.unit)
        scored = [(_percent(wanted, bare, unit, title), title) for title, bare in folded]
        percent, best = max(scored, key=lambda pair: pair[0], default=(0, None))
        if best is not None and percent >= _LEAST:
            proposals.append(MatchProposal(item, best, percent))
        else:
            unmatched.append(item)
    return NoticeMatches(tuple(proposals), tuple(unmatched))


def _percent(wanted: str, bare: str, unit: str, title: PrintedTitle) -> int:
    if not wanted or not bare:
        return 0
    if wanted == bare:
        return 100
    shorter, longer = sorted((wanted, bare), key=len)
    percent = likeness(wanted, bare)
    if len(shorter) >= _SHORTEST_PART and shorter in longer:
        percent = max(percent, _PART)
    return min(99, round(percent + (_SAME_UNIT if unit and unit == title.department else 0)))


def _bare(title: str) -> str:
    """Without marks and blanks, in one width."""
    return _MARKS.sub("", fold(title))
