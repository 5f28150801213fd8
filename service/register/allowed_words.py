"""总是允许: words that the proofreader passes over in all articles of a bulletin, in addition to the configured list.

A finding that such a word covers counts as dismissed, in articles that are in the ledger too; when the word is taken
back it is open again. The decision is applied where articles are read (`archive.settled_findings`).
"""

from __future__ import annotations

from typing import Final

from archive import settled_findings
from archive.changes import NewChange, record_change
from service.office import Office
from settings.model import BulletinSettings
from values.errors import BadUsage

_SHORTEST: Final = 2
"""Characters: a single one would silence every finding on it."""
_LONGEST: Final = 30
"""Characters: more is a sentence, which 忽略 settles in its article."""


def allow_word(office: Office, bulletin: BulletinSettings, word: str, who: str) -> str:
    """Puts a word into the list; returns it without blanks around it. Raises BadUsage for one that is too short or
    too long."""
    word = " ".join(word.split())
    if not _SHORTEST <= len(word) <= _LONGEST:
        raise BadUsage(f"总是允许的词要有 {_SHORTEST} 至 {_LONGEST} 个字，请把它写完整。")
    with office.ledger.writing() as ledger:
        at = office.now()
        if settled_findings.allow(ledger, bulletin.id, word, who=who, at=at):
            summary = f"总是允许“{word}”，审校不再提示"
            record_change(ledger, NewChange(bulletin.id, who, "word", word, summary, at))
    return word


def disallow_word(office: Office, bulletin: BulletinSettings, word: str, who: str) -> None:
    """Takes a word out of the list. Raises BadUsage for a word that is not in it."""
    with office.ledger.writing() as ledger:
        if not settled_findings.disallow(ledger, bulletin.id, word):
            raise BadUsage(f"总是允许的词里没有“{word}”；用 findings words 可查看。")
        summary = f"不再总是允许“{word}”，审校照常提示"
        record_change(ledger, NewChange(bulletin.id, who, "word", word, summary, office.now()))
