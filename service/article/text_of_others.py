"""Whether an article has words that its department has not sent: they do not go out to it."""

from __future__ import annotations

from archive.article_mergers import mergers_into
from archive.articles import ArticleRecord
from archive.letters import letter_with_id, letter_with_sha256
from archive.revision_letters import further_letters
from archive.transaction import Transaction


def has_text_of_others(ledger: Transaction, record: ArticleRecord) -> bool:
    """Whether another article or another sender has a part in the present text; a photograph that the same sender has
    sent later has none."""
    if mergers_into(ledger, [record.id]):
        return True
    own = letter_with_sha256(ledger, record.bulletin, record.letter_sha256)
    further = further_letters(ledger, record.id, record.revision)
    letters = [letter_with_id(ledger, record.bulletin, id) for id in further]
    return any(own is None or each is None or each.sender != own.sender for each in letters)
