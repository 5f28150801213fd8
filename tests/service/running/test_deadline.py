"""SIGTERM ends the service within five seconds, whatever it is doing. Each case waits for the event that it is doing
it, and looks afterwards whether anything was lost or half done."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from archive import issues, letters, outbox
from intake.keep import LetterStore
from service.issue.assemble import assemble
from service.issue.sign_off import FilesIncomplete, sign_off
from service.running.deadline import ended_in_time
from service.running.interruption import Interruption
from tests.support.correspondence import manuscript, submission
from tests.support.imap_server import ScriptedImap, Talk
from tests.support.invariants import broken_promises
from tests.support.ledger_rows import BULLETIN
from tests.support.offices import bulletin, hand_in, office_at, write_config
from tests.support.outboxes import letter_out, put_in
from tests.support.running import Running, free_port, service
from tests.support.scripted_mailbox import raw
from tests.support.smtp_servers import smtp_sink
from tests.support.submissions import File
from values.errors import Stopped
from values.letter import Letter, Verdict
from values.outgoing import OutboxState

PATIENCE: Final = 30.0
LONGEST: Final = 5.0
"""Seconds from SIGTERM to the end of the process."""
SERVICE = '[service]\nlog_format = "json"\n{more}\n[desk]\nlisten = "{listen}"\n'
NOW = datetime.now(UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "office"


def configured(home: Path, port: int, *, more: str = "", smtp: str = "", listen: str = "") -> Path:
    text = SERVICE.format(more=more, listen=listen) + smtp
    return write_config(home, text + bulletin(port=port))


def end(running: Running) -> None:
    """Sends SIGTERM; the process ends by itself, in time, and reports success."""
    began = time.monotonic()
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(PATIENCE) == 0
    assert time.monotonic() - began < LONGEST


def pending_letter(config_file: Path, *files: File) -> str:
    """Stores a letter that waits to be read; returns its SHA-256."""
    with office_at(config_file, NOW) as office:
        store = LetterStore(BULLETIN, office.ledger, office.raws, office.now)
        store.keep([Letter(submission(*files), NOW, None)])
        with office.ledger.reading() as ledger:
            return letters.letters(ledger)[0].sha256


def verdicts(config_file: Path) -> list[Verdict]:
    with office_at(config_file, NOW) as office, office.ledger.reading() as ledger:
        return [letter.verdict for letter in letters.letters(ledger)]


@contextmanager
def pipe_at(path: Path) -> Iterator[None]:
    """A pipe in place of a file: opening it returns when the service reads it, and then nothing comes."""
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    try:
        yield
    finally:
        path.unlink()


def opened_for_reading(path: Path) -> int:
    """Waits until somebody reads the pipe; the descriptor that keeps it open."""
    return os.open(path, os.O_WRONLY)


def hanging_office(folder: Path) -> dict[str, str]:
    """The environment of a service whose LibreOffice never ends."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    program.chmod(0o755)
    return {"PATH": f"{program.parent}:{os.environ['PATH']}"}


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_server_that_does_not_greet(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE)
        with service(configured(home, server.getsockname()[1])) as running:
            connection, _ = server.accept()
            with connection:
                end(running)


@pytest.mark.parametrize("command", ["LOGIN", "UID FETCH"])
def test_mailbox_that_hangs(home: Path, command: str) -> None:
    hanging = threading.Event()

    def hang(talk: Talk) -> None:
        hanging.set()
        talk.hang()

    with ScriptedImap({11: raw(11)}).running() as server:
        server.on[command] = hang
        with service(configured(home, server.port)) as running:
            assert hanging.wait(PATIENCE)
            end(running)


def test_letter_that_is_being_read_stays_pending(home: Path) -> None:
    config_file = configured(home, free_port())
    sha256 = pending_letter(config_file, manuscript())
    path = home / "data" / "raw" / sha256[:2] / f"{sha256}.eml"
    kept = path.read_bytes()
    with pipe_at(path), service(config_file) as running:
        written = opened_for_reading(path)
        end(running)
        os.close(written)
    path.write_bytes(kept)
    assert broken_promises(home / "data") == []
    assert verdicts(config_file) == [Verdict.PENDING]


