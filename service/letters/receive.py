"""Letters from the mailboxes or from files, through to their verdicts."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import Final, Self

import structlog

from archive import letters, mailed_answers
from archive.transaction import Transaction
from intake.fetch.eml import BadPath, FromFile, letters_from
from intake.fetch.imap import ImapAccount, ImapMailbox
from intake.fetch.imap_client import ImapTimeouts
from intake.fetch.mailbox import LETTER_LIMIT, Oversize
from intake.keep import FolderPass, KeptCounts, LetterStore, poll
from intake.old_letters import OpeningDay
from intake.pool import ReadingPool
from intake.process import LetterProcessor, OnSettled
from programs.allocator import return_free_memory
from programs.libreoffice import convert
from service.article.previews import destroy_previews
from service.by_mail.follow_answers import follow_answers
from service.by_mail.record_answer import record_answer
from service.commission.match_letter import match_letter
from service.health.alarms import DailyAlarms
from service.letters import after_poll
from service.letters.first_day import first_day_of
from service.letters.letters_out import answering, queue_withdrawal
from service.office import Office
from service.register.register import register_of, registered_in
from service.removal.recall import recall_removed
from service.running.lock import sole_fetching
from settings.authorities import tls_context
from settings.model import BulletinSettings
from settings.secrets import resolve
from values.batches import in_batches
from values.errors import TryLater
from values.letter import Letter, Verdict
from values.outgoing import SettledLetter
from values.stopping import never

_log = structlog.get_logger(__name__)

_READ_AFTER: Final = 500
"""New letters after which a poll begins to read: of a flood, departments' letters come first, and so are read first. At
most twice as many wait to be read."""

ReportProgress = Callable[[str, int, int | None], None]
"""Called with what is being done, in Chinese, how many are done, and of how many; None where that is not known."""


def no_progress(_what: str, _done: int, _of: int | None) -> None:
    """For callers that show no progress."""


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """What a poll or an import did."""

    stored: int = 0
    """Letters whose bytes were stored, among them some that the ledger had already."""

    new: int = 0
    """Letters that the bulletin did not have before."""

    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    """How many letters were read to each verdict."""

    errors: tuple[str, ...] = ()
    """Chinese sentences, a letter or file each."""


class LetterReceiver:
    """Fetches, imports and reads the letters of an office's bulletins.

    stopping: asked between letters and conversions; once it returns True, what is left stays pending. report: called
    with the progress. timeouts: of the mailboxes, None for the usual ones.
    """

    def __init__(
        self,
        office: Office,
        pool: ReadingPool,
        *,
        stopping: Callable[[], bool] = never,
        report: ReportProgress = no_progress,
        alarms: DailyAlarms | None = None,
        timeouts: ImapTimeouts | None = None,
    ) -> None:
        self._timeouts = timeouts
        self._office = office
        self._pool = pool
        self._stopping = stopping
        self._report = report
        self._alarms = alarms or DailyAlarms()
        self._reading = {bulletin.id: threading.Lock() for bulletin in office.settings.bulletins}

    def renew_readers(self) -> None:
        """Replaces the processes that read letters."""
        self._pool.renew()

    def poll(self, bulletin: BulletinSettings) -> IntakeResult:
        """One pass over the bulletin's mailbox, then reads every pending letter.

        Of a flood, the letters fetched so far are read while some more are fetched. Raises TryLater, after reading,
        when the mailbox fails or another process fetches from it.
        """
        recall_removed(self._office)
        processor = self._processor(bulletin)
        mailbox = mailbox_of(self._office, bulletin, self._timeouts)
        reading = _ReadingAhead(partial(self._read_alone, bulletin, processor))
        folder_pass: FolderPass | TryLater
        try:
            with reading, sole_fetching(self._office.data_dir, bulletin.id), opened(mailbox):
                folder_pass = poll(
                    mailbox,
                    self._store(bulletin),
                    stopping=self._stopping,
                    after_batch=self._after_batch(reading),
                    registered=registered_in(self._office, bulletin),
                )
        except TryLater as error:
            folder_pass = error
        verdicts = reading.verdicts + self._read_alone(bulletin, processor)
        if verdicts:
            return_free_memory()
        if isinstance(folder_pass, TryLater):
            raise folder_pass
        if not folder_pass.mark and folder_pass.kept.new:
            self._log_first_day(bulletin)
        if folder_pass.whole and folder_pass.finished:
            after_poll.report_junk(self._office, bulletin, mailbox, self._alarms)
        if not self._stopping():
            after_poll.mark_read_letters(self._office, bulletin, mailbox, self._alarms)
        return IntakeResult(folder_pass.kept.stored, folder_pass.kept.new, verdicts, folder_pass.kept.problems)

    def _log_first_day(self, bulletin: BulletinSettings) -> None:
        """At the first poll of a mailbox, of which nobody has said from which day on its letters count."""
        with self._office.ledger.reading() as ledger:
            first_day = first_day_of(self._office, ledger, bulletin)
        if first_day.since is None and first_day.older:
            _log.warning(
                "old letters at the first poll", bulletin=bulletin.id, letters=first_day.older, remedy=first_day.message
            )

    def _after_batch(self, reading: _ReadingAhead) -> Callable[[FolderPass], None]:
        """What follows each fetched batch: the progress is reported, reading is prepared, and of a flood it begins."""
        read = 0

        def after_batch(folder_pass: FolderPass) -> None:
            nonlocal read
            self._report("收取来信", folder_pass.done, len(folder_pass.missing))
            if folder_pass.kept.new:
                self._pool.prepare()
            if folder_pass.kept.new - read >= _READ_AFTER:
                read = folder_pass.kept.new
                reading.begin()

        return after_batch

    def import_letters(self, bulletin: BulletinSettings, paths: Sequence[Path]) -> IntakeResult:
        """Imports letters from files and folders, as if they had been fetched, and reads every pending letter.

        Those that were erased or destroyed before are refused, with a sentence among the errors.
        """
        recall_removed(self._office)
        kept = KeptCounts()
        problems: list[str] = []
        for batch in in_batches(letters_from(paths), _octets):
            imported = [item for item in batch if not isinstance(item, BadPath)]
            problems += [item.reason for item in batch if isinstance(item, BadPath)]
            kept += self._store(bulletin).keep(imported)
            self._report("导入来信", kept.stored, None)
        if kept.refused:
            problems.append(f"有 {kept.refused} 封来信以前已删除或销毁，没有再收下。用 messages 可查看何时、为什么。")
        return IntakeResult(kept.stored, kept.new, self.read(bulletin), tuple(problems))

    def read_waiting(self, bulletin: BulletinSettings) -> Counter[Verdict]:
        """As `read`, at once without a verdict when nothing is pending or another thread is reading."""
        with self._office.ledger.reading() as ledger:
            unfinished = mailed_answers.unfinished_answers(ledger, bulletin.id)
            waiting = letters.has_pending(ledger, bulletin.id) or bool(unfinished)
        if not waiting or self._reading[bulletin.id].locked():
            return Counter()
        return self.read(bulletin)

    def read(self, bulletin: BulletinSettings) -> Counter[Verdict]:
        """Reads every pending letter of the bulletin to its verdict; returns how many of each.

        Waits while another thread reads letters of the bulletin.
        """
        return self._read_alone(bulletin, self._processor(bulletin))

    def _read_alone(
        self, bulletin: BulletinSettings, processor: LetterProcessor, interrupted: Callable[[], bool] = never
    ) -> Counter[Verdict]:
        with self._reading[bulletin.id]:
            return self._read(bulletin, processor, interrupted)

    def _read(
        self, bulletin: BulletinSettings, processor: LetterProcessor, interrupted: Callable[[], bool]
    ) -> Counter[Verdict]:
        verdicts: Counter[Verdict] = Counter()
        with self._office.ledger.reading() as ledger:
            register = register_of(self._office, ledger, bulletin)
        for _letter, verdict in processor.read_pending(bulletin.id, register):
            verdicts[verdict] += 1
            self._report("读稿", verdicts.total(), None)
            if self._stopping() or interrupted():
                break
        followed = follow_answers(self._office, bulletin, self._pool)
        return verdicts + Counter({Verdict.DECIDED: followed}) - Counter({Verdict.QUESTION: followed})

    def _store(self, bulletin: BulletinSettings) -> LetterStore:
        return LetterStore(bulletin.id, self._office.ledger, self._office.raws, self._office.now)

    def _processor(self, bulletin: BulletinSettings) -> LetterProcessor:
        office = self._office
        converting = partial(convert, soffice=office.soffice, stopping=self._stopping) if office.soffice else None
        return LetterProcessor(
            office.ledger,
            office.raws,
            office.media,
            self._pool,
            office.now,
            LETTER_LIMIT,
            converting,
            partial(_on_settled, office, answering(office, bulletin)),
            office.key(),
            _opening_day(office, bulletin),
        )


def _opening_day(office: Office, bulletin: BulletinSettings) -> OpeningDay:
    day = bulletin.mailbox.since
    return OpeningDay(datetime.combine(day, time.min, office.settings.service.timezone) if day else None)


def _on_settled(office: Office, answer: OnSettled | None, ledger: Transaction, settled: SettledLetter) -> None:
    """What follows from a letter's verdict, in the transaction that records it. answer: None where nothing is sent."""
    record_answer(office, ledger, settled)
    match_letter(office, ledger, settled)
    queue_withdrawal(office, ledger, settled)
    if settled.verdict is Verdict.SEALED:
        destroy_previews(office, settled.sha256)
    if answer is not None:
        answer(ledger, settled)


