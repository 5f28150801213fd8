"""答复: what an editor writes from the desk to the sender of a letter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonalAnswer:
    """What an editor answers to a letter."""

    about: tuple[str, ...]
    """Distinguishes it from every other: its Message-ID is made of this."""
    subject: str
    text: str
    """As the editor wrote it, on one or several lines."""
    quoted: str = ""
    """The text of the letter that it answers, to be quoted below; "" for none."""
    wrote: str = ""
    """The line above the quotation: who wrote when."""
