"""The service as systemd sees it: a real process, a mailbox that does not answer, SIGTERM, kill -9."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from archive import letters
from service.issue.assemble import assemble
from service.issue.sign_off import FilesIncomplete, sign_off
from service.letters.add_by_hand import AddedFile, AddedMaterial, add_by_hand
from tests.support.correspondence import manuscript
from tests.support.invariants import broken_promises
from tests.support.offices import SHANGHAI, bulletin, hand_in, office_at, write_config
from tests.support.running import PATIENCE, service

SERVICE = '[service]\nlog_format = "json"\n[desk]\nlisten = ""\n'
TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port on this machine that is ours and refuses every connection."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])


@pytest.fixture
def config_file(tmp_path: Path, closed_port: int) -> Path:
    return write_config(tmp_path / "office", SERVICE + bulletin(port=closed_port))


def test_service_says_ready_backs_off_and_stops_when_asked(config_file: Path) -> None:
    with service(config_file) as running:
        assert running.notification() == "READY=1\nSTATUS=收稿中：1 个刊物"
        first = running.log("poll failed")
        assert first["again_in"] == "0:00:02"
        assert first["level"] == "warning"
        assert "127.0.0.1" in first["reason"]
        running.process.send_signal(signal.SIGTERM)
        assert running.notification() == "STOPPING=1"
        assert running.process.wait(PATIENCE) == 0
        assert b"SECRETCODE" not in running.logs.read()


def test_file_brought_in_at_the_desk_is_read_while_the_mailbox_does_not_answer(config_file: Path) -> None:
    file = manuscript()
    with service(config_file) as running, office_at(config_file, TUESDAY) as office:
        running.notification()
        running.log("poll failed")
        material = AddedMaterial("区民政局", files=(AddedFile(file.name, file.data),))
        add_by_hand(office, office.bulletin(None), material, who="王编辑")
        running.log("letter settled")
        with office.ledger.reading() as ledger:
            assert [letter.reason for letter in letters.letters(ledger)] == [
                "由王编辑添加：区民政局《内外兼修提升学前教育》已成稿"
            ]


def test_watchdog_is_notified_while_the_scheduler_runs(config_file: Path) -> None:
    with service(config_file, WATCHDOG_USEC="400000") as running:
        assert running.notification().startswith("READY=1")
        assert [running.notification(), running.notification()] == ["WATCHDOG=1"] * 2


def test_second_service_is_refused_and_a_killed_one_makes_room(config_file: Path) -> None:
    with service(config_file) as first:
        first.notification()
        with service(config_file) as second:
            logged = second.logs.read().decode()
            assert second.process.wait(PATIENCE) == 2
            assert f"另一个服务（进程 {first.process.pid}）正在使用" in logged
        first.process.kill()
        first.process.wait(PATIENCE)
        with service(config_file) as third:
            assert third.notification().startswith("READY=1")


def test_files_that_a_sign_off_left_out_are_made_when_the_service_starts(config_file: Path) -> None:
    broken = config_file.parent / "soffice"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    with office_at(config_file, TUESDAY, PATH=str(broken.parent)) as office:
        hand_in(office, "甲")
        assemble(office, office.bulletin(None), TUESDAY.date())
        with pytest.raises(FilesIncomplete):
            sign_off(office, office.bulletin(None), 70, "王编辑")
    with service(config_file, PATH="") as running:
        assert "issues/wuxing/70/manifest.json" in running.log("issue signed off")["files"]
    assert broken_promises(config_file.parent / "data") == []
