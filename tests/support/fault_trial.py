"""Runs an installation while faults (a kill, a failing disk) hit its commands at random places, and checks the result.

Letters arrive as the faults take effect, so that each of them meets unfinished work. At the end every command runs once
without a fault; then no letter may be lost, read twice or answered twice.
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
from tests.support.scenario import Installation
from tests.support.smtp_servers import SmtpSink, smtp_sink

Injection: TypeAlias = "Callable[[FaultTrial, tuple[str, ...]], bool]"
"""Runs one command of the installation with a fault injected. Returns whether the fault took effect."""

POLL = ("poll",)
SEND = ("outbox", "send")
ASSEMBLE = ("assemble",)
_UNDISTURBED: Final = 3
"""Letters read before the first fault, so that there is always something to make an issue of."""


@dataclass(slots=True)
class TrialReport:
    """The figures of a trial; `fetches` counts bodies sent over the wire, `most_fetches` those of one letter."""

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


class FaultTrial:
    """An installation between a scripted mailbox and an SMTP sink, and the letters sent to it so far."""

    def __init__(self, home: Path, imap: ScriptedImap, smtp: SmtpSink, seed: int) -> None:
        self.office = Installation(home, configured(imap, smtp))
        self.imap = imap
        self.smtp = smtp
        self.mails: list[Mail] = []
        self.chance = random.Random(seed)
        self.report = TrialReport()
        self._next_mails = mixed_mail(seed)

    def run(self, inject: Injection, *, letters: int, hits: int) -> None:
        """Delivers at least so many letters, injects faults until `hits` took effect, then runs each command once."""
        self._arrive(_UNDISTURBED)
        assert self.office.run(*POLL).status == 0
        hit = True
        while self.report.hits < hits:
            behind = letters * (self.report.hits + 1) // hits - len(self.mails)
            self._arrive(max(behind, 0 if hit else 1))
            words = self.chance.choices((POLL, SEND, ASSEMBLE), (7, 2, 1))[0]
            hit = self._injected(inject, words)
            self.report.hits += hit
            self.report.hits_of_poll += hit and words == POLL
            self.report.misses += not hit
        for words in (POLL, SEND, ASSEMBLE):
            ended = self.office.run(*words)
            assert ended.status == 0, ended

    def undecided(self) -> int:
        """How many of the delivered letters have no verdict yet."""
        with closing(sqlite3.connect(self.office.data / DATABASE)) as ledger:
            (decided,) = ledger.execute("SELECT count(*) FROM letter WHERE verdict <> 'pending'").fetchone()
        return len(self.mails) - int(decided)

    def _arrive(self, number: int) -> None:
        arrived = [next(self._next_mails) for _ in range(number)]
        deliver(self.imap, arrived)
        self.mails += arrived

    def _injected(self, inject: Injection, words: tuple[str, ...]) -> bool:
        fetched_before = Counter(self.imap.sent)
        hit = inject(self, words)
        for uid, octets in (self.imap.sent - fetched_before).items():
            assert octets <= len(self.imap.letters[uid]), f"UID {uid} came twice in one poll"
        return hit


def run_fault_trial(home: Path, inject: Injection, *, letters: int, hits: int, seed: int) -> TrialReport:
    """Runs a trial and checks that no letter was lost, read twice or answered twice. Returns its figures."""
    with ScriptedImap().running() as imap, smtp_sink() as smtp:
        trial = FaultTrial(home, imap, smtp, seed)
        trial.run(inject, letters=letters, hits=hits)
        _assert_each_letter_has_its_verdict_once(trial)
        _assert_no_answer_came_twice_unmarked(trial)
        _assert_no_body_comes_again(trial)
    # what is half-written is swept an hour later, when the service starts
    assert [broken for broken in broken_promises(trial.office.data) if not broken.startswith("half-written")] == []
    return trial.report


def _assert_each_letter_has_its_verdict_once(trial: FaultTrial) -> None:
    rows = trial.office.run("messages").document
    assert {row["sha256"]: row["verdict"] for row in rows} == expected_verdicts(trial.mails)
    trial.report.letters = len(rows)
    trial.report.articles = len(trial.office.run("articles").document)
    assert (len(rows), trial.report.articles) == (len(trial.mails), sum(mail.articles for mail in trial.mails))


def _assert_no_answer_came_twice_unmarked(trial: FaultTrial) -> None:
    """Every letter that may be answered has one answer, which arrived once or is marked as possibly sent."""
    arrived = Counter(_message_id(taken.raw) for taken in trial.smtp.taken)
    answers = trial.office.run("outbox").document
    assert len(answers) == sum(mail.answered for mail in trial.mails)
    for answer in answers:
        came = arrived.pop(answer["message_id"], 0)
        marked = answer["state"] == "possibly_sent" or answer["possibly_twice"]
        assert came == 1 or (marked and came in (0, 2)), answer
        trial.report.delivered += came > 0
        trial.report.delivered_twice += came > 1
        trial.report.possibly_sent += answer["state"] == "possibly_sent"
    assert not arrived, "answers that are not in the outbox"


def _assert_no_body_comes_again(trial: FaultTrial) -> None:
    """A letter that was committed is not fetched again, so nothing is any more."""
    before = Counter(trial.imap.sent)
    assert trial.office.run(*POLL).document["stored"] == 0
    assert trial.imap.sent == before
    fetches = [octets // len(trial.imap.letters[uid]) for uid, octets in before.items()]
    trial.report.fetches, trial.report.most_fetches = sum(fetches), max(fetches)


def _message_id(raw: bytes) -> str:
    return raw.split(b"\r\n")[0].decode().removeprefix("Message-ID: ")
