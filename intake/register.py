"""What a letter is read with: the bulletin's departments, sections and words."""

from __future__ import annotations

from dataclasses import dataclass

from values.department import Department
from values.word_list import NO_WORDS, WordList


@dataclass(frozen=True, slots=True)
class Register:
    """Of one bulletin, as configured and as changed at the desk."""

    departments: tuple[Department, ...]
    own_addresses: frozenset[str]
    """Letters from these are our own mail."""
    sections: tuple[str, ...]
    """栏目 in their order; "" holds the ordinary articles."""
    hold_unknown: bool
    """Whether articles of unknown senders wait for a person."""
    authserv_id: str = ""
    """The mail server whose Authentication-Results are believed (RFC 8601 2.5), "" for none."""
    word_list: WordList = NO_WORDS
    auto_fix: tuple[str, ...] = ()
    """Names of the rules of `intake.check.fixes` that are applied."""
    font_coverage: str = ""
    """What the fonts of this machine can show (`values.font_coverage.merged`); "" when it is not known."""
    deciders: frozenset[str] = frozenset()
    """Addresses of the editors, and of the people who approve drafts, in lower case: their answers decide."""
    own_texts: bytes = b""
    """What the office's past issues write, as `intake.check.language.own_texts` packs it; b"" for an office that has
    not trained."""
