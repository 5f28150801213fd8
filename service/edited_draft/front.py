"""What was changed before and after the articles: the 按语, the date, and what is not taken over. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import Final

from assembler.dates import arabic, chinese
from intake.edited_file import EditedBlock
from service.edited_draft.pieces import HouseStyles
from service.edited_draft.words import bare, key_of, text_of

_LABELLED: Final = re.compile(
    r"[【〔\[（(]?\s*(?:编\s*者\s*按|编\s*辑\s*按|按\s*语|编\s*者\s*的\s*话)\s*[】〕\]）):：]\s*[:：]?\s*|"
    r"[【〔\[（(]\s*按\s*[】〕\]）)]\s*[:：]?\s*"
)
_PAGE: Final = re.compile(r"\t[\d？?]*$")
"""The page at the end of an entry of the contents, which programs count anew."""
_DAYS: Final = 400
"""How far a changed date may be from the one that was sent."""


@dataclass(frozen=True, slots=True)
class FrontChanges:
    """What the editor changed around the articles."""

    note: tuple[str, ...] | None = None
    """The paragraphs of the 按语, () for one that was removed; None: unchanged."""
    dated: date | None = None
    """The new 印发日期; None: unchanged."""
    not_taken: tuple[str, ...] = ()
    """Lines that were changed or added and are not taken over."""


def front_changes(
    sent: Sequence[EditedBlock], edited: Sequence[EditedBlock], note: Sequence[str], dated: date, house: HouseStyles
) -> FrontChanges:
    """sent, edited: the blocks before the articles. note, dated: as the draft was sent with them."""
    is_note = _note_places(sent, note, house)
    lines: list[str] = []
    other: list[str] = []
    new_date: date | None = None
    within = False
    for before, places in _matched(sent, edited):
        for place in places:
            block = edited[place]
            own = text_of(block).strip()
            at = before.get(place)
            within = at in is_note if at is not None else _is_new_note(block, house, within)
            if within:
                lines.append(own)
            elif at is None and own:
                moved = _date_in(own, dated)
                new_date = moved or new_date
                if moved is None:
                    other.append(own)
    changed = _changed_note(lines, [text_of(sent[place]).strip() for place in sorted(is_note)], note)
    return FrontChanges(changed, new_date, tuple(other))


def changed_lines(sent: Sequence[EditedBlock], edited: Sequence[EditedBlock]) -> tuple[str, ...]:
    """The lines and tables that were changed or added, as text."""
    return tuple(
        " ".join(key_of(edited[place])[1:])
        for before, places in _matched(sent, edited)
        for place in places
        if place not in before and key_of(edited[place])[0] != "picture" and any(key_of(edited[place])[1:])
    )


def _matched(sent: Sequence[EditedBlock], edited: Sequence[EditedBlock]) -> Iterator[tuple[dict[int, int], range]]:
    """Passages of the edited blocks, each with the index of the equal sent block by that of the edited one."""
    old, new = [_compared(block) for block in sent], [_compared(block) for block in edited]
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield (dict(zip(range(k, m), range(i, j), strict=True)) if kind == "equal" else {}), range(k, m)


def _compared(block: EditedBlock) -> tuple[str, ...]:
    text = text_of(block)
    return ("text", bare(_PAGE.sub("", text))) if text else key_of(block)


def _note_places(sent: Sequence[EditedBlock], note: Sequence[str], house: HouseStyles) -> set[int]:
    """The blocks that print the note: by their style, or by their words where the template has no such style."""
    styled = {place for place, block in enumerate(sent) if block.style == house.note}
    wanted = [bare(line) for line in note]
    if styled or not wanted:
        return styled
    texts = [bare(text_of(block)) for block in sent]
    for place in range(len(texts) - len(wanted) + 1):
        passage = texts[place : place + len(wanted)]
        if passage[0].endswith(wanted[0]) and passage[1:] == wanted[1:]:
            return set(range(place, place + len(wanted)))
    return set()


def _is_new_note(block: EditedBlock, house: HouseStyles, within: bool) -> bool:
    """Whether a changed or added line belongs to the note. within: the line before it does."""
    text = text_of(block).strip()
    return bool(text) and (block.style == house.note or _LABELLED.match(text) is not None or within)


def _changed_note(lines: Sequence[str], sent: Sequence[str], note: Sequence[str]) -> tuple[str, ...] | None:
    kept = [line for line in lines if line]
    if [bare(line) for line in kept] == [bare(line) for line in sent]:
        return None
    first = _without_label(kept[0] if kept else "", sent[0] if sent else "", note[0] if note else "")
    return tuple(line for line in (first.strip(), *kept[1:]) if line)


def _without_label(line: str, sent: str, note: str) -> str:
    """The first line of a note without what the template prints before it; a label that the editor has typed himself is
    the same. sent: that line as the draft has it. note: as it was written at the desk, which may begin with a label of
    its own and may have been changed since."""
    own = _LABELLED.match(note)
    count = len(bare(sent)) - len(bare(note))
    if note and count >= 0 and bare(sent).endswith(bare(note)):
        label = bare(sent)[:count]
        if label and bare(line).startswith(label):
            return _after(line, count)
    if own is not None:
        return line
    return _LABELLED.sub("", line, count=1) if _LABELLED.match(line) else line


def _after(line: str, count: int) -> str:
    """What follows the first `count` characters that are no white space."""
    for place, character in enumerate(line):
        if count == 0:
            return line[place:]
        count -= not character.isspace()
    return ""


def _date_in(line: str, sent: date) -> date | None:
    """Another date than the one sent, near it, as offices print it."""
    compact = bare(line)
    days = (sent + timedelta(days=shift) for shift in sorted(range(-_DAYS, _DAYS + 1), key=abs) if shift)
    return next((day for day in days if arabic(day) in compact or chinese(day) in compact), None)