def test_letter_whose_file_is_being_converted_stays_pending_and_libreoffice_ends(home: Path, tmp_path: Path) -> None:
    config_file = configured(home, free_port())
    pending_letter(config_file, File("稿.rtf", rb"{\rtf1\ansi text}"))
    with service(config_file, **hanging_office(tmp_path)) as running:
        pid = running.log("LibreOffice started")["pid"]
        end(running)
        assert not is_alive(pid)
    assert verdicts(config_file) == [Verdict.PENDING]


def test_signed_off_issue_that_is_being_laid_out_gets_its_files_at_the_next_start(home: Path, tmp_path: Path) -> None:
    config_file = configured(home, free_port())
    environ = hanging_office(tmp_path)
    with office_at(config_file, NOW) as office:
        hand_in(office, "甲")
        assemble(office, office.bulletin(None), NOW.date())
        stopping = replace(office, soffice=tmp_path / "bin" / "soffice", stopping=lambda: True)
        with pytest.raises(FilesIncomplete, match="下次启动"):
            sign_off(stopping, office.bulletin(None), 70, "王编辑")
    with service(config_file, **environ) as running:
        pid = running.log("LibreOffice started")["pid"]
        end(running)
        assert not is_alive(pid)
        assert b'"error"' not in running.logs.read()
    with service(config_file, PATH="") as running:
        assert "issues/wuxing/70/manifest.json" in running.log("issue signed off")["files"]


def test_issue_is_not_assembled_without_its_page_numbers_because_the_service_stops(home: Path, tmp_path: Path) -> None:
    config_file = configured(home, free_port())
    with office_at(config_file, NOW, **hanging_office(tmp_path)) as office:
        hand_in(office, "甲")
        with pytest.raises(Stopped):
            assemble(replace(office, stopping=lambda: True), office.bulletin(None), NOW.date())
        with office.ledger.reading() as ledger:
            assert issues.issues(ledger) == []


def test_letter_that_is_being_sent_is_one_that_may_have_been_sent(home: Path) -> None:
    taken, release = threading.Event(), threading.Event()

    def hang(_taken: object) -> None:
        taken.set()
        release.wait(PATIENCE)

    with smtp_sink() as sink:
        sink.on_letter = hang
        smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {sink.port}\nsecurity = "none"\nsender = "o@example.org"\n'
        config_file = configured(home, free_port(), smtp=smtp)
        with office_at(config_file, NOW) as office:
            put_in(office, letter_out("a"))
        with service(config_file) as running:
            assert taken.wait(PATIENCE)
            end(running)
        release.set()
    with office_at(config_file, NOW) as office, office.ledger.reading() as ledger:
        [record] = outbox.letters_out(ledger)
        assert record.delivery.state is OutboxState.POSSIBLY_SENT


def test_backup_that_is_being_made_leaves_no_manifest(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    config_file = configured(home, free_port(), more=f'backup = "{folder}"')
    with office_at(config_file, NOW) as office:
        hand_in(office, "甲")
    pipe = home / "data" / "zz"
    with pipe_at(pipe), service(config_file) as running:
        written = opened_for_reading(pipe)
        end(running)
        os.close(written)
    assert not list(folder.rglob("*.json"))


def test_start_that_hangs(home: Path) -> None:
    config_file = configured(home, free_port())
    with office_at(config_file, NOW):
        pass
    pipe = home / "data" / "removed" / BULLETIN / f"{'a' * 64}.json"
    with pipe_at(pipe), service(config_file) as running:
        written = opened_for_reading(pipe)
        end(running)
        os.close(written)


def test_browser_that_sends_half_a_request(home: Path) -> None:
    port = free_port()
    config_file = configured(home, free_port(), listen=f"127.0.0.1:{port}")
    with service(config_file) as running:
        running.log("desk open")
        with socket.create_connection(("127.0.0.1", port)) as browser:
            browser.sendall(b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nhalf")
            running.notification()
            end(running)


def test_block_that_ends_in_time_is_not_left() -> None:
    left = threading.Event()
    interruption = Interruption()
    before = signal.signal(signal.SIGUSR1, lambda _signal, _frame: None)
    try:
        with ended_in_time(interruption, [signal.SIGUSR1], left.set, 60):
            os.kill(os.getpid(), signal.SIGUSR1)
            assert interruption.event.wait(PATIENCE)
        assert not left.is_set()
        with ended_in_time(Interruption(), [signal.SIGUSR1], left.set, 0.01):
            os.kill(os.getpid(), signal.SIGUSR1)
            assert left.wait(PATIENCE)
    finally:
        signal.signal(signal.SIGUSR1, before)
