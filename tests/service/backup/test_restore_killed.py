"""`restore` is killed at every durable step: the next command says so, and another run makes the directory whole."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from archive import articles, issues, letters, outbox
from archive.sqlite_file import SqliteFile
from archive.unfinished_restore import UNFINISHED_FILE
from intake.pool import ReadingPool
from service.backup.back_up import back_up_to_file
from service.backup.hold import held
from service.health.verify import verify
from service.office import DATABASE, Office
from service.removal.remove import erase
from tests.support.command_line import CommandLine
from tests.support.crash import ROOT, killed_at_step
from tests.support.offices import Clock, office_at
from tests.support.printed_office import TUESDAY, fill_printed_office, write_printed_config

STRIDE = 3
"""Of the steps, which are killed; each run gets further than the one before, on the same directory."""


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    return write_printed_config(tmp_path / "office")


def contents(office: Office) -> tuple[object, ...]:
    with office.ledger.reading() as ledger:
        return (letters.letters(ledger), articles.articles(ledger), issues.signed_off_issues(ledger))


def erase_one(office: Office) -> str:
    """Erases a letter that is printed, after the backup; returns its SHA-256."""
    with office.ledger.writing() as ledger:
        outbox.give_up_older(ledger, TUESDAY + timedelta(days=1))
        printed = next(letter for letter in letters.letters(ledger) if letter.articles[0] == 1)
    erase(office, office.bulletin(None), printed.id, "本人要求", who="赵管理")
    return printed.sha256


def is_whole(data_dir: Path) -> bool:
    """Killed after the last step that counts."""
    return (data_dir / DATABASE).exists() and not (data_dir / UNFINISHED_FILE).exists()


@pytest.mark.timeout(300)
def test_killed_anywhere_it_is_completed_by_the_next_run(config_file: Path, pool: ReadingPool) -> None:
    data_dir = fill_printed_office(config_file, pool)
    source = back_up_to_file(
        SqliteFile(data_dir / DATABASE), data_dir, config_file.parent / "b.tar.xz", Clock(TUESDAY)
    ).target
    with office_at(config_file, TUESDAY) as office:
        erased = erase_one(office)
        before = contents(office)
    for file in data_dir.glob(f"{DATABASE}*"):
        file.unlink()
    shutil.rmtree(data_dir / "raw")
    command_line = CommandLine(config_file)
    step = 1
    words = ("--config", config_file, "restore", source)
    while killed_at_step(step, ROOT / "run_service.py", *words) and not is_whole(data_dir):
        for other in (["messages"], ["migrate"], ["outbox", "send"]):
            answer = command_line.run(*other)
            assert (answer.status, "restore" in answer.errors) == (2, True), (step, answer)
            assert ("恢复中途断了" in answer.errors) == (step > 1), step
        step += STRIDE
    assert step > 4 * STRIDE
    assert command_line.run_json("messages").status == 0
    with office_at(config_file, TUESDAY) as office:
        assert contents(office) == before
        assert verify(office).differences == ()
        assert held(office.data_dir) is not None
        assert not office.raws.path(erased).exists()
    assert [path.name for path in data_dir.iterdir() if path.name.startswith((".restoring", "restore-"))] == []
