"""Edited drafts at the desk: a file is handed in, looked at, and taken over later, by the letter that has it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from archive import letters
from archive.changes import NewChange, record_change
from archive.letters import LetterRecord
from intake.pool import ReadingPool
from service.edited_draft.kept_file import KeptFile, file_of_letter, kept_file
from service.edited_draft.proposal import Proposal
from service.edited_draft.read import proposal_of, read_file, read_file_of_letter
from service.edited_draft.take_over import TakenOver, take_over
from service.office import Office
from settings.model import BulletinSettings
from values.errors import Changed, NotThere


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An edited draft that the ledger has."""

    letter: LetterRecord
    proposal: Proposal
    file: KeptFile


def hand_in(office: Office, pool: ReadingPool, bulletin: BulletinSettings, name: str, data: bytes, *, who: str) -> int:
    """Keeps the file as a letter of our own; returns the letter's id. Nothing else is written.

    Raises BadUsage for a file that is no open draft of the bulletin or was erased, StorageFailed.
    """
    proposal = proposal_of(office, pool, bulletin, read_file(office, pool, name, data))
    file = kept_file(bulletin, proposal, name, data)
    with office.ledger.writing() as ledger:
        at = office.now()
        letter = file.keep(office, ledger, bulletin, at=at)
        summary = f"交回改过的送审稿（{proposal.issue.number.label}第 {proposal.revision} 稿）"
        record_change(ledger, NewChange(bulletin.id, who, "letter", letter, summary, at))
    return letter


def handed_in(office: Office, pool: ReadingPool, bulletin: BulletinSettings, letter_id: int) -> HandedIn:
    """What taking over the file of that letter would change now; also of a letter that came by mail.

    Raises NotThere when the bulletin has no such letter; BadUsage as `proposal_of`.
    """
    with office.ledger.reading() as ledger:
        letter = letters.letter_with_id(ledger, bulletin.id, letter_id)
    if letter is None:
        raise NotThere("没有这份改过的送审稿。")
    file = read_file_of_letter(office, pool, letter)
    return HandedIn(letter, proposal_of(office, pool, bulletin, file), file_of_letter(letter, file))


def take_over_shown(
    office: Office, bulletin: BulletinSettings, shown: HandedIn, digest: str, picked: Collection[str], who: str
) -> TakenOver:
    """Takes over what a person has picked. digest: of the proposal that the person saw; raises Changed for another."""
    if shown.proposal.digest != digest:
        raise Changed("这期间稿件或按语又有改动，要改的已经不同；请看过现在的样子再改。")
    return take_over(office, bulletin, shown.proposal, shown.file, who, picked=picked)
