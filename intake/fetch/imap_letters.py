"""Letters over one IMAP session: what the server announces, and the bytes, checked against each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from io import BytesIO
from typing import Any, Final

import structlog

from archive.files import IncomingFile
from intake.fetch.arrival import arrival, aware, header_block
from intake.fetch.content import Content, are_same, drop, head_of, is_blank, is_whole, size_of
from intake.fetch.imap_client import CommandRefused
from intake.fetch.imap_faults import unfetched
from intake.fetch.imap_search import existing
from intake.fetch.imap_session import ImapSession
from intake.fetch.mailbox import HEADER_LIMIT, Folder, Gone, LargeLetter, Oversize, Received, Unfetched
from intake.parse.addresses import parse_addresses
from intake.parse.headers import parse_header
from values.letter import Letter, Place

_log = structlog.get_logger(__name__)

PART = 1 << 20
"""Octets of a large letter asked for at once. A 50 MB letter: 0.21 s and 25 MB; whole 0.60 s and 71 MB (measured)."""

_SLACK = 1 << 20
"""Octets that an answer may have beyond the letters in it."""

_FROM = "BODY.PEEK[HEADER.FIELDS (FROM)]<0.1024>"
"""Enough to identify the sender; cut, so that one endless header cannot fill the answer for all."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What the server announces of a letter before it is fetched. It may be wrong."""

    uid: int
    size: int
    """Octets."""
    internal_date: datetime | None
    """When the server got it, aware; None when the server gives no valid date."""
    sender: str = ""
    """The From address; "" when it was not asked for."""


Planned = Announced | Gone | Unfetched

_NO_CONTENT: Final = "服务器没有给出内容"
"""The folder lists the letter with its size, and its content is NIL, missing or blank."""


