"""What a letter that has just been read means for the commissions: an answer, a possible one, a question about one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from archive import articles, commissions
from archive.articles import ArticleRecord
from archive.commissions import NewLink
from archive.letters import letter_with_id
from archive.transaction import Transaction
from service.commission.matching import CommissionMatch, ReplyWords, Topic, matches_of, named_in, numbers_in
from service.office import Office
from service.register.register import all_departments
from settings.model import BulletinSettings
from values.commission import Commission, LinkState
from values.department import department_called
from values.letter import Verdict
from values.outgoing import SettledLetter

_TOPIC_COUNTS_FOR: Final = timedelta(days=60)
"""After the deadline. A later letter on the topic is more likely news of its own; number and reference still count."""


def match_letter(office: Office, ledger: Transaction, letter: SettledLetter) -> None:
    """Records which commissions the letter answers or asks about, in the transaction that settles it.

    What counts at once: a certain match of an article whose department was asked, and whose sender is registered and
    beyond doubt, or that an editor has brought in. Everything else is proposed to the editor; a match whose sender
    waits to be confirmed counts from then on.
    """
    bulletin = office.settings.bulletin(letter.bulletin)
    if bulletin is None or not commissions.has_commissions(ledger, letter.bulletin):
        return
    if letter.withdraws or not (letter.articles or letter.verdict is Verdict.QUESTION):
        return
    records = articles.articles_with_ids(ledger, [article.id for article in letter.articles])
    referred = commissions.commissions_referred_to(ledger, letter.bulletin, letter.head.references)
    numbers = {*referred}.union(*map(numbers_in, (letter.subject, *(record.attachment for record in records))))
    since = letter.received_at - _TOPIC_COUNTS_FOR
    recent = commissions.commissions_to_match(ledger, letter.bulletin, since, numbers)
    if letter.verdict is Verdict.QUESTION:
        _record_question(ledger, letter, recent, referred)
    is_vouched = letter.head.trusted or _is_added_by_hand(ledger, letter)
    for record in records:
        topics = [_topic(commission, record, letter.received_at) for commission in recent]
        names = _names(ledger, bulletin, record)
        words = ReplyWords(letter.subject, record.attachment, record.manuscript.title, names, referred)
        for match in matches_of(words, topics):
            commission = next(entry for entry in recent if entry.id == match.commission)
            state = _state(match, commission, record, is_vouched=is_vouched)
            link = NewLink(match.commission, record.id, state, match.way)
            commissions.add_link(ledger, link, at=office.now())


def _is_added_by_hand(ledger: Transaction, letter: SettledLetter) -> bool:
    record = letter_with_id(ledger, letter.bulletin, letter.id)
    return record is not None and record.added is not None


def _record_question(
    ledger: Transaction, letter: SettledLetter, recent: Sequence[Commission], referred: tuple[int, ...]
) -> None:
    topics = [Topic(commission.id, commission.topic, commission.cancelled_at is None) for commission in recent]
    named = named_in(letter.subject, topics)
    about = referred[-1] if referred else next(iter(named)) if len(named) == 1 else None
    if about is not None:
        commissions.record_question(ledger, letter.id, about)


def _topic(commission: Commission, record: ArticleRecord, received_at: datetime) -> Topic:
    asked = bool({*commission.departments} & {*record.departments}) or not record.confirmed
    is_current = commission.made_at <= received_at <= commission.due_at + _TOPIC_COUNTS_FOR
    answered = any(commission.answers_of(name) for name in record.departments)
    stands = commission.cancelled_at is None
    return Topic(commission.id, commission.topic, asked and is_current and stands, answered)


def _names(ledger: Transaction, bulletin: BulletinSettings, record: ArticleRecord) -> tuple[str, ...]:
    """All names of the departments that sign the article."""
    register = all_departments(ledger, bulletin)
    signers = [department_called(name, register) for name in record.departments]
    return tuple(name for department in signers if department is not None for name in department.names)


def _state(match: CommissionMatch, commission: Commission, record: ArticleRecord, *, is_vouched: bool) -> LinkState:
    is_asked = bool({*commission.departments} & {*record.departments})
    if not match.is_certain or commission.cancelled_at is not None:
        return LinkState.PROPOSED
    if not record.confirmed:
        return LinkState.UNCONFIRMED
    return LinkState.LINKED if is_vouched and is_asked else LinkState.PROPOSED
