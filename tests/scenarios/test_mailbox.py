"""The printed issue's letters, fetched from a real Dovecot: the same issue, whatever happens to poller or server."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.support.crash import killed_at_step
from tests.support.dovecot import Account
from tests.support.invariants import broken_promises
from tests.support.scenario import (
    DATED,
    PRINTED,
    PRINTED_LETTERS,
    PRINTED_VERDICTS,
    ROOT,
    Installation,
    installation_of,
)

pytestmark = pytest.mark.dovecot

EXPECTED = (PRINTED / "expected.txt").read_text(encoding="utf-8")


def test_the_letters_of_a_real_mailbox_become_the_printed_issue(account: Account, tmp_path: Path) -> None:
    before = account.files()
    office = installation_of(PRINTED, tmp_path, account)
    polled = office.run("poll")
    assert (polled.status, polled.document["new"], polled.document["errors"]) == (0, len(PRINTED_LETTERS), [])
    made = office.run("assemble", "--date", DATED)
    assert office.verdicts() == PRINTED_VERDICTS
    assert office.issue(made.document["files"]) == EXPECTED.replace("zgqwxzfb@163.com", account.username)
    assert account.files() == before, "the mailbox itself was changed"


def test_a_second_poll_finds_nothing_and_so_does_one_after_a_new_uidvalidity(account: Account, tmp_path: Path) -> None:
    office = installation_of(PRINTED, tmp_path, account)
    office.run("poll")
    articles = office.run("articles").document
    assert office.run("poll").document == {"stored": 0, "new": 0, "verdicts": {}, "errors": []}
    account.renumber()
    again = office.run("poll").document
    assert again == {"stored": len(PRINTED_LETTERS), "new": 0, "verdicts": {}, "errors": []}
    assert (office.verdicts(), office.run("articles").document) == (PRINTED_VERDICTS, articles)


def test_a_poller_killed_at_any_step_loses_and_doubles_nothing(account: Account, tmp_path: Path) -> None:
    """Killed at step 1, 2, 3 … of successive polls on one data directory, until one is not killed any more."""
    office = installation_of(PRINTED, tmp_path, account, first_start=True)
    step = 0
    while killed_at_step(step + 1, ROOT / "run_service.py", *office.command("poll")[2:], environ=office.environ):
        step += 1
        assert_every_kept_letter_is_whole(office)
    assert step >= 8  # each run gets N steps further than the one before
    assert office.verdicts() == PRINTED_VERDICTS
    kept = {row["sha256"] for row in office.run("messages").document}
    assert kept == {hashlib.sha256(letter.raw).hexdigest() for letter in PRINTED_LETTERS}
    made = office.run("assemble", "--date", DATED)
    # what is half-written is swept an hour later, when the service starts
    assert [broken for broken in broken_promises(office.data) if not broken.startswith("half-written")] == []
    assert office.issue(made.document["files"]) == EXPECTED.replace("zgqwxzfb@163.com", account.username)


def test_a_poller_killed_anywhere_in_its_first_run_recovers_in_one_run(account: Account, tmp_path: Path) -> None:
    """Every twenty-third step, each on a data directory of its own: the next run alone completes what the kill left."""
    step, hit = 1, True
    while hit:
        home = tmp_path / str(step)
        home.mkdir()
        office = installation_of(PRINTED, home, account, first_start=True)
        hit = killed_at_step(step, ROOT / "run_service.py", *office.command("poll")[2:], environ=office.environ)
        assert office.run("poll").status == 0
        assert office.verdicts() == PRINTED_VERDICTS
        step += 23


def assert_every_kept_letter_is_whole(office: Installation) -> None:
    """A stored file has exactly the bytes that it is named by, and is one of the letters."""
    sent = {hashlib.sha256(letter.raw).hexdigest(): letter.raw for letter in PRINTED_LETTERS}
    for path in (office.data / "raw").glob("*/*.eml"):
        assert path.read_bytes() == sent[path.stem]
