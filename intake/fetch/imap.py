"""The mailbox over IMAP: which letters are new, and their bytes in batches that never fill the memory.

The server is believed in nothing that can be checked: what SEARCH lists is sorted and filtered, each UID asked for is
compared with what came, each body with its announced size. A letter that breaks the connection is tried again alone,
and then left out, so that one letter cannot hold up the others.
"""

from __future__ import annotations

import contextlib
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal

import structlog

from archive.files import IncomingFile
from intake.fetch import imap_faults as faults
from intake.fetch.imap_client import Broken, Patience, Refused
from intake.fetch.imap_faults import Server
from intake.fetch.imap_junk import JunkLetter, junk_from
from intake.fetch.imap_letters import Announced, LetterFetch, Planned
from intake.fetch.imap_marks import Marked, mark_read
from intake.fetch.imap_search import uids_after
from intake.fetch.imap_session import Selected, Session
from intake.fetch.mailbox import Folder, Limits, Received, Registered, Unfetched
from values.batches import in_batches
from values.errors import BadUsage, TryLater
from values.letter import ReadMark
from values.network import is_loopback

_log = structlog.get_logger(__name__)

Security = Literal["tls", "starttls", "none"]

_SIZES_AT_ONCE = 200
"""UIDs in one question for sizes: a command line of some 2,200 octets, which every server takes."""

_RECONNECTIONS = 3
_FAILURES_IN_A_ROW = 3


