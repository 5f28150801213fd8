"""The mailbox over IMAP: which letters are new, and their bytes in batches that never fill the memory.

Nothing that can be checked is trusted: the list of SEARCH is sorted and filtered, each UID asked for is compared with
what was received, each body with its announced size. A letter that breaks the connection is tried again alone and then
skipped, so that it does not delay the others.
"""

from __future__ import annotations

import contextlib
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

import structlog

from archive.files import IncomingFile
from intake.fetch import imap_faults as faults
from intake.fetch.imap_client import SMALL_ANSWER, CommandRefused, ConnectionBroken, ImapTimeouts
from intake.fetch.imap_faults import ImapServer
from intake.fetch.imap_junk import JunkLetter, junk_from
from intake.fetch.imap_letters import Announced, LetterFetch, Planned
from intake.fetch.imap_marks import Marked, mark_read
from intake.fetch.imap_search import uids_after
from intake.fetch.imap_session import ImapSession, Selected
from intake.fetch.mailbox import FetchLimits, Folder, Received, Registered, Unfetched, Unfinished
from values.batches import in_batches
from values.errors import BadUsage, TryLater
from values.letter import ReadMark
from values.network import is_loopback

_log = structlog.get_logger(__name__)

Security = Literal["tls", "starttls", "none"]

_SIZES_AT_ONCE = 200
"""UIDs in one command for sizes: a line of some 2,200 octets; RFC 7162 4 asks for at most 8,192."""

_RECONNECTIONS = 3
"""In one poll; a connection that breaks more often will not carry this poll."""
_FAILURES_IN_A_ROW = 3
"""Letters that fail one after the other before the fault is looked for in the server, not in them."""
_PROBE = "BODY.PEEK[]<0.4096>"
"""More than fits into one packet, of a letter that the poll did not ask for."""
_PROBED_AMONG = 10
"""The latest letters of the folder among which that one is chosen."""


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """An account and its folder of submissions."""

    host: str
    port: int
    security: Security
    """"none" is for loopback addresses only."""
    username: str
    password: str = field(repr=False)
    folder: str = "INBOX"


