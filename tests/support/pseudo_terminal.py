"""A command run in a pseudo-terminal: what it shows is waited for, and what is typed goes to it as from a keyboard."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTROL_C = "\x03"
END = "\x04"


class TerminalSession:
    """The terminal side."""

    def __init__(self, descriptor: int, process: subprocess.Popen[bytes]) -> None:
        self.shown = ""
        """Everything so far, with the terminal's line ends."""
        self._descriptor = descriptor
        self._process = process
        self._looked_at = 0

    def expect(self, text: str, seconds: float = 30) -> None:
        """Waits until the text appears after what was expected before."""
        ends = time.monotonic() + seconds
        while (place := self.shown.find(text, self._looked_at)) < 0:
            ready, _, _ = select.select([self._descriptor], [], [], max(0, ends - time.monotonic()))
            assert ready, f"no {text!r} in {self.shown!r}"
            try:
                data = os.read(self._descriptor, 4096)
            except OSError:  # EIO: the other side has been closed
                data = b""
            assert data, f"ended without {text!r}: {self.shown!r}"
            self.shown += data.decode("utf-8", "replace")
        self._looked_at = place + len(text)

    def type(self, text: str, *, end: str = "\n") -> None:
        os.write(self._descriptor, f"{text}{end}".encode())

    def leave(self, key: str) -> None:
        """Types control-C or the end of input until it has been noticed.

        A signal that comes between Python's last look for one and its read(2) waits for the next.
        """
        self.type(key, end="")
        while not select.select([self._descriptor], [], [], 5)[0]:
            self.type(key, end="")

    def dialogue(self, *turns: tuple[str, str]) -> None:
        """Types the second of each turn after the first has appeared."""
        for prompt, typed in turns:
            self.expect(prompt)
            self.type(typed)

    def status(self) -> int:
        """The exit status, once it has ended."""
        while True:  # what is shown last must be read, else it could not end
            try:
                data = os.read(self._descriptor, 4096)
            except OSError:
                break
            if not data:
                break
            self.shown += data.decode("utf-8", "replace")
        return self._process.wait(30)


@contextmanager
def in_terminal(words: Sequence[str], cwd: Path, environ: Mapping[str, str] | None = None) -> Iterator[TerminalSession]:
    """Runs run_service.py with these words; it is killed at the end of the block."""
    ours, theirs = os.openpty()
    # A shell starts what runs in the background with SIGINT ignored, and children inherit that (POSIX.1-2017, 2.11).
    as_by_hand = ["env", "--default-signal=INT", "setsid", "--ctty", "--wait"]
    process = subprocess.Popen(
        [*as_by_hand, sys.executable, str(ROOT / "run_service.py"), *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=cwd,
        env={**os.environ, "TERM": "dumb", "COLUMNS": "200", **(environ or {})},
    )
    os.close(theirs)
    try:
        yield TerminalSession(ours, process)
    finally:
        process.kill()
        process.wait()
        os.close(ours)  # hangs up what the process has started
