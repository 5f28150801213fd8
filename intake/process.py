"""From kept letters to articles: reads every pending letter, and settles a batch of them in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import structlog

from archive import letters
from archive.database import Ledger
from archive.files import HashStore
from archive.letters import LetterDetails, LetterRecord
from archive.transaction import Transaction
from intake.neighbours import Neighbours
from intake.old_letters import OpeningDay
from intake.outcome import Reading
from intake.pool import PendingReading, ReadingPool, crash_reason
from intake.register import Register
from intake.sealing import destroy_unused, seal_letter
from intake.settle import settle_reading
from programs.conversion import NO_CONVERSIONS, ConversionRequest, Conversions, NotConverted, without_drawings
from programs.crash import Crash, CrashKind
from values.batches import in_batches
from values.errors import JianbaoError, ReadingUnavailable
from values.letter import Verdict
from values.outgoing import SettledLetter
from values.reason import Reason
from values.vouching import answers_our_letter

_log = structlog.get_logger(__name__)

ATTEMPTS: Final = 3
"""Readings that may crash before a letter is quarantined: a child may be killed for want of memory on a busy machine,
but a letter that kills three children will kill the fourth."""
_AHEAD: Final = 16
"""Letters being read while earlier ones are settled; also how many attempts one commit counts."""
_MOST_CONVERTED: Final = 20
"""Files of one letter that LibreOffice converts, a second or two each: it must not hold up the letters after it."""
_ROUNDS: Final = 3
"""How often a letter may ask for LibreOffice: a .doc becomes a .docx, which may hold charts."""
_TOO_MANY: Final = NotConverted(
    Reason("请对方另存为 .docx 重发。", "请另存为 .docx 重发。").within(
        f"一封信里要转换的文件超过 {_MOST_CONVERTED} 个，其余没有转换。"
    )
)


Convert = Callable[[Sequence[ConversionRequest]], Conversions]
"""Gives files to LibreOffice. Those it did not come to, because the service is stopping, are missing in the answer."""

OnSettled = Callable[[Transaction, SettledLetter], None]
"""Called for each letter within the transaction that settles it; may write there what follows from it."""


@dataclass(frozen=True, slots=True)
class _StartedReading:
    """A letter that is being read in a child process."""

    letter: LetterRecord
    pending: PendingReading | None
    """None where only the header was fetched."""
    converted: Conversions = field(default_factory=dict)
    """What it is read with."""


@dataclass(frozen=True, slots=True)
class _FinishedReading:
    started: _StartedReading
    reading: Reading

    def was_converted(self, made: Conversions) -> bool:
        """Whether LibreOffice came to all files that the reading asks for."""
        return all(file.key in made for file in self.reading.unconverted[:_MOST_CONVERTED])


@dataclass(frozen=True, slots=True)
class LetterProcessor:
    """Reads pending letters and settles them: the parts that this needs, connected once."""

    ledger: Ledger
    raws: HashStore
    """The letters' bytes."""
    media: HashStore
    """The pictures' bytes."""
    pool: ReadingPool
    now: Callable[[], datetime]
    letter_limit: int
    """Octets of a letter above which only its header was fetched."""
    convert: Convert | None = None
    """None where there is no LibreOffice."""
    on_settled: OnSettled | None = None
    key: bytes = field(default=b"", repr=False)
    """The installation's: recognises answers to letters of ours (`values.vouching`); b"" recognises none."""
    opening: OpeningDay = field(default_factory=OpeningDay)
    """From when on letters of the mailbox count."""
    neighbours: dict[str, Neighbours] = field(default_factory=dict)
    """By bulletin, those of the last call that ended well: a flood is read in several calls, and loading the articles
    of a year takes a second."""

    def read_pending(self, bulletin: str, register: Register) -> Iterator[tuple[LetterRecord, Verdict]]:
        """Reads the bulletin's pending letters in the order they came; yields each with its verdict once it is stored.

        Killed at any instant and run again, it continues with what is still pending and doubles nothing. The next batch
        is being read while one is settled. Raises ReadingUnavailable when no child process answers; StorageFailed; and,
        after the last letter, the error of the first one that stays pending because a defect keeps it unsettled.
        """
        with self.ledger.reading() as ledger:
            pending = letters.pending(ledger, bulletin)
        if not pending:
            return
        self._refuse_dead_pool()
        neighbours = self._neighbours_of(bulletin, min(letter.received_at for letter in pending))
        defects: list[Exception] = []
        started: list[_StartedReading] = []
        for batch in in_batches(pending, lambda letter: letter.size, letters=_AHEAD):
            following = self._start(batch, register)
            complete = yield from self._finish(started, register, neighbours, defects)
            if not complete:
                break
            started = following
        else:
            yield from self._finish(started, register, neighbours, defects)
        if defects:
            raise defects[0]
        self.neighbours[bulletin] = neighbours

    def _refuse_dead_pool(self) -> None:
        """Raises ReadingUnavailable when no child answers: no letter is to blame, and none is quarantined for it."""
        if not self.pool.is_answering():
            raise ReadingUnavailable(
                "读信的子进程起不来，或没有回答。来信都已存好，修好后自动接着读。请运行 check；由 systemd 管理的，"
                "请确认单元是随程序的 deploy/jianbao.service，内存和进程数没有用完，再重启服务。"
            )

    def _neighbours_of(self, bulletin: str, first: datetime) -> Neighbours:
        """Those for letters received at `first` or later. Taken out: a failed transaction leaves wrong ones."""
        neighbours = self.neighbours.pop(bulletin, None)
        if neighbours is None or not neighbours.reach_back_for(first):
            return Neighbours(bulletin, first)
        return neighbours

    def _start(self, batch: Sequence[LetterRecord], register: Register) -> list[_StartedReading]:
        with self.ledger.writing() as ledger:
            letters.count_attempts(ledger, [letter.id for letter in batch])
        return [
            _StartedReading(letter, None if letter.header_only else self._submit(letter, register)) for letter in batch
        ]

    def _finish(
        self,
        started: Sequence[_StartedReading],
        register: Register,
        neighbours: Neighbours,
        defects: list[Exception],
    ) -> Generator[tuple[LetterRecord, Verdict], None, bool]:
        """Settles the letters. Returns False when some stay pending because the service is stopping.

        defects: takes the errors of letters that stay pending because they cannot be settled.
        """
        finished = [_FinishedReading(each, self._answer(each, register)) for each in started]
        for _ in range(_ROUNDS):
            finished = self._convert_and_reread(finished, register)
        self.media.put_all(_pictures(*(each.reading for each in finished)))
        self.media.sync()
        for each, verdict in self._settle_batch(finished, register, neighbours, defects):
            yield each.started.letter, verdict
        return len(finished) == len(started)

    def _convert_and_reread(self, finished: Sequence[_FinishedReading], register: Register) -> list[_FinishedReading]:
        """Converts the files that the readings ask for, and reads those letters again with them. Leaves out the letters
        that LibreOffice did not come to, because the service is stopping."""
        wanted = {file.key: file for each in finished for file in each.reading.unconverted[:_MOST_CONVERTED]}
        if self.convert is None or not wanted:
            return list(finished)
        made = self.convert(list(wanted.values()))
        restarted = [(each, self._restart(each, made, register)) for each in finished if each.was_converted(made)]
        return [
            each if again is None else _FinishedReading(again, self._answer(again, register))
            for each, again in restarted
        ]

    def _restart(self, finished: _FinishedReading, made: Conversions, register: Register) -> _StartedReading | None:
        """None for a reading that asks for nothing."""
        if not finished.reading.unconverted:
            return None
        letter = finished.started.letter
        keys = [file.key for file in finished.reading.unconverted]
        converted = {**finished.started.converted, **{key: made.get(key, _TOO_MANY) for key in keys}}
        return _StartedReading(letter, self._submit(letter, register, converted), converted)

    def _submit(
        self, letter: LetterRecord, register: Register, converted: Conversions = NO_CONVERSIONS
    ) -> PendingReading:
        return self.pool.start_reading(
            self.raws.path(letter.sha256),
            letter.size,
            register,
            converted,
            released=letter.released,
            added=letter.added,
        )

    def _answer(self, started: _StartedReading, register: Register) -> Reading:
        """Waits for a reading; a letter that keeps crashing its reader is quarantined."""
        letter = started.letter
        if started.pending is None:
            return self._quarantined(letter, register, oversize_reason(letter.size, self.letter_limit))
        answer, converted = started.pending.wait(), started.converted
        attempts = letter.attempts + 1
        while isinstance(answer, Crash) and attempts < ATTEMPTS:
            _log.warning("reading failed", letter=letter.sha256, attempt=attempts, reason=crash_reason(answer))
            with self.ledger.writing() as ledger:
                letters.count_attempts(ledger, [letter.id])
            attempts += 1
            converted = without_drawings(converted)  # the text is worth more than they are
            answer = self._submit(letter, register, converted).wait()
        if isinstance(answer, Reading):
            return answer
        if answer.kind is CrashKind.DIED and not self.pool.is_answering():
            with self.ledger.writing() as ledger:
                letters.forget_attempts(ledger, letter.bulletin)
            self._refuse_dead_pool()
        why = crash_reason(answer)
        _log.error("letter quarantined", letter=letter.sha256, attempts=attempts, reason=why)
        remedy = Reason("可请对方另存为 .docx 重发，或稍后重读。", "可请另存为 .docx 重发。")
        reason = remedy.within(f"试读 {attempts} 次都没有成功：{why}。原信已保存；")
        return self._quarantined(letter, register, reason)

    def _quarantined(self, letter: LetterRecord, register: Register, reason: Reason) -> Reading:
        """The reading of a letter of which only the header can be read; one that its subject seals stays sealed."""
        header = self.pool.header(self.raws.path(letter.sha256), register, released=letter.released)
        return header if header.seal else replace(header, verdict=Verdict.QUARANTINED, reason=reason)

    def _settle_batch(
        self,
        finished: Sequence[_FinishedReading],
        register: Register,
        neighbours: Neighbours,
        defects: list[Exception],
    ) -> list[tuple[_FinishedReading, Verdict]]:
        """Settles the letters in one transaction: a commit takes longer than settling a letter.

        When one of them cannot be settled, each gets a transaction of its own: the others get their verdicts, and its
        error is added to `defects`.
        """
        try:
            return self._settle_together(finished, neighbours)
        except JianbaoError:
            raise
        except Exception as error:  # noqa: BLE001 - a defect that one letter meets
            _log.warning("batch not settled, its letters follow one by one", reason=type(error).__name__)
            neighbours.forget()
        settled = []
        for each in finished:
            try:
                settled += self._settle_alone(each, register, neighbours)
            except JianbaoError:
                raise
            except Exception as error:  # noqa: BLE001 - raised by `read_pending`, after the other letters
                neighbours.forget()
                defects.append(error)
        return settled

    def _settle_alone(
        self, finished: _FinishedReading, register: Register, neighbours: Neighbours
    ) -> list[tuple[_FinishedReading, Verdict]]:
        """Settles one letter. One that a defect keeps from being settled stays pending, and its error is raised; after
        ATTEMPTS readings it is quarantined, else it would be read at every poll for good. One to be sealed stays
        pending: quarantined, it could be opened."""
        letter = finished.started.letter
        attempts = letter.attempts + 1
        try:
            return self._settle_together([finished], neighbours)
        except JianbaoError:
            raise
        except Exception as error:
            defect = type(error).__name__
            _log.error("letter not settled", letter=letter.sha256, attempts=attempts, reason=defect)
            if attempts < ATTEMPTS or finished.reading.seal:
                raise
            neighbours.forget()
        reason = Reason("请维护人员看日志；改好后可重读。", "").within(
            f"读了 {attempts} 次，都因程序出错（{defect}）没有记下结果。原信已保存；"
        )
        quarantined = self._quarantined(letter, register, reason)
        return self._settle_together([replace(finished, reading=quarantined)], neighbours)

    def _settle_together(
        self, finished: Sequence[_FinishedReading], neighbours: Neighbours
    ) -> list[tuple[_FinishedReading, Verdict]]:
        """Leaves out the letters that another process has settled while they were read."""
        withheld: set[str] = set()
        settled: list[tuple[_FinishedReading, SettledLetter]] = []
        with self.ledger.writing() as ledger:
            pending = letters.pending_among(ledger, [each.started.letter.id for each in finished])
            for each in finished:
                if each.started.letter.id in pending:
                    letter = self._settle(ledger, each.started.letter, each.reading, neighbours, withheld)
                    settled.append((each, letter))
        # After the whole batch: another of its letters may bring the same picture.
        destroy_unused(self.ledger, self.media, withheld)
        for _, letter in settled:
            made = [article.id for article in letter.articles]
            _log.info(
                "letter settled",
                bulletin=letter.bulletin,
                letter=letter.sha256,
                verdict=letter.verdict.value,
                articles=made,
            )
        return [(each, letter.verdict) for each, letter in settled]

    def _settle(
        self,
        ledger: Transaction,
        letter: LetterRecord,
        reading: Reading,
        neighbours: Neighbours,
        withheld: set[str],
    ) -> SettledLetter:
        """withheld: takes the pictures of sealed texts."""
        at = self.now()
        if letter.uid is not None:  # an imported letter is taken as of its date
            reading = self.opening.judged(reading, letter.received_at, letter.stored_at or at, again=letter.was_read)
        if not reading.vouched and answers_our_letter(reading.answers, reading.head.sender, self.key):
            reading = replace(reading, vouched=True)
        settled = settle_reading(ledger, letter, reading, neighbours, at)
        # Another process may have destroyed one as unused since the batch was stored; it does so as a writer.
        self.media.put_missing(_pictures(reading))
        if reading.addition is not None and any(article.added_pictures for article in settled.articles):
            # Only now is it known that an article takes them; they are on the disk before the commit.
            self.media.put_all({picture.sha256: picture.data for picture in reading.addition.media})
            self.media.sync()
        letters.settle(
            ledger,
            letter.id,
            settled.verdict,
            settled.reason.for_clerk,
            at=at,
            details=LetterDetails(
                sender=reading.sender,
                subject=reading.subject,
                message_id=reading.message_id,
                content=reading.content,
            ),
            articles=[article.id for article in settled.articles],
        )
        if reading.seal:
            withheld |= seal_letter(ledger, letter, reading.seal, at=at)
            neighbours.note_changed()
        if self.on_settled is not None:
            self.on_settled(ledger, settled)
        return settled


def _pictures(*readings: Reading) -> dict[str, bytes]:
    """The pictures of all articles by their SHA-256, which `intake.answers` has checked."""
    articles = (article for reading in readings for article in reading.articles)
    return {picture.sha256: picture.data for article in articles for picture in article.media}


def oversize_reason(size: int, limit: int) -> Reason:
    """Why a letter of which only the header was fetched is quarantined. size, limit: in octets; a size
    within the limit is that of the header, where that of the letter is not stored."""
    how_large = f"有 {size / 1e6:.0f} MB，" if size > limit else ""
    what = f"来信{how_large}超过上限 {limit / 1e6:.0f} MB，只收下了信头，全文仍在邮箱里。"
    return Reason("请登录邮箱网页查看，或请对方压缩图片后重发。", "请压缩图片后重发。").within(what)
