"""`run` as systemd sees it: a real process, its notifications, its log."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from tests.support.crash import ROOT
from tests.support.forked_python import end_group

PATIENCE: Final = 60


@dataclass(frozen=True, slots=True)
class Running:
    process: subprocess.Popen[bytes]
    logs: IO[bytes]
    systemd: socket.socket

    def notification(self) -> str:
        """The next datagram to systemd."""
        return self.systemd.recv(4096).decode()

    def log(self, event: str) -> dict[str, Any]:
        """The next log line about that event."""
        for line in self.logs:
            entry: dict[str, Any] = json.loads(line)
            if entry["event"] == event:
                return entry
        raise AssertionError(f"the service ended without saying {event!r}")


@contextmanager
def service(config_file: Path, **environ: str) -> Iterator[Running]:
    """`run_service.py run` in a new session, which is ended with the test."""
    address = config_file.parent / f"notify-{os.urandom(4).hex()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(address))
        systemd.settimeout(PATIENCE)
        process = subprocess.Popen(
            [sys.executable, "run_service.py", "--config", config_file, "run"],
            cwd=ROOT,
            env={**os.environ, "JIANBAO_IMAP_PASSWORD": "SECRETCODE", "NOTIFY_SOCKET": str(address), **environ},
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        assert process.stderr is not None
        try:
            yield Running(process, process.stderr, systemd)
        finally:
            end_group(process.pid)
            process.wait()
            process.stderr.close()


def free_port() -> int:
    """A port of this machine that is free now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
