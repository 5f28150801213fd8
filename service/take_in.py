"""Taking letters in: from the mailboxes or from files, and on to their verdicts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy import Connection

from archive.senders import learned_senders
from intake.draft import DraftingRoom
from intake.fetch.eml import BadPath, FromFile, letters_from
from intake.fetch.imap import ImapMailbox
from intake.fetch.mailbox import LETTER_LIMIT, Mailbox, Oversize, in_batches
from intake.keep import Kept, StrongRoom, poll
from intake.pool import ReadingPool
from intake.read.convert import convert
from intake.register import Register
from service.letters_out import answering, own_addresses
from service.office import Office
from settings.model import BulletinSettings
from settings.secrets import resolve
from values.department import KnownDepartment
from values.errors import TryLater
from values.letter import Letter, Verdict

_log = structlog.get_logger(__name__)

Tell = Callable[[str, int, int | None], None]
"""Hears of progress: what is being done, how many are done, of how many (None: not known)."""


def silent(_what: str, _done: int, _of: int | None) -> None:
    """Tells nobody."""


def never() -> bool:
    """Nobody has asked to stop."""
    return False


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What one pass did. `errors` are Chinese sentences."""

    stored: int = 0
    new: int = 0
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    errors: tuple[str, ...] = ()


class Reception:
    """Takes letters in for an office. `stopping` is asked between letters and conversions; `tell` hears of progress."""

    def __init__(
        self, office: Office, pool: ReadingPool, *, stopping: Callable[[], bool] = never, tell: Tell = silent
    ) -> None:
        self._office = office
        self._pool = pool
        self._stopping = stopping
        self._tell = tell

    def poll(self, bulletin: BulletinSettings) -> TakenIn:
        """One pass over the bulletin's mailbox; raises TryLater when that fails, after reading what is waiting."""
        failure: TryLater | None = None
        kept = Kept()
        try:
            with opened(mailbox_of(self._office, bulletin)) as mailbox:
                kept = poll(
                    mailbox,
                    self._room(bulletin),
                    stopping=self._stopping,
                    tell=lambda done, found: self._tell("收取来信", done, found),
                )
        except TryLater as error:
            failure = error
        verdicts = self.read(bulletin)
        if failure is not None:
            raise failure
        return TakenIn(kept.stored, kept.new, verdicts, kept.problems)

    def bring_in(self, bulletin: BulletinSettings, paths: Sequence[Path]) -> TakenIn:
        """Imports letters from files and folders, as if they had been fetched, and reads them to the end."""
        kept = Kept()
        problems: list[str] = []
        for batch in in_batches(letters_from(paths), _octets):
            letters = [one for one in batch if not isinstance(one, BadPath)]
            problems += [one.reason for one in batch if isinstance(one, BadPath)]
            kept += self._room(bulletin).keep(letters)
            self._tell("导入来信", kept.stored, None)
        return TakenIn(kept.stored, kept.new, self.read(bulletin), tuple(problems))

    def read(self, bulletin: BulletinSettings) -> Counter[Verdict]:
        """Reads every pending letter of the bulletin to its verdict; returns how many of each."""
        verdicts: Counter[Verdict] = Counter()
        with self._office.ledger.reading() as ledger:
            register = register_of(self._office, ledger, bulletin)
        for _letter, verdict in self._drafting(bulletin).read_pending(bulletin.id, register):
            verdicts[verdict] += 1
            self._tell("读稿", verdicts.total(), None)
            if self._stopping():
                break
        return verdicts

    def _room(self, bulletin: BulletinSettings) -> StrongRoom:
        return StrongRoom(bulletin.id, self._office.ledger, self._office.raws, self._office.now)

    def _drafting(self, bulletin: BulletinSettings) -> DraftingRoom:
        office = self._office
        converting = partial(convert, soffice=office.soffice, stopping=self._stopping) if office.soffice else None
        return DraftingRoom(
            office.ledger,
            office.raws,
            office.media,
            self._pool,
            office.now,
            LETTER_LIMIT,
            converting,
            answering(office, bulletin),
        )


def register_of(office: Office, ledger: Connection, bulletin: BulletinSettings) -> Register:
    """What a bulletin's settings say to the reader of a letter, and what its editors have taught the service."""
    learned: defaultdict[str, list[str]] = defaultdict(list)
    for one in learned_senders(ledger, bulletin.id):
        learned[one.department].append(one.address)
    return Register(
        departments=tuple(
            KnownDepartment(d.name, d.full_name, d.aliases, (*d.senders, *learned[d.name]))
            for d in bulletin.departments
        ),
        own_addresses=own_addresses(office.settings, bulletin),
        sections=bulletin.sections,
        hold_unknown=bulletin.unknown_senders == "hold",
        authserv_id=bulletin.mailbox.authserv_id,
    )


def mailbox_of(office: Office, bulletin: BulletinSettings) -> ImapMailbox:
    """The bulletin's mailbox, not yet connected. Raises BadConfig when its password cannot be found."""
    mailbox = bulletin.mailbox
    return ImapMailbox(
        host=mailbox.host,
        port=mailbox.port,
        security=mailbox.security,
        username=mailbox.username,
        password=resolve(mailbox.password, office.environ),
        folder=mailbox.folder,
    )


def _octets(one: FromFile) -> int:
    match one:
        case Letter(raw=raw) | Oversize(header=raw):
            return len(raw)
        case BadPath():
            return 0


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[Mailbox]:
    """Closes the mailbox whatever happens."""
    try:
        yield mailbox
    finally:
        mailbox.close()
