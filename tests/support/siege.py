"""An office that takes letters in and answers them while its processes are struck, again and again, at random places.

The mailbox fills as the strikes hit, so that there is always something to strike at; at last everything runs to its
end, once, and nothing may have come of it all.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from service.office import DATABASE
from tests.support.imap_server import ScriptedImap
from tests.support.invariants import broken_promises
from tests.support.mixed_mail import Mail, configured, deliver, expected_verdicts, mixed_mail
from tests.support.scenario import Household
from tests.support.smtp_servers import SmtpSink, smtp_sink

Strike: TypeAlias = "Callable[[Siege, tuple[str, ...]], bool]"
"""Runs a command of the besieged office and strikes at it. Returns whether the strike hit."""

POLL = ("poll",)
SEND = ("outbox", "send")
ASSEMBLE = ("assemble",)
_IN_PEACE: Final = 3


@dataclass(slots=True)
class Told:
    """What it came to. fetches: of all bodies, and of the one that went over the wire most often."""

    hits: int = 0
    hits_of_poll: int = 0
    misses: int = 0
    letters: int = 0
    articles: int = 0
    fetches: int = 0
    most_fetches: int = 0
    delivered: int = 0
    delivered_twice: int = 0
    possibly_sent: int = 0


class Siege:
    def __init__(self, home: Path, imap: ScriptedImap, smtp: SmtpSink, seed: int) -> None:
        self.office = Household(home, configured(imap, smtp))
        self.imap = imap
        self.smtp = smtp
        self.mails: list[Mail] = []
        self.chance = random.Random(seed)
        self.told = Told()
        self._coming = mixed_mail(seed)

    def lay(self, strike: Strike, *, letters: int, hits: int) -> None:
        """At least so many letters come, and exactly so many strikes hit; then everything runs to its end, once.

        The first letters come in peace: whatever happens later, they are there, and an issue can be made of them.
        """
        self._arrive(_IN_PEACE)
        assert self.office.run(*POLL).status == 0
        hit = True
        while self.told.hits < hits:
            behind = letters * (self.told.hits + 1) // hits - len(self.mails)
            self._arrive(max(behind, 0 if hit else 1))
            words = self.chance.choices((POLL, SEND, ASSEMBLE), (7, 2, 1))[0]
            hit = self._struck(strike, words)
            self.told.hits += hit
            self.told.hits_of_poll += hit and words == POLL
            self.told.misses += not hit
        for words in (POLL, SEND, ASSEMBLE):
            ended = self.office.run(*words)
            assert ended.status == 0, ended

    def undecided(self) -> int:
        """Letters that have come and have no verdict yet."""
        with closing(sqlite3.connect(self.office.data / DATABASE)) as ledger:
            (decided,) = ledger.execute("SELECT count(*) FROM letter WHERE verdict <> 'pending'").fetchone()
        return len(self.mails) - int(decided)

    def _arrive(self, number: int) -> None:
        arrived = [next(self._coming) for _ in range(number)]
        deliver(self.imap, arrived)
        self.mails += arrived

    def _struck(self, strike: Strike, words: tuple[str, ...]) -> bool:
        fetched_before = Counter(self.imap.sent)
        hit = strike(self, words)
        for uid, octets in (self.imap.sent - fetched_before).items():
            assert octets <= len(self.imap.letters[uid]), f"UID {uid} came twice in one poll"
        return hit


def besieged(home: Path, strike: Strike, *, letters: int, hits: int, seed: int) -> Told:
    """Lays a siege, and checks that nothing came of it."""
    with ScriptedImap().running() as imap, smtp_sink() as smtp:
        siege = Siege(home, imap, smtp, seed)
        siege.lay(strike, letters=letters, hits=hits)
        _assert_each_letter_has_its_verdict_once(siege)
        _assert_no_answer_came_twice_unmarked(siege)
        _assert_no_body_comes_again(siege)
    # what is half-written is swept an hour later, when the service starts
    assert [broken for broken in broken_promises(siege.office.data) if not broken.startswith("half-written")] == []
    return siege.told


def _assert_each_letter_has_its_verdict_once(siege: Siege) -> None:
    rows = siege.office.run("messages").document
    assert {row["sha256"]: row["verdict"] for row in rows} == expected_verdicts(siege.mails)
    siege.told.letters = len(rows)
    siege.told.articles = len(siege.office.run("articles").document)
    assert (len(rows), siege.told.articles) == (len(siege.mails), sum(mail.articles for mail in siege.mails))


def _assert_no_answer_came_twice_unmarked(siege: Siege) -> None:
    """Every letter that may be answered is, by one letter out; that arrived once, or says that it may not have."""
    arrived = Counter(_message_id(taken.raw) for taken in siege.smtp.taken)
    answers = siege.office.run("outbox").document
    assert len(answers) == sum(mail.answered for mail in siege.mails)
    for answer in answers:
        came = arrived.pop(answer["message_id"], 0)
        marked = answer["state"] == "possibly_sent" or answer["possibly_twice"]
        assert came == 1 or (marked and came in (0, 2)), answer
        siege.told.delivered += came > 0
        siege.told.delivered_twice += came > 1
        siege.told.possibly_sent += answer["state"] == "possibly_sent"
    assert not arrived, "nobody wrote these"


def _assert_no_body_comes_again(siege: Siege) -> None:
    """A letter that was committed is not fetched again, so nothing is any more."""
    before = Counter(siege.imap.sent)
    assert siege.office.run(*POLL).document["stored"] == 0
    assert siege.imap.sent == before
    fetches = [octets // len(siege.imap.letters[uid]) for uid, octets in before.items()]
    siege.told.fetches, siege.told.most_fetches = sum(fetches), max(fetches)


def _message_id(raw: bytes) -> str:
    return raw.split(b"\r\n")[0].decode().removeprefix("Message-ID: ")
