"""The office's own words: those it replaces, those it does not print, its leaders in their order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preferred:
    """`written` is replaced by `preferred`."""

    written: str
    preferred: str


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A word that must not be printed."""

    word: str
    reason: str = ""
    """Chinese; "" when the office gives none."""


@dataclass(frozen=True, slots=True)
class Leader:
    """A leader of the area, whose title and place in lists are checked."""

    name: str
    titles: tuple[str, ...]
    """All titles that the name may be printed with."""


@dataclass(frozen=True, slots=True)
class RenamedBody:
    """A body that has another name now, or was merged into another one."""

    former: str
    """The name that is not used any more."""
    present: str
    """The name of the body that has its duties now."""


@dataclass(frozen=True, slots=True)
class SecrecyMarking:
    """A marking (密级标志) that seals a letter, besides those of GB/T 9704."""

    marking: str
    """Without blanks, as 工作秘密."""


@dataclass(frozen=True, slots=True)
class WordList:
    """The list of one office."""

    preferred: tuple[Preferred, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    leaders: tuple[Leader, ...] = ()
    """In order of precedence."""
    secrecy_markings: tuple[SecrecyMarking, ...] = ()
    renamed: tuple[RenamedBody, ...] = ()


NO_WORDS = WordList()