class _ReadingAhead:
    """Reads the letters of a flood in a thread while more are fetched. Leaving the context waits for the thread; when
    the process is interrupted, no longer than for the letters that are being read."""

    def __init__(self, read: Callable[[Callable[[], bool]], Counter[Verdict]]) -> None:
        """read: is given a function that returns True once it has to end."""
        self._read = read
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="read")
        self._interrupted = threading.Event()
        self._unfinished: Future[Counter[Verdict]] | None = None
        self.verdicts: Counter[Verdict] = Counter()
        """Of the letters read so far."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and not issubclass(kind, Exception):
            self._interrupted.set()
        with self._thread:
            self._finish()

    def begin(self) -> None:
        """Reads what is pending now, once what was pending before is read, and does not wait for it. Raises what that
        raised."""
        self._finish()
        self._unfinished = self._thread.submit(self._read, self._interrupted.is_set)

    def _finish(self) -> None:
        unfinished, self._unfinished = self._unfinished, None
        if unfinished is not None:
            self.verdicts += unfinished.result()


def mailbox_of(office: Office, bulletin: BulletinSettings, timeouts: ImapTimeouts | None = None) -> ImapMailbox:
    """The bulletin's mailbox, not yet connected; timeouts: None for the usual ones.

    Raises BadConfig when its password cannot be found.
    """
    mailbox = bulletin.mailbox
    password = resolve(mailbox.password, office.environ)
    account = ImapAccount(
        mailbox.host, mailbox.port, mailbox.security, mailbox.username, password, folder=mailbox.folder
    )
    context = tls_context(mailbox.ca_file)
    return ImapMailbox(account, timeouts=timeouts, context=context, spool=office.raws.incoming, clock=office.now)


def _octets(item: FromFile) -> int:
    match item:
        case Letter(raw=raw) | Oversize(header=raw):
            return len(raw)
        case BadPath():
            return 0


@contextmanager
def opened(mailbox: ImapMailbox) -> Iterator[ImapMailbox]:
    """Closes the mailbox at the end, also after an error."""
    try:
        yield mailbox
    finally:
        mailbox.close()
