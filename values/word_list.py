"""The office's own words: what it wants written otherwise, what must not stand in print, its leaders in their order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preferred:
    """`written` is to be replaced by `preferred`."""

    written: str
    preferred: str


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A word that must not be printed. reason: Chinese, "" when the office gives none."""

    word: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Leader:
    """A leader and every title that may stand beside the name."""

    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordList:
    """One office's list. `leaders` stand in their order of precedence."""

    preferred: tuple[Preferred, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    leaders: tuple[Leader, ...] = ()


NO_WORDS = WordList()
