"""Why a letter or a file was not read, in the two wordings that it has from the start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence, or several, in Chinese: what happened, and the remedy."""

    for_clerk: str
    """Calls the sender 对方; also names what the office itself can do. The ledger keeps this wording."""
    for_sender: str
    """Asks the reader itself; names nothing that only the office can do. Letters out carry this wording. "" where the
    matter is the office's alone, and no letter says anything of it."""

    @classmethod
    def alike(cls, sentence: str) -> Reason:
        """A reason that reads the same for both."""
        return cls(sentence, sentence)

    def within(self, before: str, after: str = "") -> Reason:
        """The reason between two texts that read the same for both."""
        for_sender = f"{before}{self.for_sender}{after}" if self.for_sender else ""
        return Reason(f"{before}{self.for_clerk}{after}", for_sender)


def joined(separator: str, reasons: Sequence[Reason]) -> Reason:
    """Several reasons as one."""
    for_sender = [reason.for_sender for reason in reasons if reason.for_sender]
    return Reason(separator.join(reason.for_clerk for reason in reasons), separator.join(for_sender))