class ImapMailbox:
    """A `Mailbox` (intake.fetch.mailbox) over IMAP. Raises BadUsage for a password in plain text to another machine.

    spool: opens a file for a letter of several parts, which then is a LargeLetter; without it, a Letter. context: for a
    private certificate authority; by default the system's are trusted. clock: the arrival time when neither server nor
    header has one.
    """

    def __init__(
        self,
        account: ImapAccount,
        *,
        limits: FetchLimits | None = None,
        timeouts: ImapTimeouts | None = None,
        spool: Callable[[], IncomingFile] | None = None,
        context: ssl.SSLContext | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        if account.security == "none" and not is_loopback(account.host):
            raise BadUsage(
                f'邮箱服务器 {account.host} 不在本机，不能用 security = "none"，否则密码会在网上明文传送。'
                '请改为 "tls" 或 "starttls"。'
            )
        self._server = ImapServer(account.host, account.port, account.security, account.username)
        self._password = account.password
        self._folder = account.folder
        self._limits = limits or FetchLimits()
        self._timeouts = timeouts or ImapTimeouts()
        self._spool = spool
        self._context = context
        self._clock = clock
        self._letters: LetterFetch | None = None
        self._selected = Selected(0, 0, None)
        self._ends = 0.0
        self._reconnections = 0
        self._failures = 0
        self._fetched_any = False
        self._lost: str | None = None
        self._proven = False

    def open(self) -> Folder:
        self.close()
        self._ends = time.monotonic() + self._timeouts.poll
        self._reconnections = self._failures = 0
        self._fetched_any = False
        self._letters, self._selected = self._connect()
        return self._letters.folder

    def after(self, uid: int) -> tuple[int, ...]:
        try:
            return uids_after(self._alive().session, self._selected, uid)
        except CommandRefused as refused:
            raise faults.command_refused("查找新信", self._server, refused.text) from None
        except ConnectionBroken as broken:
            self._lose(broken)
            raise faults.connection_lost("查找新信", self._server, broken.text) from None

    def batches(self, uids: Iterable[int], registered: Registered | None = None) -> Iterator[tuple[Received, ...]]:
        wanted = sorted(set(uids))
        try:
            for planned in self._planned(wanted, registered):
                yield from self._fetch_in_batches(planned)
        except Unfinished:
            if self._fetched_any:
                raise
            raise faults.connection_lost("取信", self._server, "时间用完，一封信也没有取到") from None

    def close(self) -> None:
        self._lost = None
        if self._letters is not None:
            self._letters.session.close()
            self._letters = None

    def junk(self, registered: Registered) -> tuple[JunkLetter, ...]:
        """Letters of registered senders in the junk folders, over a connection of its own. Raises TryLater."""
        with contextlib.closing(self._session(time.monotonic() + self._timeouts.poll)) as session:
            return tuple(junk_from(session, registered, except_folder=self._folder))

    def mark(self, folder: Folder, uids: Sequence[int], mark: ReadMark) -> Marked:
        """Marks letters as read, over a connection of its own. Raises TryLater."""
        with contextlib.closing(self._session(time.monotonic() + self._timeouts.poll)) as session:
            return mark_read(session, folder, uids, mark)

    def _connect(self) -> tuple[LetterFetch, Selected]:
        session = self._session(self._ends)
        try:
            selected = session.examine(self._folder)
        except BaseException:
            session.close()
            raise
        self._proven = False
        folder = Folder(self._server.username, self._folder, selected.uidvalidity)
        letters = LetterFetch(session, folder, limit=self._limits.letter, clock=self._clock, spool=self._spool)
        return letters, selected

    def _session(self, ends: float) -> ImapSession:
        return ImapSession(self._server, self._password, context=self._context, timeouts=self._timeouts, ends=ends)

    def _lose(self, broken: ConnectionBroken) -> None:
        """Records that the session has closed itself; `_alive` connects again."""
        self._lost = broken.text
        self._letters = None

    def _alive(self) -> LetterFetch:
        """The fetch over an open connection, a new one if the last was lost in this poll.

        A folder that was renumbered meanwhile ends the poll: its UIDs now mean other letters.
        """
        if self._letters is not None:
            return self._letters
        if self._lost is None:
            raise RuntimeError("the mailbox is not open")
        if self._reconnections == _RECONNECTIONS:
            raise faults.connection_lost("取信", self._server, self._lost)
        self._reconnections += 1
        _log.warning("imap_reconnect", server=str(self._server), why=self._lost, times=self._reconnections)
        letters, selected = self._connect()
        if selected.uidvalidity != self._selected.uidvalidity:
            letters.session.close()
            raise faults.folder_replaced(self._folder, self._server)
        self._letters = letters
        return letters

    def _planned(self, uids: Sequence[int], registered: Registered | None) -> Iterator[list[Planned]]:
        """What the server announces of these UIDs, one command's worth at a time; of a flood, ordered by sender.

        A flood is ordered as far as a quarter of the poll's time suffices; the rest follows unordered.
        """
        questions = [uids[start : start + _SIZES_AT_ONCE] for start in range(0, len(uids), _SIZES_AT_ONCE)]
        ahead: list[Planned] = []
        if registered is not None and len(questions) > 1:
            enough = time.monotonic() + self._timeouts.poll / 4
            while questions and time.monotonic() < enough:
                ahead += self._plan(questions.pop(0), with_senders=True)
            _log.info("imap_flood", server=str(self._server), letters=len(uids), announced=len(ahead))
            ahead.sort(key=lambda planned: not (isinstance(planned, Announced) and registered(planned.sender)))
            yield ahead
        yield from (self._plan(question) for question in questions)

    def _plan(self, uids: Sequence[int], *, with_senders: bool = False) -> list[Planned]:
        try:
            try:
                return self._alive().plan(uids, with_senders=with_senders)
            except ConnectionBroken as broken:
                self._lose(broken)
                return self._alive().plan(uids)
        except ConnectionBroken as broken:
            self._lose(broken)
            raise faults.connection_lost("查询信的大小", self._server, broken.text) from None
        except CommandRefused as refused:
            if with_senders and not faults.is_temporary_refusal(refused.text):
                return self._plan(uids)  # the order is optional; the letters are not
            raise faults.command_refused("查询信的大小", self._server, refused.text) from None

    def _fetch_in_batches(self, planned: Sequence[Planned]) -> Iterator[tuple[Received, ...]]:
        caps = self._limits
        weigh = self._alive().weigh
        for batch in in_batches(planned, weigh, letters=caps.batch_letters, octets=caps.batch_octets):
            yield from self._fetch(batch)

    def _fetch(self, batch: Sequence[Planned]) -> Iterator[tuple[Received, ...]]:
        """The batch in one command; when that fails, letter by letter, each a batch of its own."""
        try:
            together = self._alive().together(batch)
        except ConnectionBroken as broken:
            self._lose(broken)
        except CommandRefused as refused:
            if faults.is_temporary_refusal(refused.text):
                raise self._given_up(refused) from None
            _log.warning("imap_batch_refused", server=str(self._server), text=refused.text)
        else:
            self._succeeded()
            yield together
            return
        for planned in batch:
            yield (self._alone(planned) if isinstance(planned, Announced) else planned,)

    def _alone(self, letter: Announced) -> Received:
        """One letter; Unfetched when it is the cause: it failed as the first letter on its connection."""
        while True:
            letters = self._alive()
            try:
                received = letters.alone(letter)
            except ConnectionBroken as broken:
                self._lose(broken)
                if self._proven:
                    continue  # the connection worked before; try the letter on a new one
                if broken.is_silent and not self._fetched_any and self._is_link_dead(letter.uid):
                    raise faults.connection_lost("取信", self._server, broken.text) from None
                return self._left_out(letter, broken)
            except CommandRefused as refused:
                return self._left_out(letter, refused)
            self._succeeded()
            return received

    def _is_link_dead(self, uid: int) -> bool:
        """Whether no other letter comes either, so that the link is to blame and not this letter.

        A link that drops packets without a reset may still carry a login and short answers: what is asked for is longer
        than a packet. False where the folder has no other letter.
        """
        session = self._alive().session
        try:
            exists = self._selected.exists
            latest = session.search(f"{max(1, exists - _PROBED_AMONG)}:{exists}")
            other = next((listed for listed in reversed(latest) if listed != uid), None)
            return other is not None and not session.fetch([other], (_PROBE,), SMALL_ANSWER)
        except CommandRefused:
            return False
        except ConnectionBroken as broken:
            self._lose(broken)
            return True

    def _succeeded(self) -> None:
        self._proven = self._fetched_any = True
        self._failures = 0

    def _left_out(self, letter: Announced, fault: ConnectionBroken | CommandRefused) -> Unfetched:
        self._failures += 1
        if self._failures == _FAILURES_IN_A_ROW or (
            isinstance(fault, CommandRefused) and faults.is_temporary_refusal(fault.text)
        ):
            raise self._given_up(fault) from None
        _log.warning("imap_letter_left_out", server=str(self._server), uid=letter.uid, text=fault.text)
        return Unfetched(letter.uid, faults.unfetched(fault.text))

    def _given_up(self, fault: ConnectionBroken | CommandRefused) -> TryLater:
        if isinstance(fault, CommandRefused):
            return faults.command_refused("取信", self._server, fault.text)
        return faults.connection_lost("取信", self._server, fault.text)
