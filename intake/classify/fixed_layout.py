"""PDF and OFD in a letter: a manuscript when there is no editable one, else most often the same text with a seal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from intake.parse.message import Part

_COPIES: Final = ("盖章", "扫描")
_MOST_NAMES: Final = 5


@dataclass(frozen=True, slots=True)
class FixedLayoutNotes:
    """Notes on PDF and OFD files that were not read: Chinese sentences, "" for none."""

    copies: str = ""
    """Of those whose names show that they are the same text; nothing to do."""
    independent: str = ""
    """Of those that may be a text of their own."""


def each_once(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts; of those whose names differ only in their extension (稿件.pdf, 稿件.ofd), the first."""
    by_stem: dict[str, Part] = {}
    for part in parts:
        by_stem.setdefault(_stem(part.name) or str(len(by_stem)), part)
    return tuple(by_stem.values())


def notes_on_fixed(fixed: Sequence[Part], manuscripts: Iterable[Part]) -> FixedLayoutNotes:
    """On PDF and OFD files that are no manuscripts, because others are."""
    stems = {_stem(part.name) for part in manuscripts}
    copies = [part for part in fixed if _stem(part.name) in stems or any(word in part.name for word in _COPIES)]
    different = [part for part in fixed if part not in copies]
    return FixedLayoutNotes(
        f"附件{_listed(copies)}没有当作稿件读，应与已读出的文稿是同一篇。" if copies else "",
        f"附件{_listed(different)}没有当作稿件读（信里已有可编辑的文稿）；如果是另一篇，请发 Word 文稿。"
        if different
        else "",
    )


def _stem(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).replace("\\", "/").rpartition("/")[2].strip().casefold()
    stem, dot, _ = plain.rpartition(".")
    return stem.strip() if dot else plain


def _listed(parts: Sequence[Part]) -> str:
    names = [f"“{' '.join(part.name.split())[-60:] or '没有文件名'}”" for part in parts]
    shown = "、".join(names[:_MOST_NAMES])
    return shown if len(names) <= _MOST_NAMES else f"{shown}等 {len(names)} 个"