class LetterFetch:
    """Fetches letters over one session. Raises what the session raises: CommandRefused, ConnectionBroken, Unfinished.

    limit: octets above which only the header is fetched. clock: the arrival time when nothing else tells one.
    spool: opens a file for a letter of several parts; None holds it in memory.
    """

    def __init__(
        self,
        session: ImapSession,
        folder: Folder,
        *,
        limit: int,
        clock: Callable[[], datetime],
        spool: Callable[[], IncomingFile] | None = None,
    ) -> None:
        self.session = session
        self.folder = folder
        self._limit = limit
        self._clock = clock
        self._spool = spool

    def plan(self, uids: Sequence[int], *, with_senders: bool = False) -> list[Planned]:
        """What the server announces of each UID, in the order given. UIDs without an answer are searched for again."""
        answers = self._announced(uids, with_senders=with_senders)
        unanswered = [uid for uid in uids if uid not in answers]
        if not unanswered:
            return [answers[uid] for uid in uids]
        listed = existing(self.session, unanswered)
        answers |= self._announced(sorted(listed))
        return [answers.get(uid) or _absent(uid, listed, "服务器没有给出大小") for uid in uids]

    def weigh(self, planned: Planned) -> int:
        """Octets that fetching it takes."""
        match planned:
            case Announced(size=size):
                return size if size <= self._limit else HEADER_LIMIT
            case _:
                return 0

    def together(self, batch: Sequence[Planned]) -> tuple[Received, ...]:
        """The small letters of a batch in one command, each large one in parts."""
        announced = [planned for planned in batch if isinstance(planned, Announced)]
        small = [letter for letter in announced if letter.size <= min(PART, self._limit)]
        bodies = self._whole(small)
        received: list[Received] = []
        try:
            for planned in batch:
                if isinstance(planned, Announced):
                    received.append(self._received(planned, bodies.get(planned.uid)))
                else:
                    received.append(planned)
        except BaseException:
            for letter in received:
                drop(letter.content if isinstance(letter, LargeLetter) else None)
            raise
        return tuple(received)

    def alone(self, letter: Announced) -> Received:
        """One letter in parts, whose length we choose: that works even when the announced size is wrong."""
        return self._received(letter, None)

    def _received(self, letter: Announced, body: Content | None) -> Received:
        if letter.size > self._limit:
            return self._header_only(letter)
        content = self._in_parts(letter) if body is None else body
        if content is None:
            return _absent(letter.uid, existing(self.session, (letter.uid,)), _NO_CONTENT)
        if not is_whole(content, letter.size):
            again = self._once_more(letter, content)
            if again is None:
                return Unfetched(letter.uid, unfetched("两次取到的内容不一样"))
            content = again
        size = size_of(content)
        if size != letter.size:
            _log.info("imap_size_differs", uid=letter.uid, announced=letter.size, received=size)
        header = header_block(head_of(content, HEADER_LIMIT), HEADER_LIMIT)
        if size > self._limit:
            drop(content)
            return self._oversize(letter, header, size)
        when, place = self._received_at(letter, header), self._place(letter.uid)
        return Letter(content, when, place) if isinstance(content, bytes) else LargeLetter(content, when, place)

    def _once_more(self, letter: Announced, content: Content) -> Content | None:
        """The letter fetched again; None when it is neither whole nor the same as before.

        The same bytes twice are the letter; then the announced size was wrong.
        """
        try:
            again = self._in_parts(letter)
            if again is None or are_same(again, content) or is_whole(again, letter.size):
                return again
        finally:
            drop(content)
        drop(again)
        return None

    def _announced(self, uids: Sequence[int], *, with_senders: bool = False) -> dict[int, Announced]:
        if not uids:
            return {}
        items = ("RFC822.SIZE", "INTERNALDATE", *((_FROM,) if with_senders else ()))
        answers = self.session.fetch(uids, items, _SLACK)
        return {
            uid: Announced(uid, answer[b"RFC822.SIZE"], _zoned(answer.get(b"INTERNALDATE")), _sender(answer))
            for uid, answer in answers.items()
            if isinstance(answer.get(b"RFC822.SIZE"), int)
        }

    def _whole(self, letters: Sequence[Announced]) -> dict[int, bytes]:
        """Several letters in one command. Missing are those without an answer, and those announced with a size whose
        content is blank: some servers send an empty literal where others send NIL."""
        if not letters:
            return {}
        octets = 2 * sum(letter.size for letter in letters) + _SLACK
        answers = self.session.fetch([letter.uid for letter in letters], ("BODY.PEEK[]",), octets)
        bodies = {uid: answer.get(b"BODY[]") for uid, answer in answers.items()}
        sizes = {letter.uid: letter.size for letter in letters}
        return {
            uid: body
            for uid, body in bodies.items()
            if isinstance(body, bytes) and not (sizes.get(uid) and is_blank(body))
        }

    def _in_parts(self, letter: Announced) -> Content | None:
        """One letter, part by part; stops beyond the limit. None when the server gives no content, or blank content for
        an announced size."""
        with self.session.one_letter():
            first = self._part(letter, 0)
            if first is None or (letter.size and is_blank(first[0])):
                return None
            octets, ended = first
            return octets if ended else self._remaining_parts(letter, octets)

    def _remaining_parts(self, letter: Announced, first: bytes) -> Content:
        sink = self._spool() if self._spool else BytesIO()
        try:
            sink.write(first)
            size, ended = len(first), False
            while not ended and size <= self._limit:
                octets, ended = self._part(letter, size) or (b"", True)
                sink.write(octets)
                size += len(octets)
        except BaseException:
            drop(sink if isinstance(sink, IncomingFile) else None)
            raise
        return sink if isinstance(sink, IncomingFile) else sink.getvalue()

    def _part(self, letter: Announced, offset: int) -> tuple[bytes, bool] | None:
        """The octets from `offset` on, and whether they are the last. None when the server gives none."""
        try:
            answer = self._ask(letter, f"BODY.PEEK[]<{offset}.{PART}>")
        except CommandRefused:
            if offset:
                raise
            whole = self._whole([letter]).get(letter.uid)  # a server without partial fetch
            return None if whole is None else (whole, True)
        whole = answer.get(b"BODY[]")
        if isinstance(whole, bytes):
            return whole[offset:], True  # the server ignores the range
        part = answer.get(b"BODY[]<%d>" % offset)
        if not isinstance(part, bytes):
            return None
        return part, not part or (len(part) < PART and offset + len(part) >= letter.size)

    def _header_only(self, letter: Announced) -> Received:
        answer = self._ask(letter, f"BODY.PEEK[HEADER]<0.{HEADER_LIMIT}>")
        header = answer.get(b"BODY[HEADER]<0>", answer.get(b"BODY[HEADER]"))
        if isinstance(header, bytes) and not is_blank(header):
            return self._oversize(letter, header[:HEADER_LIMIT], letter.size)
        return _absent(letter.uid, existing(self.session, (letter.uid,)), "服务器没有给出信头")

    def _ask(self, letter: Announced, item: str) -> Mapping[bytes, Any]:
        octets = min(letter.size, self._limit) * 5 // 4 + PART + _SLACK
        return self.session.fetch([letter.uid], (item,), octets).get(letter.uid, {})

    def _oversize(self, letter: Announced, header: bytes, size: int) -> Oversize:
        return Oversize(header, size, self._received_at(letter, header), self._place(letter.uid))

    def _received_at(self, letter: Announced, header: bytes) -> datetime:
        if letter.internal_date is not None:
            return letter.internal_date
        now = self._clock()
        return arrival(header_block(header, HEADER_LIMIT), latest_year=now.year + 1) or now

    def _place(self, uid: int) -> Place:
        return Place(self.folder.account, self.folder.name, self.folder.uidvalidity, uid)


def _absent(uid: int, listed: Collection[int], why: str) -> Gone | Unfetched:
    return Unfetched(uid, unfetched(why)) if uid in listed else Gone(uid)


def _sender(answer: Mapping[bytes, Any]) -> str:
    """The address in the From field of a FETCH answer, "" for none; servers write the item's name differently."""
    fields = (value for key, value in answer.items() if key.startswith(b"BODY[HEADER") and isinstance(value, bytes))
    header, _ = parse_header(next(fields, b""))
    return next((address.address for address in parse_addresses(header.raw("from"))), "")


def _zoned(when: object) -> datetime | None:
    """INTERNALDATE with a zone of the standard library; None for an invalid one."""
    if not isinstance(when, datetime):
        return None
    try:
        zoned = aware(when)
        return zoned.replace(tzinfo=timezone(zoned.utcoffset() or timedelta()))
    except ValueError:
        return None
