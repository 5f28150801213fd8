"""What a bulletin knows of its departments and of itself when it reads a letter."""

from __future__ import annotations

from dataclasses import dataclass

from values.department import Department
from values.word_list import NO_WORDS, WordList


@dataclass(frozen=True, slots=True)
class Register:
    """own_addresses: what comes from them is our own mail. hold_unknown: articles of unknown senders wait for a person.

    authserv_id: the mail server whose Authentication-Results are believed, "" for none.
    auto_fix: the rules of `intake.check.fixes` that are applied.
    """

    departments: tuple[Department, ...]
    own_addresses: frozenset[str]
    sections: tuple[str, ...]
    hold_unknown: bool
    authserv_id: str = ""
    word_list: WordList = NO_WORDS
    auto_fix: tuple[str, ...] = ()