class ImapMailbox:
    """A `Mailbox` (intake.fetch.mailbox) over IMAP.

    spool: opens a file for a letter of several parts, which then comes as a LargeLetter; without it, as a Letter.
    security "none" is for loopback addresses only, BadUsage elsewhere. context: for a private certificate authority;
    the default verifies against the system's. clock: the arrival time when neither server nor header tells one.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        security: Security,
        username: str,
        password: str,
        folder: str = "INBOX",
        limits: Limits | None = None,
        patience: Patience | None = None,
        spool: Callable[[], IncomingFile] | None = None,
        context: ssl.SSLContext | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        if security == "none" and not is_loopback(host):
            raise BadUsage(
                f'邮箱服务器 {host} 不在本机，不能用 security = "none"，否则密码会在网上明文传送。'
                '请改为 "tls" 或 "starttls"。'
            )
        self._server = Server(host, port, security, username)
        self._password = password
        self._folder = folder
        self._limits = limits or Limits()
        self._patience = patience or Patience()
        self._spool = spool
        self._context = context
        self._clock = clock
        self._letters: LetterFetch | None = None
        self._selected = Selected(0, 0, None)
        self._ends = 0.0
        self._reconnections = 0
        self._failures = 0
        self._lost: str | None = None
        self._proven = False

    def open(self) -> Folder:
        self.close()
        self._ends = time.monotonic() + self._patience.poll
        self._reconnections = self._failures = 0
        self._letters, self._selected = self._connect()
        return self._letters.folder

    def after(self, uid: int) -> tuple[int, ...]:
        try:
            return uids_after(self._alive().session, self._selected, uid)
        except Refused as refused:
            raise faults.command_refused("查找新信", self._server, refused.said) from None
        except Broken as broken:
            self._lose(broken)
            raise faults.connection_lost("查找新信", self._server, broken.said) from None

    def batches(self, uids: Iterable[int], registered: Registered | None = None) -> Iterator[tuple[Received, ...]]:
        wanted = sorted(set(uids))
        caps = self._limits
        for planned in self._planned(wanted, registered):
            weigh = self._alive().weigh
            for batch in in_batches(planned, weigh, letters=caps.batch_letters, octets=caps.batch_octets):
                yield from self._fetch(batch)

    def close(self) -> None:
        self._lost = None
        if self._letters is not None:
            self._letters.session.close()
            self._letters = None

    def junk(self, registered: Registered) -> tuple[JunkLetter, ...]:
        """Letters of registered senders in the junk folders, over a connection of its own. Raises TryLater."""
        with contextlib.closing(self._session(time.monotonic() + self._patience.poll)) as session:
            return tuple(junk_from(session, registered, but=self._folder))

    def mark(self, folder: Folder, uids: Sequence[int], mark: ReadMark) -> Marked:
        """Marks letters as read, over a connection of its own. Raises TryLater."""
        with contextlib.closing(self._session(time.monotonic() + self._patience.poll)) as session:
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

    def _session(self, ends: float) -> Session:
        return Session(self._server, self._password, context=self._context, patience=self._patience, ends=ends)

    def _lose(self, broken: Broken) -> None:
        """The session has closed itself; the next need connects again."""
        self._lost = broken.said
        self._letters = None

    def _alive(self) -> LetterFetch:
        """The fetch over a living connection, a new one if the last was lost in this poll.

        A folder that was renumbered meanwhile ends the poll: its UIDs are not those we know.
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
        """What the server announces of these: a question's worth at a time, or of a flood much of it, put in order.

        A server that is too slow to tell of all in a quarter of the poll is asked for the rest as it comes.
        """
        questions = [uids[start : start + _SIZES_AT_ONCE] for start in range(0, len(uids), _SIZES_AT_ONCE)]
        ahead: list[Planned] = []
        if registered is not None and len(questions) > 1:
            enough = time.monotonic() + self._patience.poll / 4
            while questions and time.monotonic() < enough:
                ahead += self._plan(questions.pop(0), with_senders=True)
            _log.info("imap_flood", server=str(self._server), letters=len(uids), told_of=len(ahead))
            ahead.sort(key=lambda one: not (isinstance(one, Announced) and registered(one.sender)))
            yield ahead
        yield from (self._plan(question) for question in questions)

    def _plan(self, uids: Sequence[int], *, with_senders: bool = False) -> list[Planned]:
        try:
            try:
                return self._alive().plan(uids, with_senders=with_senders)
            except Broken as broken:
                self._lose(broken)
                return self._alive().plan(uids)
        except Broken as broken:
            self._lose(broken)
            raise faults.connection_lost("查询信的大小", self._server, broken.said) from None
        except Refused as refused:
            if with_senders and not faults.asks_for_patience(refused.said):
                return self._plan(uids)  # the order is a courtesy; the letters are not
            raise faults.command_refused("查询信的大小", self._server, refused.said) from None

    def _fetch(self, batch: Sequence[Planned]) -> Iterator[tuple[Received, ...]]:
        """The batch in one; when that fails, letter by letter, each a batch of its own."""
        try:
            together = self._alive().together(batch)
        except Broken as broken:
            self._lose(broken)
        except Refused as refused:
            if faults.asks_for_patience(refused.said):
                raise self._given_up(refused) from None
            _log.warning("imap_batch_refused", server=str(self._server), said=refused.said)
        else:
            self._succeeded()
            yield together
            return
        for planned in batch:
            yield (self._alone(planned) if isinstance(planned, Announced) else planned,)

    def _alone(self, letter: Announced) -> Received:
        """One letter; Unfetched when it is to blame: it failed as the first one on its connection."""
        while True:
            letters = self._alive()
            try:
                received = letters.alone(letter)
            except Broken as broken:
                self._lose(broken)
                if self._proven:
                    continue  # the connection had done its work before; another one for this letter
                return self._left_out(letter, broken)
            except Refused as refused:
                return self._left_out(letter, refused)
            self._succeeded()
            return received

    def _succeeded(self) -> None:
        self._proven = True
        self._failures = 0

    def _left_out(self, letter: Announced, fault: Broken | Refused) -> Unfetched:
        self._failures += 1
        if self._failures == _FAILURES_IN_A_ROW or (
            isinstance(fault, Refused) and faults.asks_for_patience(fault.said)
        ):
            raise self._given_up(fault) from None
        _log.warning("imap_letter_left_out", server=str(self._server), uid=letter.uid, said=fault.said)
        return Unfetched(letter.uid, faults.unfetched(fault.said))

    def _given_up(self, fault: Broken | Refused) -> TryLater:
        if isinstance(fault, Refused):
            return faults.command_refused("取信", self._server, fault.said)
        return faults.connection_lost("取信", self._server, fault.said)
