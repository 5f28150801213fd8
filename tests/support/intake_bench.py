"""Intake from a scripted server into a new data directory, poll by poll, with checks of the state after a fault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive import letters
from archive.database import Ledger
from archive.files import HashStore
from intake.fetch.imap_client import ImapTimeouts
from intake.fetch.mailbox import Registered
from intake.keep import KeptCounts, LetterStore, poll
from tests.support.imap_server import ScriptedImap
from tests.support.invariants import broken_promises
from tests.support.ledgers import empty_ledger
from tests.support.offices import Clock
from tests.support.scripted_mailbox import mailbox_on
from values.errors import TryLater

NOW = datetime(2022, 11, 4, 8, 0, tzinfo=UTC)
HASTE = ImapTimeouts(connect=0.4, read=0.4, command=0.6, letter=0.8, poll=4, farewell=0.2)


class IntakeBench:
    """A mailbox on the server, polled into `home`."""

    def __init__(self, home: Path, ledger: Ledger, server: ScriptedImap, **changes: Any) -> None:
        self.home = home
        self.ledger = ledger
        self.server = server
        self.clock = Clock(NOW)
        self.raws = HashStore(home / "raw", ".eml")
        self.store = LetterStore("wuxing", ledger, self.raws, self.clock)
        self._changes = {"timeouts": HASTE, "spool": self.raws.incoming, **changes}

    def poll(self, registered: Registered | None = None) -> KeptCounts | TryLater:
        """One poll, over a new connection as in the service."""
        mailbox = mailbox_on(self.server, **self._changes)
        try:
            folder_pass = poll(
                mailbox, self.store, stopping=lambda: False, after_batch=lambda _: None, registered=registered
            )
            return folder_pass.kept
        except TryLater as later:
            return later
        finally:
            mailbox.close()

    def stored(self) -> set[bytes]:
        """The raw bytes of all letters that are kept."""
        with self.ledger.reading() as ledger:
            return {self.raws.read(letter.sha256) for letter in letters.letters(ledger)}

    def recovers(self) -> None:
        """The server is honest again: within three polls all letters are stored once, none fetched whole thrice."""
        self.server.on.clear()
        for _ in range(3):
            self.poll()
        self.holds()
        assert self.poll() == KeptCounts(), "there is still something to do"

    def holds(self) -> None:
        """All that the server has is stored, and every promise is kept."""
        assert self.stored() >= set(self.server.letters.values())
        fetched = {uid: self.server.sent[uid] / len(raw) for uid, raw in self.server.letters.items()}
        assert max(fetched.values(), default=0) < 3, fetched
        self.keeps_its_promises()

    def keeps_its_promises(self) -> None:
        assert broken_promises(self.home) == []


@contextmanager
def intake_bench(home: Path, server: ScriptedImap, **changes: Any) -> Iterator[IntakeBench]:
    with empty_ledger(home / "jianbao.sqlite3") as ledger:
        yield IntakeBench(home, ledger, server, **changes)
