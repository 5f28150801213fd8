"""What a file says in one place: every text of it, whether the article has it or not. For the gate of secrecy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of one place of a file: the beginning, a header, a text box."""

    place: str
    """Chinese: 开头, 页眉."""
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """The cells of a table, row by row; () where the text is no table."""
    at_head: bool = True
    """Whether a marking may be put there; False for the rest of the text, where only an unmistakable one counts."""
