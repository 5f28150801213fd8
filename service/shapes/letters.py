"""Letters as JSON (design.md 5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from archive.letters import LetterRecord
from service.office import Office
from values.letter import Verdict

_QUESTIONS: Final = {Verdict.QUESTION: "open", Verdict.ANSWERED: "answered"}
"""Of a letter to the editor, which has the verdict `quarantined` for other programs: whether it has its answer."""


def message_rows(office: Office, letters: Sequence[LetterRecord]) -> list[dict[str, Any]]:
    """`messages` in design.md 5.3."""
    return [
        {
            "sha256": letter.sha256,
            "bulletin": letter.bulletin,
            "mailbox": letter.account,
            "uid": letter.uid,
            "received_at": office.local(letter.received_at).isoformat(),
            "from": letter.sender,
            "subject": letter.subject,
            "verdict": letter.verdict.for_programs,
            "question": _QUESTIONS.get(letter.verdict),
            "reason": letter.reason,
            "attempts": letter.attempts,
            "articles": list(letter.articles),
            **_removal(office, letter),
        }
        for letter in letters
    ]


def _removal(office: Office, letter: LetterRecord) -> dict[str, Any]:
    """Of a letter whose content was erased or destroyed: who, when, why."""
    if letter.removal is None:
        return {}
    removal = letter.removal
    at = office.local(removal.at).isoformat()
    return {"removed": {"kind": removal.kind.value, "at": at, "who": removal.who, "why": removal.why}}
