"""From kept letters to articles: reads every pending letter, and settles each in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import Connection

from archive import articles, letters
from archive.articles import NewArticle
from archive.database import Ledger
from archive.files import HashStore
from archive.letters import LetterRecord
from intake.fetch.mailbox import in_batches
from intake.pool import Crash, ReadingFuture, ReadingPool
from intake.read.legacy import NOTHING_CONVERTED, Converted, NotConverted, key_of
from intake.reading import Draft, Reading, Register, read_header
from values.letter import Verdict
from values.manuscript import Picture, Table
from values.outgoing import SettledArticle, SettledLetter

_log = structlog.get_logger(__name__)

ATTEMPTS: Final = 3
_AHEAD: Final = 16
"""Letters being read while earlier ones are settled; also how many attempts one commit counts."""
_MOST_CONVERTED: Final = 20
_TOO_MANY: Final = NotConverted(
    f"一封信里要转换的文件超过 {_MOST_CONVERTED} 个，其余没有转换。请对方另存为 .docx 重发。"
)

Convert = Callable[[Sequence[bytes]], Sequence[bytes | NotConverted]]
"""Makes .docx of files in older formats, an answer for each, in order."""

Told = Callable[[Connection, SettledLetter], None]
"""Hears of each letter in the transaction that settles it, and may write there what follows from it."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """A letter that is being read; without a future there is only its header to read."""

    letter: LetterRecord
    future: ReadingFuture | None
    converted: Converted = field(default_factory=dict)


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
        begun: list[_Begun] = []
        for batch in in_batches(waiting, lambda letter: letter.size, letters=_AHEAD):
            following = self._begin(batch, register)
            yield from self._finish(begun, register)
            begun = following
        yield from self._finish(begun, register)

    def _begin(self, batch: Sequence[LetterRecord], register: Register) -> list[_Begun]:
        with self._ledger.writing() as ledger:
            letters.begin_attempts(ledger, [letter.id for letter in batch])
        return [_Begun(letter, None if letter.header_only else self._submit(letter, register)) for letter in batch]

    def _finish(self, begun: Sequence[_Begun], register: Register) -> Iterator[tuple[LetterRecord, Verdict]]:
        readings = self._with_converted(begun, [self._answer(one, register) for one in begun], register)
        pictures = [picture.data for reading in readings for draft in reading.drafts for picture in draft.media]
        self._media.put_all(pictures)
        self._media.sync()
        for one, reading in zip(begun, readings, strict=True):
            verdict = self._settle(one.letter, reading)
            if verdict is not None:
                yield one.letter, verdict

    def _with_converted(
        self, begun: Sequence[_Begun], readings: Sequence[Reading], register: Register
    ) -> Sequence[Reading]:
        """The readings; of letters with files in older formats, second ones that know what was made of them."""
        waiting = {key_of(data): data for reading in readings for data in reading.unconverted[:_MOST_CONVERTED]}
        if self._convert is None or not waiting:
            return readings
        made = dict(zip(waiting, self._convert(list(waiting.values())), strict=True))
        again: list[tuple[_Begun, Reading]] = []
        for one, reading in zip(begun, readings, strict=True):
            converted = {key_of(data): made.get(key_of(data), _TOO_MANY) for data in reading.unconverted}
            future = self._submit(one.letter, register, converted) if converted else None
            again.append((_Begun(one.letter, future, converted), reading))
        return [self._answer(one, register) if one.converted else reading for one, reading in again]

    def _submit(
        self, letter: LetterRecord, register: Register, converted: Converted = NOTHING_CONVERTED
    ) -> ReadingFuture:
        return self._pool.submit(self._raws.path(letter.sha256), letter.size, register, converted)

    def _answer(self, one: _Begun, register: Register) -> Reading:
        """Waits for a reading; a letter that keeps crashing its reader is quarantined."""
        letter = one.letter
        if one.future is None:
            return read_header(self._raws.read(letter.sha256), letter.size, self._letter_limit, register)
        answer = self._pool.result(one.future)
        attempts = letter.attempts + 1
        while isinstance(answer, Crash) and attempts < ATTEMPTS:
            _log.warning("reading failed", letter=letter.sha256, attempt=attempts, reason=answer.reason)
            with self._ledger.writing() as ledger:
                letters.begin_attempts(ledger, [letter.id])
            attempts += 1
            answer = self._pool.result(self._submit(letter, register, one.converted))
        if isinstance(answer, Reading):
            return answer
        _log.error("letter quarantined", letter=letter.sha256, attempts=attempts, reason=answer.reason)
        reason = f"试读 {attempts} 次都没有成功：{answer.reason}。原信已保存；可请对方另存为 .docx 重发，或稍后重读。"
        header = self._pool.header(self._raws.path(letter.sha256), register)
        return replace(header, verdict=Verdict.QUARANTINED, reason=reason)

    def _settle(self, letter: LetterRecord, reading: Reading) -> Verdict | None:
        with self._ledger.writing() as ledger:
            if not letters.is_pending(ledger, letter.id):
                return None  # another process settled it while we read
            settled = _write_drafts(ledger, letter, reading, self._now())
            letters.settle(
                ledger,
                letter.id,
                settled.verdict,
                settled.reason,
                at=self._now(),
                sender=reading.sender,
                subject=reading.subject,
                message_id=reading.message_id,
                articles=[article.id for article in settled.articles],
            )
            if self._told is not None:
                self._told(ledger, settled)
        made = [article.id for article in settled.articles]
        _log.info("letter settled", letter=letter.sha256, verdict=settled.verdict.value, articles=made)
        return settled.verdict


def _write_drafts(ledger: Connection, letter: LetterRecord, reading: Reading, at: datetime) -> SettledLetter:
    """Writes what is new, links what is known already."""
    made: list[SettledArticle] = []
    repeats: list[str] = []
    for draft in reading.drafts:
        new = _new_article(letter, reading, draft)
        same = articles.same_article(ledger, new)
        if same is None:
            made.append(_settled_article(articles.add_article(ledger, letter.id, new, at=at), draft))
        elif new.confirmed and not same.confirmed:
            reason = f"与稿件 {same.id} 相同，后由已登记的单位来信确认，没有重复成稿"
            articles.confirm(ledger, same.id, new.department, Verdict.DUPLICATE, reason, at=at)
            made.append(_settled_article(same.id, draft))
        else:
            made.append(replace(_settled_article(same.id, draft), repeated=True))
            repeats.append(f"《{draft.manuscript.title}》与稿件 {same.id}（{same.department or '单位不明'}）内容相同")
    repeats = list(dict.fromkeys(repeats))
    if made and all(article.repeated for article in made):
        return _settled_letter(letter, reading, Verdict.DUPLICATE, "；".join(repeats) + "，没有重复成稿", made)
    reason = "；".join([reading.reason, *(f"其中{repeat}" for repeat in repeats)])
    return _settled_letter(letter, reading, reading.verdict, reason, made)


def _settled_letter(
    letter: LetterRecord, reading: Reading, verdict: Verdict, reason: str, made: Sequence[SettledArticle]
) -> SettledLetter:
    return SettledLetter(
        id=letter.id,
        bulletin=letter.bulletin,
        sha256=letter.sha256,
        received_at=letter.received_at,
        fetched=letter.uid is not None,
        head=reading.head,
        subject=reading.subject,
        verdict=verdict,
        reason=reason,
        concerns=reading.concerns,
        articles=tuple(made),
    )


def _settled_article(article_id: int, draft: Draft) -> SettledArticle:
    manuscript = draft.manuscript
    return SettledArticle(
        id=article_id,
        title=manuscript.title,
        characters=len("".join(manuscript.text.split())),
        pictures=sum(isinstance(block, Picture) for block in manuscript.blocks),
        tables=sum(isinstance(block, Table) for block in manuscript.blocks),
        findings=draft.findings,
    )


def _new_article(letter: LetterRecord, reading: Reading, draft: Draft) -> NewArticle:
    return NewArticle(
        bulletin=letter.bulletin,
        section=draft.section,
        department=draft.department,
        confirmed=reading.verdict is not Verdict.UNCONFIRMED,
        received_at=letter.received_at,
        attachment=draft.attachment,
        content_sha256=draft.content_sha256,
        text_sha256=draft.text_sha256,
        manuscript=draft.manuscript,
        findings=draft.findings,
    )
