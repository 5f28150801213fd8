"""Backups while the service fetches, reads and answers: each is consistent, and what it holds is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.correspondence import manuscript, submission
from tests.support.dovecot import Account, Dovecot
from tests.support.running import Running, service
from tests.support.scenario import PRINTED, Installation, installation_of

pytestmark = pytest.mark.dovecot

LETTERS = 40


def deliver(account: Account, first: int, last: int) -> None:
    for number in range(first, last):
        text = f"第{number}篇推进工作落地见效"
        account.deliver(submission(manuscript(text, f"一是抓好第{number}项工作。"), number=number), datetime.now(UTC))


@contextmanager
def running_service(office: Installation, password: str) -> Iterator[Running]:
    text = office.config.read_text(encoding="utf-8")
    office.config.write_text(
        text.replace("[bulletin.mailbox]", "[bulletin.mailbox]\npoll_seconds = 1", 1).replace(
            "[desk]", '[service]\nlog_format = "json"\n\n[desk]', 1
        ),
        encoding="utf-8",
    )
    with service(office.config, JIANBAO_IMAP_PASSWORD=password) as running:
        yield running


@pytest.mark.timeout(240)
def test_backups_made_while_letters_arrive_are_consistent_and_whole(dovecot: Dovecot, tmp_path: Path) -> None:
    account = dovecot.account()
    home = tmp_path / "office"
    home.mkdir()
    office = installation_of(PRINTED, home, account)
    deliver(account, 0, LETTERS // 2)
    made: list[Path] = []
    with running_service(office, account.password) as running:
        running.log("letter settled")
        deliver(account, LETTERS // 2, LETTERS)
        for words in (["backup", str(tmp_path / "b.tar.xz")], ["backup", "--to", str(tmp_path / "backups")]):
            backup = office.run(*words)
            assert (backup.status, backup.document["problems"]) == (0, []), backup.complaints
            made.append(Path(words[-1]))
            running.log("letter settled")
    for number, source in enumerate(made):
        again = tmp_path / f"again-{number}"
        again.mkdir()
        shutil.copy(office.config, again / "config.toml")
        text = (again / "config.toml").read_text(encoding="utf-8")
        restored = Installation(again, text, office.environ, first_start=True)
        done = restored.run("restore", str(source))
        assert (done.status, done.document["problems"]) == (0, []), done.complaints
        assert restored.run("verify").document["differences"] == []
        kept = {row["sha256"] for row in restored.run("messages").document}
        assert 0 < len(kept) <= LETTERS
        stored = {path.stem for path in (again / "data" / "raw").rglob("*.eml")}
        assert kept == stored
        assert restored.run("restore", "--release").status == 0
        polled = restored.run("poll").document
        assert polled["new"] == LETTERS - len(kept)
        assert len(restored.run("messages").document) == LETTERS
