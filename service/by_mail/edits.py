"""Edited drafts by mail: what a file would change is listed in a letter, and an answer takes over what that listed.

Files are compared outside every transaction, in the process that reads letters; what is taken over is compared once
more with what the letter listed, by its digest, within the transaction (docs/decisions/0123).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from archive import edited_drafts, letters
from archive.edited_drafts import ShownEdit
from archive.mailed_answers import AnswerRecord
from archive.transaction import Transaction
from intake.pool import ReadingPool
from service.by_mail.instructions import TakeEdits
from service.by_mail.sender import MailSender
from service.by_mail.understand import understand
from service.edited_draft.hand_in import HandedIn, handed_in
from service.edited_draft.listing import Listing, listing_of
from service.edited_draft.take_over import take_over_within
from service.office import Office
from settings.model import BulletinSettings
from values.errors import BadUsage, Changed
from values.letter import Verdict

_MOST_ARTICLES: Final = 999
"""More than any draft has: whether a number is an article of the draft is decided when the answer is followed."""
_NOTHING_SHOWN = "没有等您答复的改动：请直接回复列出改动的那封信"
_SEVERAL = "您寄来过几份改过的送审稿：请直接回复列出改动的那封信，一封只采纳一份"
_SAME = "文件里的改动都已在台账里，没有要改的"
_NOT_LISTED = "那封信没有列出可以采纳的改动，没有照改；请在审稿台看过再改"
_DONE = "那份改过的送审稿已经办过，没有再改；要改回去请在审稿台改"
_LOST = "那份改过的送审稿已删除或封存，没有照改"


@dataclass(frozen=True, slots=True)
class WantedEdits:
    """What an answer says yes or no to, as it is now."""

    shown: ShownEdit | None
    """What was listed; None where it is not known which letter is meant."""
    now: HandedIn | None = None
    """What taking over the file would change now; None where it cannot be compared."""
    why_not: str = ""
    """Why nothing can be taken over, Chinese without a full stop; "" for nothing."""


class EditsChanged(Changed):
    """Taking over would change something else than what was listed."""

    def __init__(self, letter: int) -> None:
        """letter: that brought the file."""
        super().__init__("列出改动以后，稿件、按语或先后又有改动，没有照改；现在会改的列在下面，请看过再答复")
        self.letter = letter


def wanted_edits(
    office: Office, pool: ReadingPool, bulletin: BulletinSettings, answer: AnswerRecord
) -> WantedEdits | None:
    """None for an answer that says nothing of edits. Raises StorageFailed, FileAltered."""
    followed = understand(answer.words, _MOST_ARTICLES).followed
    if not any(isinstance(each, TakeEdits) for line in followed for each in line.instructions):
        return None
    with office.ledger.reading() as ledger:
        shown = edited_drafts.shown_for(ledger, answer.letter)
        every = edited_drafts.shown_to(ledger, answer.issue, answer.person)
    if shown is None and len(every) != 1:
        return WantedEdits(None, why_not=_SEVERAL if every else _NOTHING_SHOWN)
    shown = shown or every[0]
    compared = _compared(office, pool, bulletin, shown.letter)
    if isinstance(compared, str):
        return WantedEdits(shown, why_not=compared)
    return WantedEdits(shown, compared)


def answer_edits(
    office: Office,
    ledger: Transaction,
    bulletin: BulletinSettings,
    wanted: WantedEdits | None,
    sender: MailSender,
    *,
    accepts: bool,
) -> str:
    """Takes over what was listed, or leaves it; returns what was done, Chinese.

    Raises BadUsage; EditsChanged where something else than what was listed would be changed.
    """
    shown = None if wanted is None else wanted.shown
    if wanted is None or shown is None:
        raise BadUsage(wanted.why_not if wanted is not None else _NOTHING_SHOWN)
    letter = letters.letter_with_id(ledger, bulletin.id, shown.letter)
    if letter is None or letter.removal is not None or letter.verdict is Verdict.SEALED:
        raise BadUsage(_LOST)
    if not accepts:
        if letter.verdict is not Verdict.QUESTION:
            raise BadUsage(_DONE)
        return _settled(office, ledger, shown, f"{sender.who}不采纳改过的送审稿里的改动")
    if wanted.now is None:
        raise BadUsage(wanted.why_not)
    if wanted.now.proposal.is_empty:
        raise BadUsage(_SAME)
    if not shown.digest:
        raise BadUsage(_NOT_LISTED)
    if wanted.now.proposal.digest != shown.digest:
        raise EditsChanged(shown.letter)
    compared = (wanted.now.proposal, wanted.now.file)
    try:
        taken = take_over_within(office, ledger, bulletin, compared, sender.who)
    except Changed:
        raise EditsChanged(shown.letter) from None
    if not taken.in_words:
        raise BadUsage("列出的改动都有冲突，来信不能照改；请在审稿台选定")
    done = f"照改过的送审稿{taken.in_words}"
    return done if taken.added else _settled(office, ledger, shown, done)


def listing_now(office: Office, pool: ReadingPool, bulletin: BulletinSettings, letter: int) -> Listing:
    """What the file of that letter would change now, as a letter lists it; with a reason where it cannot be compared.
    Raises StorageFailed, FileAltered."""
    compared = _compared(office, pool, bulletin, letter)
    return Listing(letter, why_not=compared) if isinstance(compared, str) else listing_of(letter, compared.proposal)


def record_listing(ledger: Transaction, message_id: str, listing: Listing) -> None:
    """The letter out of that Message-ID shows the listing; also one of which nothing may be taken over, so that an
    answer to it means no other. Raises NoResultFound."""
    digest = listing.digest if listing.may_be_taken else ""
    edited_drafts.record_shown(ledger, message_id, listing.letter, digest)


def _settled(office: Office, ledger: Transaction, shown: ShownEdit, reason: str) -> str:
    """The letter with the file waits for nobody any more."""
    letters.settle(ledger, shown.letter, Verdict.DECIDED, f"{reason}。", at=office.now())
    return reason


def _compared(office: Office, pool: ReadingPool, bulletin: BulletinSettings, letter: int) -> HandedIn | str:
    """The file of the letter compared with the ledger, or why it cannot be."""
    try:
        return handed_in(office, pool, bulletin, letter)
    except BadUsage as error:
        return str(error).rstrip("。")
