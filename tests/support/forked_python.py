"""Runs Python programs in processes forked from one that has imported the modules: 0.1 instead of 0.8 s of CPU each.

The suite runs some hundred commands and kills some hundred programs; most of what each used was importing SQLAlchemy,
pydantic and lxml. A forked program is a process and a session of its own, with its own arguments, environment, output
and exit status. It does not show what a cold start costs, nor an import that a command lacks: the commands of
tests/scenarios/test_scenarios.py, tests/cli and tests/support/running.py start cold.

    ended = run_python(ROOT / "run_service.py", ["--help"], os.environ, timeout=60)

One server process is started at the first call and ends with this process. It forks a supervisor for each call, which
forks the program, so that calls from several threads run side by side.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.support.kill_switch import KillSwitch, armed

ROOT: Final = Path(__file__).resolve().parents[2]
PRELOADED: Final = (
    *("alembic.autogenerate", "alembic.command", "docx", "docxtpl", "imapclient", "jinja2.sandbox", "lxml.etree"),
    *("lxml.html", "msgspec", "PIL.Image", "pydantic.type_adapter", "pypdfium2", "rich.console", "rich.table"),
    *("sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.sqlite", "sqlite3", "structlog"),
    *("archive.migrate", "cli.base.main", "courier.sending", "service.letters.receive", "service.issue.assemble"),
    *("service.issue.sign_off", "service.office", "settings.load"),
)
"""Modules imported before forking: the libraries, and those of ours that import most of what a command needs. None of
them starts a thread, which a fork would lose; importing one of ours only defines names."""
cpu_seconds: Final = [0.0]
"""What the programs run so far have used, with the children they have waited for; read by tests.support.cpu_times."""
_lock: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Ended:
    """A program that has ended. `status` is negative for a signal, as in subprocess."""

    status: int
    stdout: bytes
    stderr: bytes


def run_python(
    program: Path,
    arguments: Sequence[str],
    environ: Mapping[str, str],
    *,
    timeout: float,
    cwd: Path = ROOT,
    kill_at: int = 0,
) -> Ended:
    """Runs the program to its end, or kills it and what it started at its step `kill_at` (tests.support.kill_switch).

    Raises TimeoutError after `timeout` seconds; then too the program and what it started are killed.
    """
    request = {
        **{"program": str(program), "arguments": list(arguments), "environ": dict(environ)},
        **{"cwd": str(cwd), "kill_at": kill_at},
    }
    with (
        socket.socket(socket.AF_UNIX) as supervisor,
        tempfile.TemporaryFile() as stdout,  # not a pipe: orphans of a killed program would hold it open
        tempfile.TemporaryFile() as stderr,
    ):
        supervisor.connect(_server())
        supervisor.settimeout(timeout)
        socket.send_fds(supervisor, [b"."], [stdout.fileno(), stderr.fileno()])
        supervisor.sendall(json.dumps(request).encode() + b"\n")
        answers = supervisor.makefile("r")
        pid = int(answers.readline())
        try:
            status, seconds = answers.readline().split()
        except TimeoutError:
            end_group(pid)
            raise
        if kill_at:
            end_group(pid)
        for output in (stdout, stderr):
            output.seek(0)
        with _lock:
            cpu_seconds[0] += float(seconds)
        return Ended(int(status), stdout.read(), stderr.read())


def run_cold(command: Sequence[str], environ: Mapping[str, str], *, timeout: float) -> Ended:
    """Runs a command as a person would start it. Raises subprocess.TimeoutExpired after `timeout` seconds."""
    done = subprocess.run(command, capture_output=True, env=dict(environ), timeout=timeout, check=False)
    return Ended(done.returncode, done.stdout, done.stderr)


def end_group(leader: int) -> None:
    """Ends what the program started. The group of a new session is its own; without members it is gone."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


@cache
def _server() -> str:
    """The address of the server process, which is started now."""
    folder = tempfile.TemporaryDirectory(prefix="forks-")
    address = str(Path(folder.name, "door"))
    door = socket.socket(socket.AF_UNIX)
    door.bind(address)
    door.listen(64)
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.support.forked_python", str(door.fileno())],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        pass_fds=[door.fileno()],
    )
    door.close()

    def end() -> None:
        assert server.stdin is not None
        server.stdin.close()  # by which the server ends
        server.wait()
        folder.cleanup()

    atexit.register(end)
    return address


def _serve(door: socket.socket) -> dict[str, Any]:
    """Waits for calls until standard input is closed. Returns only in a process that is to run the request."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # supervisors need no wait
    while True:
        ready, _, _ = select.select([door, sys.stdin], [], [])
        if sys.stdin in ready:
            sys.exit()
        call, _ = door.accept()
        with call:
            if os.fork() == 0:
                door.close()
                return _supervise(call)


def _supervise(call: socket.socket) -> dict[str, Any]:
    """Forks the program and reports its process id, then its status. Returns in the forked process alone."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, outputs, _, _ = socket.recv_fds(call, 1, 2)
    with call.makefile("r") as lines:
        request: dict[str, Any] = json.loads(lines.readline())
    pid = os.fork()
    if pid == 0:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(outputs[0], 1)
        os.dup2(outputs[1], 2)
        for output in outputs:
            os.close(output)
        return request
    call.sendall(f"{pid}\n".encode())
    _, status, usage = os.wait4(pid, 0)
    call.sendall(f"{os.waitstatus_to_exitcode(status)} {usage.ru_utime + usage.ru_stime}\n".encode())
    os._exit(0)


def _run(request: dict[str, Any]) -> None:
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["environ"])
    program = str(request["program"])
    sys.argv = [program, *request["arguments"]]
    sys.path.insert(0, str(Path(program).parent))
    with armed(KillSwitch(request["kill_at"])) if request["kill_at"] else nullcontext():
        runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    for module in PRELOADED:
        importlib.import_module(module)
    gc.freeze()  # a collection in a forked process would write to, and so copy, every page
    _run(_serve(socket.socket(fileno=int(sys.argv[1]))))
