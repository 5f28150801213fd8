"""From kept letters to articles: reads every pending letter, and settles each in one transaction."""

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
from intake.pool import PendingReading, ReadingPool, crash_reason
from intake.reading import Reading, read_header
from intake.register import Register
from intake.settle import settle_reading
from programs.children import Crash
from programs.conversion import NO_CONVERSIONS, ConversionRequest, Conversions, NotConverted, without_drawings
from values.batches import in_batches
from values.letter import Verdict
from values.outgoing import SettledLetter
from values.reason import Reason

_log = structlog.get_logger(__name__)

ATTEMPTS: Final = 3
_AHEAD: Final = 16
"""Letters being read while earlier ones are settled; also how many attempts one commit counts."""
_MOST_CONVERTED: Final = 20
_ROUNDS: Final = 3
"""How often a letter may ask for LibreOffice: a .doc becomes a .docx, which may hold charts."""
_TOO_MANY: Final = NotConverted(
    Reason("请对方另存为 .docx 重发。", "请另存为 .docx 重发。").within(
        f"一封信里要转换的文件超过 {_MOST_CONVERTED} 个，其余没有转换。"
    )
)

Convert = Callable[[Sequence[ConversionRequest]], Conversions]
"""Gives files to LibreOffice. Those that had no turn because the service is stopping are missing from the answer."""

Told = Callable[[Transaction, SettledLetter], None]
"""Hears of each letter in the transaction that settles it, and may write there what follows from it."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """A letter that is being read; without a future there is only its header to read."""

    letter: LetterRecord
    future: PendingReading | None
    converted: Conversions = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Read:
    begun: _Begun
    reading: Reading

    def had_its_turn(self, made: Conversions) -> bool:
        return all(file.key in made for file in self.reading.unconverted[:_MOST_CONVERTED])


class DraftingRoom:
    """The parts that reading needs, connected once. convert: None where there is no LibreOffice. told: None when
    nobody wants to hear."""

    def __init__(
        self,
        ledger: Ledger,
        raws: HashStore,
        media: HashStore,
        pool: ReadingPool,
        now: Callable[[], datetime],
        letter_limit: int,
        convert: Convert | None = None,
        told: Told | None = None,
    ) -> None:
        self._ledger = ledger
        self._raws = raws
        self._media = media
        self._pool = pool
        self._now = now
        self._letter_limit = letter_limit
        self._convert = convert
        self._told = told

    def read_pending(self, bulletin: str, register: Register) -> Iterator[tuple[LetterRecord, Verdict]]:
        """Reads the bulletin's pending letters in the order they came; yields each with its verdict once it is stored.

        Killed at any instant and run again, it goes on with what is still pending and doubles nothing. The next batch
        is being read while one is settled.
        """
        with self._ledger.reading() as ledger:
            waiting = letters.pending(ledger, bulletin)
        neighbours = Neighbours(bulletin, min((one.received_at for one in waiting), default=self._now()))
        begun: list[_Begun] = []
        for batch in in_batches(waiting, lambda letter: letter.size, letters=_AHEAD):
            following = self._begin(batch, register)
            complete = yield from self._finish(begun, register, neighbours)
            if not complete:
                return
            begun = following
        yield from self._finish(begun, register, neighbours)

    def _begin(self, batch: Sequence[LetterRecord], register: Register) -> list[_Begun]:
        with self._ledger.writing() as ledger:
            letters.count_attempts(ledger, [letter.id for letter in batch])
        return [_Begun(letter, None if letter.header_only else self._submit(letter, register)) for letter in batch]

    def _finish(
        self, begun: Sequence[_Begun], register: Register, neighbours: Neighbours
    ) -> Generator[tuple[LetterRecord, Verdict], None, bool]:
        """Settles what was read. Returns False when letters stay pending because the service is stopping."""
        read = [_Read(one, self._answer(one, register)) for one in begun]
        for _ in range(_ROUNDS):
            read = self._round(read, register)
        self._media.put_all([picture.data for one in read for draft in one.reading.drafts for picture in draft.media])
        self._media.sync()
        for one in read:
            verdict = self._settle(one.begun.letter, one.reading, neighbours)
            if verdict is not None:
                yield one.begun.letter, verdict
        return len(read) == len(begun)

    def _round(self, read: Sequence[_Read], register: Register) -> list[_Read]:
        """Has made what the readings ask for, and those letters read again with it. Leaves out the letters that have to
        wait for it, because the service is stopping."""
        asked = {file.key: file for one in read for file in one.reading.unconverted[:_MOST_CONVERTED]}
        if self._convert is None or not asked:
            return list(read)
        made = self._convert(list(asked.values()))
        again = [(one, self._begin_again(one, made, register)) for one in read if one.had_its_turn(made)]
        return [one if begun is None else _Read(begun, self._answer(begun, register)) for one, begun in again]

    def _begin_again(self, one: _Read, made: Conversions, register: Register) -> _Begun | None:
        if not one.reading.unconverted:
            return None
        keys = [file.key for file in one.reading.unconverted]
        converted = {**one.begun.converted, **{key: made.get(key, _TOO_MANY) for key in keys}}
        return _Begun(one.begun.letter, self._submit(one.begun.letter, register, converted), converted)

    def _submit(
        self, letter: LetterRecord, register: Register, converted: Conversions = NO_CONVERSIONS
    ) -> PendingReading:
        return self._pool.start_reading(self._raws.path(letter.sha256), letter.size, register, converted)

    def _answer(self, one: _Begun, register: Register) -> Reading:
        """Waits for a reading; a letter that keeps crashing its reader is quarantined."""
        letter = one.letter
        if one.future is None:
            return read_header(self._raws.read(letter.sha256), letter.size, self._letter_limit, register)
        answer, converted = one.future.wait(), one.converted
        attempts = letter.attempts + 1
        while isinstance(answer, Crash) and attempts < ATTEMPTS:
            _log.warning("reading failed", letter=letter.sha256, attempt=attempts, reason=crash_reason(answer))
            with self._ledger.writing() as ledger:
                letters.count_attempts(ledger, [letter.id])
            attempts += 1
            converted = without_drawings(converted)  # the text is worth more than they are
            answer = self._submit(letter, register, converted).wait()
        if isinstance(answer, Reading):
            return answer
        why = crash_reason(answer)
        _log.error("letter quarantined", letter=letter.sha256, attempts=attempts, reason=why)
        remedy = Reason("可请对方另存为 .docx 重发，或稍后重读。", "可请另存为 .docx 重发。")
        reason = remedy.within(f"试读 {attempts} 次都没有成功：{why}。原信已保存；")
        header = self._pool.header(self._raws.path(letter.sha256), register)
        return replace(header, verdict=Verdict.QUARANTINED, reason=reason)

    def _settle(self, letter: LetterRecord, reading: Reading, neighbours: Neighbours) -> Verdict | None:
        with self._ledger.writing() as ledger:
            if not letters.is_pending(ledger, letter.id):
                return None  # another process settled it while we read
            at = self._now()
            settled = settle_reading(ledger, letter, reading, neighbours, at)
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
            if self._told is not None:
                self._told(ledger, settled)
        made = [article.id for article in settled.articles]
        _log.info("letter settled", letter=letter.sha256, verdict=settled.verdict.value, articles=made)
        return settled.verdict
