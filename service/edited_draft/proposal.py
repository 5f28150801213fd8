"""What taking over an edited draft would change: shown before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from archive.issues import IssueRecord
from service.article.compare import ComparedRow, compared
from values.manuscript import Manuscript, Media

NOTE_KEY: Final = "note"
DATE_KEY: Final = "date"
ORDER_KEY: Final = "order"


class EditKind(StrEnum):
    """What the editor did with an article."""

    SAME = "same"
    """Neither its text nor its unit was changed; it may have been moved, or have comments."""
    CHANGED = "changed"
    ADDED = "added"
    """Typed into the draft; an article of the editor's."""
    PUT_BACK = "put_back"
    """An article that the ledger has and that is not in the issue: held, returned or rejected. It is adopted."""
    LEFT_OUT = "left_out"
    """Not in the file any more: it is held."""

    @property
    def chinese(self) -> str:
        return {
            "same": "文字没改",
            "changed": "改了文字",
            "added": "新写的",
            "put_back": "放回本期",
            "left_out": "删去，留用",
        }[self.value]


@dataclass(frozen=True, slots=True)
class ProposedEdit:
    """What would become of one article."""

    key: str
    """Names it in the choice of a person: the id of the article, n1, n2 … for an added one."""
    kind: EditKind
    title: str
    """As it is now; of an added one, as typed."""
    article: int | None = None
    """Id; None for an added one."""
    version: int = 0
    """Of the article as it was compared."""
    revision: int | None = None
    """Number of its text in the draft that was sent; None for an added one."""
    place: int = 0
    """Of an added one: among those that were added, from 1."""
    before: Manuscript | None = None
    """The text in the draft that was sent; None for an added one."""
    after: Manuscript | None = None
    """The text as edited; None for one that is left out."""
    current: Manuscript | None = None
    """The present text, where it is another than the draft's: somebody has changed it since."""
    conflict: str = ""
    """Why it is not taken unless somebody picks it, Chinese; "" for no conflict."""
    section: str = ""
    """The 栏目 in which it stands in the file."""
    is_printed: bool = True
    """Whether it is in the issue once its change is taken: not where it is published or decided about since."""
    moved: bool = False
    """Whether it stands elsewhere than in the draft that was sent."""
    department: str | None = None
    """The department of the register that its byline names now, all of them with 、 between; None: unchanged."""
    remarks: tuple[str, ...] = ()
    """Comments of the editor, which become 编辑留言."""
    notices: tuple[str, ...] = ()
    """What was changed in it and is not taken over, Chinese."""

    @property
    def changes(self) -> bool:
        """Whether anything but its place would be written."""
        return self.kind is not EditKind.SAME or bool(self.remarks)

    @property
    def rows(self) -> tuple[ComparedRow, ...]:
        """What the editor changed, sentence by sentence; () for one that is left out."""
        if self.after is None:
            return ()
        return compared(self.before or _NOTHING, self.after)

    @property
    def rows_since(self) -> tuple[ComparedRow, ...]:
        """What was changed in the ledger since the draft; () for nothing."""
        return () if self.current is None or self.before is None else compared(self.before, self.current)


_NOTHING: Final = Manuscript((), None, ())


@dataclass(frozen=True, slots=True)
class ProposedNote:
    """Another 按语."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    conflict: str = ""
    """Why it is not taken unless somebody picks it; "" for no conflict."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would change."""

    issue: IssueRecord
    """The draft, as it is now."""
    revision: int
    """The revision that was edited."""
    edits: tuple[ProposedEdit, ...]
    """The articles in the order of the file, then those that it leaves out."""
    moved: bool = False
    """Whether the order or the 栏目 of articles was changed."""
    note: ProposedNote | None = None
    dated: date | None = None
    """The new 印发日期; None: unchanged."""
    preparation: int = 0
    """Version of 按语 and date as they were compared."""
    notices: tuple[str, ...] = ()
    """About the file as a whole, Chinese: an older revision, what is not taken over."""
    media: Mapping[str, Media] = field(default_factory=dict)
    """The bytes of pictures that the ledger may not have, by SHA-256."""

    @property
    def changed(self) -> tuple[ProposedEdit, ...]:
        """The articles of which something but the place would be written, or of which there is something to say."""
        return tuple(edit for edit in self.edits if edit.changes or edit.moved or edit.notices)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return not (any(edit.changes for edit in self.edits) or self.moved or self.note or self.dated)

    @property
    def choices(self) -> tuple[str, ...]:
        """The keys of all that can be picked."""
        return (
            *(edit.key for edit in self.edits if edit.changes),
            *((ORDER_KEY,) if self.moved else ()),
            *((NOTE_KEY,) if self.note else ()),
            *((DATE_KEY,) if self.dated else ()),
        )

    @property
    def picked(self) -> frozenset[str]:
        """What is taken unless a person chooses otherwise: all but conflicts."""
        conflicts = {edit.key for edit in self.edits if edit.conflict}
        if self.note is not None and self.note.conflict:
            conflicts.add(NOTE_KEY)
        return frozenset(self.choices) - conflicts

    @property
    def digest(self) -> str:
        """Of all that is shown: a person confirms this and nothing else."""
        shown = (self.issue.id, self.revision, self.edits, self.moved, self.note, self.dated, self.preparation)
        return hashlib.sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def titles(edits: Sequence[ProposedEdit]) -> str:
    """《甲》、《乙》."""
    return "、".join(f"《{edit.title}》" for edit in edits)
