"""The content of a letter's page: the letter with everything that the ledger has about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive import articles, changes, commissions, edited_drafts, letters, outbox, seals
from archive.articles import ArticleRecord
from archive.changes import Change
from archive.letters import LetterRecord
from archive.outbox import OutboxRecord
from archive.seals import SealRecord
from service.commission.commissioning import choosable_commissions
from service.letters.handle_letters import CAN_BE_READ_AGAIN, CAN_BE_SET_ASIDE
from service.letters.letter_leads import LetterLead
from service.office import Office
from service.register.register import register_of
from settings.model import BulletinSettings
from values.commission import Commission
from values.letter import LetterContent, Verdict


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter as its page shows it."""

    letter: LetterRecord
    content: LetterContent | None
    """None while it has not been read."""
    articles: tuple[ArticleRecord, ...]
    """Those that came of it, and those that it repeats."""
    answers: tuple[OutboxRecord, ...]
    """Letters out in answer to it."""
    changes: tuple[Change, ...]
    """What people did with it."""
    departments: tuple[str, ...]
    """The names to choose from, in the register's order."""
    seal: SealRecord | None
    """None: it was never sealed."""
    asks_about: Commission | None = None
    """The commission that it asks about; None for none."""
    commissions: Mapping[int, Sequence[Commission]] = field(default_factory=dict)
    """By the id of each of its articles, the commissions that it answers or may answer."""
    choosable: Sequence[Commission] = ()
    """The commissions that one of its articles may be said to answer."""
    brings_draft: bool = False
    """It brings a file that says that it is a draft of ours."""

    @property
    def edits_draft(self) -> bool:
        """Whether it leads to what an edited draft would change: also a letter to the editor with any file, which may
        have lost what says so."""
        asks = self.letter.verdict is Verdict.QUESTION and self.content is not None and bool(self.content.files)
        return self.brings_draft or asks

    @property
    def is_waiting(self) -> bool:
        """Whether it waits to be read."""
        return self.letter.verdict is Verdict.PENDING and not self.is_removed

    @property
    def is_removed(self) -> bool:
        """Whether its content was erased or destroyed."""
        return self.letter.removal is not None

    @property
    def part(self) -> str:
        """The template that shows it."""
        if self.is_removed:
            return "letters/_removed.html"
        return "letters/_sealed.html" if self.is_sealed else "letters/_state.html"

    @property
    def is_sealed(self) -> bool:
        """Whether it bears a marking of secrecy: nothing of its content is shown."""
        return self.letter.verdict is Verdict.SEALED

    @property
    def department_options(self) -> list[tuple[str, str]]:
        return [(name, name) for name in self.departments]

    @property
    def lead(self) -> LetterLead | None:
        """Department and title of what it brought, None where the letter is named by its subject."""
        titled = [entry for entry in self.articles if entry.manuscript.title]
        if not titled or not self.letter.is_shown:
            return None
        return LetterLead(titled[0].department or "", titled[0].manuscript.title, len(titled) - 1)

    @property
    def is_unconfirmed(self) -> bool:
        return self.letter.verdict is Verdict.UNCONFIRMED and not self.is_removed

    @property
    def can_be_read_again(self) -> bool:
        return self.letter.verdict in CAN_BE_READ_AGAIN and not self.letter.header_only and not self.is_removed

    @property
    def can_be_answered(self) -> bool:
        came = self.letter.added is None and "@" in self.letter.sender
        return came and not (self.is_waiting or self.is_removed or self.is_sealed)

    @property
    def can_be_set_aside(self) -> bool:
        return self.letter.verdict in CAN_BE_SET_ASIDE

    @property
    def unconfirmed(self) -> tuple[ArticleRecord, ...]:
        return tuple(entry for entry in self.articles if not entry.confirmed)


def letter_view(office: Office, bulletin: BulletinSettings, letter_id: int) -> LetterView | None:
    """None when the bulletin has no such letter."""
    with office.ledger.reading() as ledger:
        letter = letters.letter_with_id(ledger, bulletin.id, letter_id)
        if letter is None:
            return None
        register = register_of(office, ledger, bulletin)
        asked = commissions.question_about(ledger, letter.id)
        brought = tuple(articles.articles_with_ids(ledger, letter.articles))
        return LetterView(
            letter=letter,
            content=letters.content_of(ledger, letter.id),
            articles=brought,
            answers=tuple(outbox.answers_to(ledger, letter.id)),
            changes=tuple(changes.changes_of(ledger, "letter", letter.id)),
            departments=tuple(entry.name for entry in register.departments),
            seal=seals.seal_of(ledger, letter.id),
            asks_about=commissions.commission_numbered(ledger, bulletin.id, asked) if asked else None,
            commissions={
                each.id: commissions.commissions_answered_by(ledger, bulletin.id, each.id) for each in brought
            },
            choosable=choosable_commissions(ledger, bulletin.id, office.now()) if brought else (),
            brings_draft=edited_drafts.brings_draft(ledger, letter.id),
        )
