"""`backup` and `restore` that SIGTERM ends leave nothing half-written, and end at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.office import Office
from tests.support.crash import ROOT
from tests.support.offices import hand_in

PATIENCE = 30


@pytest.fixture
def office(office: Office) -> Office:
    hand_in(office, "甲")
    return office


@contextmanager
def command(config_file: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    program = [sys.executable, str(ROOT / "run_service.py"), "--config", str(config_file), *words]
    with subprocess.Popen(program, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def config_of(office: Office) -> Path:
    return office.data_dir.parent / "config.toml"


@pytest.mark.parametrize("form", ["file", "folder"])
def test_backup(office: Office, tmp_path: Path, form: str) -> None:
    pipe = office.data_dir / "zz"
    os.mkfifo(pipe)
    target = tmp_path / "target"
    target.mkdir()
    words = (str(target / "b.tar.xz"),) if form == "file" else ("--to", str(target))
    with command(config_of(office), "backup", *words) as process:
        reading = os.open(pipe, os.O_WRONLY)  # returns when the backup reads it
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 128 + signal.SIGTERM
        os.close(reading)
    pipe.unlink()
    assert [path for path in (*target.rglob("*"), *office.data_dir.rglob("*")) if path.name.startswith(".part-")] == []
    assert not list(target.rglob("*.json")) + list(target.rglob("*.tar.xz"))


def test_restore(office: Office, tmp_path: Path) -> None:
    home = tmp_path / "again"
    home.mkdir()
    config = home / "config.toml"
    config.write_text(config_of(office).read_text(encoding="utf-8"), encoding="utf-8")
    source = tmp_path / "b.tar.xz"
    os.mkfifo(source)
    with command(config, "restore", str(source)) as process:
        reading = os.open(source, os.O_WRONLY)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == -signal.SIGTERM
        os.close(reading)
    with command(config, "messages") as process:
        assert process.wait(PATIENCE) == 2
