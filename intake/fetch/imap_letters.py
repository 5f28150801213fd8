"""Letters over one IMAP session: what the server announces of them, and their bytes, checked against each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from io import BytesIO
from typing import Any

import structlog

from intake.fetch.arrival import arrival, aware, header_block
from intake.fetch.imap_faults import unfetched
from intake.fetch.imap_session import Refused, Session
from intake.fetch.mailbox import HEADER_LIMIT, Folder, Gone, Oversize, Received, Unfetched
from values.letter import Letter, Place

_log = structlog.get_logger(__name__)

PART = 1 << 20
"""Octets of a large letter asked for at once. A 50 MB letter: 0.21 s and 25 MB; whole 0.60 s and 71 MB (measured)."""

_SLACK = 1 << 20
"""Octets an answer may have beyond the letters in it."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What the server says of a letter before it is fetched. It may lie."""

    uid: int
    size: int
    internal_date: datetime | None


Planned = Announced | Gone | Unfetched


class LetterFetch:
    """Fetches letters over one session. Raises what the session raises: Refused, Broken, Unfinished.

    limit: octets above which only the header is fetched. clock: the arrival time when nothing else tells one.
    """

    def __init__(self, session: Session, folder: Folder, *, limit: int, clock: Callable[[], datetime]) -> None:
        self.session = session
        self.folder = folder
        self._limit = limit
        self._clock = clock

    def plan(self, uids: Sequence[int]) -> list[Planned]:
        """What is known of each UID, in the order given. A UID the server is silent about is searched for again."""
        answers = self._sizes(uids)
        silent = [uid for uid in uids if uid not in answers]
        if not silent:
            return [answers[uid] for uid in uids]
        existing = self._existing(silent)
        answers |= self._sizes(sorted(existing))
        return [answers.get(uid) or self._absent(uid, existing, "服务器没有给出大小") for uid in uids]

    def weigh(self, planned: Planned) -> int:
        """Octets that fetching this will take."""
        match planned:
            case Announced(size=size):
                return size if size <= self._limit else HEADER_LIMIT
            case _:
                return 0

    def together(self, batch: Sequence[Planned]) -> tuple[Received, ...]:
        """The small letters of a batch in one command, each large one in parts."""
        small = [one for one in batch if isinstance(one, Announced) and one.size <= min(PART, self._limit)]
        bodies = self._whole(small)
        return tuple(self._received(one, bodies.get(one.uid)) if isinstance(one, Announced) else one for one in batch)

    def alone(self, letter: Announced) -> Received:
        """One letter in parts, whose length is ours to choose: it comes even when its size was a lie."""
        return self._received(letter, None)

    def _received(self, letter: Announced, body: bytes | None) -> Received:
        if letter.size > self._limit:
            return self._header_only(letter)
        body = self._in_parts(letter) if body is None else body
        if body is None:
            return self._absent(letter.uid, self._existing((letter.uid,)), "服务器没有给出内容")
        if not _is_whole(body, letter.size):
            again = self._in_parts(letter)
            if again is None or (again != body and not _is_whole(again, letter.size)):
                return Unfetched(letter.uid, unfetched("两次取到的内容不一样"))
            body = again  # the same twice: this is the letter, and the size was wrong
        if len(body) != letter.size:
            _log.info("imap_size_differs", uid=letter.uid, announced=letter.size, received=len(body))
        if len(body) > self._limit:
            return self._oversize(letter, header_block(body, HEADER_LIMIT), len(body))
        return Letter(body, self._received_at(letter, body), self._place(letter.uid))

    def _sizes(self, uids: Sequence[int]) -> dict[int, Announced]:
        if not uids:
            return {}
        answers = self.session.fetch(uids, ("RFC822.SIZE", "INTERNALDATE"), _SLACK)
        return {
            uid: Announced(uid, answer[b"RFC822.SIZE"], _zoned(answer.get(b"INTERNALDATE")))
            for uid, answer in answers.items()
            if isinstance(answer.get(b"RFC822.SIZE"), int)
        }

    def _existing(self, uids: Collection[int]) -> set[int]:
        """Which of these the server still lists; all of them when it does not say."""
        try:
            return set(self.session.search("UID", ",".join(map(str, uids)))) & set(uids)
        except Refused:
            return set(uids)

    def _absent(self, uid: int, existing: Collection[int], why: str) -> Gone | Unfetched:
        return Unfetched(uid, unfetched(why)) if uid in existing else Gone(uid)

    def _whole(self, letters: Sequence[Announced]) -> dict[int, bytes]:
        """Several letters in one command. What the server is silent about is missing."""
        if not letters:
            return {}
        octets = 2 * sum(letter.size for letter in letters) + _SLACK
        answers = self.session.fetch([letter.uid for letter in letters], ("BODY.PEEK[]",), octets)
        bodies = {uid: answer.get(b"BODY[]") for uid, answer in answers.items()}
        return {uid: body for uid, body in bodies.items() if isinstance(body, bytes)}

    def _in_parts(self, letter: Announced) -> bytes | None:
        """One letter, part by part. None when the server has no content for it."""
        whole = BytesIO()
        while True:
            offset = whole.tell()
            try:
                answer = self._ask(letter, f"BODY.PEEK[]<{offset}.{PART}>")
            except Refused:
                if offset:
                    raise
                return self._whole([letter]).get(letter.uid)  # a server without partial fetch
            if isinstance(answer.get(b"BODY[]"), bytes):
                return bytes(answer[b"BODY[]"])  # it gave the whole instead of the part
            part = answer.get(b"BODY[]<%d>" % offset)
            if not isinstance(part, bytes):
                return whole.getvalue() if offset else None
            whole.write(part)
            at_end = not part or (len(part) < PART and whole.tell() >= letter.size)
            if at_end or whole.tell() > self._limit:
                return whole.getvalue()

    def _header_only(self, letter: Announced) -> Received:
        answer = self._ask(letter, f"BODY.PEEK[HEADER]<0.{HEADER_LIMIT}>")
        header = answer.get(b"BODY[HEADER]<0>", answer.get(b"BODY[HEADER]"))
        if isinstance(header, bytes):
            return self._oversize(letter, header[:HEADER_LIMIT], letter.size)
        return self._absent(letter.uid, self._existing((letter.uid,)), "服务器没有给出信头")

    def _ask(self, letter: Announced, item: str) -> Mapping[bytes, Any]:
        octets = min(letter.size, self._limit) * 5 // 4 + PART + _SLACK
        return self.session.fetch([letter.uid], (item,), octets).get(letter.uid, {})

    def _oversize(self, letter: Announced, header: bytes, size: int) -> Oversize:
        return Oversize(header, size, self._received_at(letter, header), self._place(letter.uid))

    def _received_at(self, letter: Announced, raw: bytes) -> datetime:
        if letter.internal_date is not None:
            return letter.internal_date
        now = self._clock()
        return arrival(header_block(raw, HEADER_LIMIT), latest_year=now.year + 1) or now

    def _place(self, uid: int) -> Place:
        return Place(self.folder.account, self.folder.name, self.folder.uidvalidity, uid)


def _is_whole(body: bytes, size: int) -> bool:
    """Whether nothing can be missing. Some servers count line ends as CRLF and send LF."""
    return len(body) >= size or len(body) + body.count(b"\n") - body.count(b"\r\n") >= size


def _zoned(when: object) -> datetime | None:
    """INTERNALDATE with a zone of the standard library; None for one that cannot be."""
    if not isinstance(when, datetime):
        return None
    try:
        zoned = aware(when)
        return zoned.replace(tzinfo=timezone(zoned.utcoffset() or timedelta()))
    except ValueError:
        return None
