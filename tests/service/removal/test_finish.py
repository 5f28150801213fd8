"""A removal that is killed at any step is, after the next start, either not begun or complete. Files that a backup
brings back, and pictures and previews that nobody may see, go at the next start."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from archive import letters
from archive.files import HashStore, write_durably
from archive.recorded_files import pictures_in_articles
from archive.snapshot import copy_ledger
from service.article.previews import PREVIEWS, preview_path
from service.health.alarms import Alarm
from service.health.verify import verify
from service.office import COPY_PREFIX, DATABASE, Office
from service.removal.finish import destroy_removed_files, finish_removals, removals_held_up
from service.removal.remove import destroy_sealed, erase
from service.running.removing_job import RemovingJob
from tests.support.command_line import command_line_of
from tests.support.crash import killed_at_step
from tests.support.kill_switch import Killed, KillSwitch, armed
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import office_at
from tests.support.outboxes import sending
from tests.support.removable import SECRET, Removable, add_rejected, add_sealed, deliver_all, left_of

MOST_STEPS = 200


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None, editors='"e@example.org"'))


def start(office: Office) -> None:
    """What `run` does of all this before anything else."""
    RemovingJob(office, threading.Event(), list[Alarm]().append).start()


def is_whole(office: Office, letter: Removable) -> bool:
    """Whether all of the letter is there. Fails when a part is."""
    with office.ledger.reading() as ledger:
        [record] = letters.letters_with_ids(ledger, [letter.id])
    if record.removal is None:
        assert office.raws.read(letter.sha256) == letter.raw
        assert record.sender == "jtj@example.org"
        return True
    assert left_of(office.data_dir, SECRET) == []
    assert not office.raws.path(letter.sha256).exists()
    assert verify(office, pause=lambda _: None).differences == ()
    assert finish_removals(office)
    return False


def add_one(office: Office) -> Removable:
    letter = add_rejected(office)
    deliver_all(office)
    return letter


def erase_it(office: Office, letter: Removable) -> None:
    erase(office, office.bulletin(None), letter.id, "理由", who="赵管理")


def destroy_it(office: Office, letter: Removable) -> None:
    destroy_sealed(office, office.bulletin(None), letter.id, "理由", who="赵管理")


@pytest.mark.timeout(180)
@pytest.mark.parametrize(("add", "remove"), [(add_one, erase_it), (add_sealed, destroy_it)], ids=["erase", "destroy"])
def test_stopped_at_any_step_it_is_whole_or_gone_after_the_next_start(
    office: Office,
    tmp_path: Path,
    add: Callable[[Office], Removable],
    remove: Callable[[Office, Removable], None],
) -> None:
    letter = add(office)
    office.ledger.close()
    outcomes = []
    for step in range(1, MOST_STEPS):
        home = tmp_path / str(step)
        shutil.copytree(office.data_dir.parent, home)
        with office_at(home / "config.toml", office.now()) as copy:
            try:
                with armed(KillSwitch(step, deadly=False)):
                    remove(copy, letter)
            except Killed:
                start(copy)
                outcomes.append(is_whole(copy, letter))
            else:
                assert not is_whole(copy, letter)
                break
        shutil.rmtree(home)
    assert len(outcomes) >= 10
    assert outcomes == sorted(outcomes, reverse=True)  # whole until the commit, gone from then on
    assert set(outcomes) == {True, False}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("step", [1, 2, 3, 8, 14])
def test_killed_for_good_it_is_whole_or_gone_after_the_next_start(office: Office, step: int) -> None:
    letter = add_sealed(office)
    office.ledger.close()
    config = office.data_dir.parent / "config.toml"
    words = ("sealed", "destroy", letter.sha256, "--why", "保密办要求")
    assert killed_at_step(step, "run_service.py", "--config", config, *words)
    with office_at(config, office.now()) as after:
        start(after)
        assert is_whole(after, letter) is (step == 1)


def test_a_raw_letter_from_a_backup_is_named_by_verify_and_destroyed_again(office: Office) -> None:
    letter = add_sealed(office)
    destroy_it(office, letter)
    write_durably(office.raws.path(letter.sha256), letter.raw)
    done = command_line_of(office).run_json("verify")
    [difference] = done.document["differences"]
    assert (done.status, difference["what"], difference["found"]) == (1, "removed_letter", letter.sha256)
    assert not office.raws.path(letter.sha256).exists()
    assert command_line_of(office).run("verify").status == 0
    write_durably(office.raws.path(letter.sha256), letter.raw)
    start(office)
    assert left_of(office.data_dir, SECRET) == []


class Watched(HashStore):
    """A store that calls a function before it destroys a file."""

    def __init__(self, root: Path, before: Callable[[], None]) -> None:
        super().__init__(root, ".eml")
        self._before = before

    def destroy(self, sha256: str) -> bool:
        self._before()
        return super().destroy(sha256)


def test_no_letter_is_recorded_while_its_bytes_are_destroyed(office: Office) -> None:
    letter = add_one(office)
    erase_it(office, letter)
    office.raws.put(letter.raw)
    refused: list[str] = []

    def record() -> None:
        with closing(sqlite3.connect(office.data_dir / DATABASE, timeout=0, isolation_level=None)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                refused.append(str(error))

    assert destroy_removed_files(replace(office, raws=Watched(office.raws.root, record))) == 1
    assert refused == ["database is locked"]


def test_pictures_that_no_text_has_go_at_the_next_start(office: Office) -> None:
    """A process was killed between the commit that sealed a letter and the destruction of its pictures."""
    add_sealed(office)
    with office.ledger.reading() as ledger:
        used = pictures_in_articles(ledger)
    office.media.put(b"of a duplicate")
    assert {path.name for path in office.media.root.glob("*/*")} > used
    start(office)
    assert {path.name for path in office.media.root.glob("*/*")} == used


def test_pictures_stay_where_an_older_ledger_was_restored(office: Office) -> None:
    """The letters that it does not know may have brought them."""
    picture = office.media.put(b"of an article that the right ledger has")
    office.raws.put(b"Subject: unknown\r\n\r\n")
    start(office)
    assert office.media.path(picture).exists()


def test_removal_waits_for_letters_that_the_ledger_does_not_know_and_names_them(office: Office) -> None:
    sha256 = office.raws.put(b"Subject: unknown\r\n\r\n")
    assert removals_held_up(office) == ""
    erase_it(office, add_one(office))
    assert not finish_removals(office)
    assert f"1 封删除的来信没有清理完：raw/{sha256[:2]}/{sha256}.eml 等 1 个" in removals_held_up(office)
    office.raws.path(sha256).unlink()
    assert finish_removals(office)
    assert removals_held_up(office) == ""


@pytest.mark.parametrize("name", ["notes.txt", ".DS_Store", "ab/letter.eml", f"ab/{'ab' * 32}.eml~"])
def test_file_in_raw_that_is_no_letter_holds_up_no_removal(office: Office, name: str) -> None:
    stray = office.raws.root / name
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"stray")
    picture = office.media.put(b"of a duplicate")
    erase_it(office, add_one(office))
    assert finish_removals(office)
    assert not office.media.path(picture).exists()
    assert stray.read_bytes() == b"stray"


def test_previews_of_sealed_letters_and_of_earlier_versions_go_at_the_next_start(office: Office) -> None:
    sealed, shown = add_sealed(office), add_rejected(office)
    write_durably(office.data_dir / PREVIEWS / f"{'a' * 64}.pdf", b"%PDF named by an earlier version")
    assert preview_path(office, sealed.sha256, b"original").exists()
    start(office)
    left = [path for path in (office.data_dir / PREVIEWS).rglob("*") if path.is_file()]
    assert left == [preview_path(office, shown.sha256, b"original")]


def test_nothing_to_destroy_is_no_error(office: Office) -> None:
    assert destroy_removed_files(office) == 0
    assert finish_removals(office)


def test_ledgers_that_a_migration_has_copied_go_with_the_letter(office: Office) -> None:
    letter = add_one(office)
    copy_ledger(office.ledger.server, office.data_dir / f"{COPY_PREFIX}0017.sqlite3")
    erase_it(office, letter)
    assert left_of(office.data_dir, SECRET) == []
