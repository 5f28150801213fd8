"""A file has taken over the child that reads it: whatever it tries then fails, with Landlock and without.

Each attempt runs as the child's own code. It must end in an error, or in an answer that the service refuses.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import pickle
import signal
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from programs.child import CONNECTION
from programs.children import ChildLimits, ChildPool
from programs.crash import Crash, CrashKind

MARK = "不可外传的内容"
LIMITS = ChildLimits(seconds=3.0)
_F_SETSIG = 10  # asm-generic/fcntl.h; Python names it from 3.12 on
REFUSED = "refused"
SUCCEEDED = "succeeded"


@pytest.fixture(scope="module", params=[True, False], ids=["with Landlock", "without Landlock"])
def pool(request: pytest.FixtureRequest) -> Iterator[ChildPool]:
    os.environ["JIANBAO_TEST_SECRET"] = MARK
    with ChildPool(1, LIMITS, [__name__], landlock=request.param) as pool:
        yield pool
    del os.environ["JIANBAO_TEST_SECRET"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in ("jianbao.sqlite3", "config.toml", "raw/ab/letter.eml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MARK, encoding="utf-8")
    return tmp_path


# The attempts. Each gets the data folder and the service's process id, and fails by raising OSError.


def read_ledger(data: Path, service: int) -> None:
    (data / "jianbao.sqlite3").read_bytes()


def read_configuration(data: Path, service: int) -> None:
    (data / "config.toml").read_bytes()


def read_another_letter(data: Path, service: int) -> None:
    (data / "raw/ab/letter.eml").read_bytes()


def list_letters(data: Path, service: int) -> None:
    list((data / "raw").iterdir())


def read_environment_of_the_service(data: Path, service: int) -> None:
    Path(f"/proc/{service}/environ").read_bytes()


def read_memory_of_the_service(data: Path, service: int) -> None:
    Path(f"/proc/{service}/mem").open("rb").close()


def read_accounts_of_the_machine(data: Path, service: int) -> None:
    Path("/etc/passwd").read_bytes()


def read_own_environment(data: Path, service: int) -> None:
    if not os.environ:
        Path("/proc/self/environ").read_bytes()


def use_an_inherited_descriptor(data: Path, service: int) -> None:
    for descriptor in range(CONNECTION + 1, 1024):
        with suppress(OSError):
            os.fstat(descriptor)
            return
    raise OSError


def write_to_the_service_s_terminal(data: Path, service: int) -> None:
    null = Path("/dev/null").stat()
    if all(os.path.samestat(os.fstat(descriptor), null) for descriptor in range(3)):
        raise OSError


def write_into_the_data_folder(data: Path, service: int) -> None:
    (data / "jianbao.sqlite3").write_bytes(b"")


def leave_a_file(data: Path, service: int) -> None:
    Path("/tmp/jianbao-was-here").write_bytes(b"")


def delete_the_ledger(data: Path, service: int) -> None:
    (data / "jianbao.sqlite3").unlink()


def call_out(data: Path, service: int) -> None:
    socket.create_connection(("127.0.0.1", 9)).close()


def talk_to_a_local_service(data: Path, service: int) -> None:
    socket.socket(socket.AF_UNIX).close()


def start_a_program(data: Path, service: int) -> None:
    os.execv("/bin/true", ["true"])


def start_a_process(data: Path, service: int) -> None:
    os.fork()


def end_the_service(data: Path, service: int) -> None:
    os.kill(service, 0)


def end_everything(data: Path, service: int) -> None:
    os.kill(-1, 0)


def have_the_kernel_signal_the_service(data: Path, service: int) -> None:
    fcntl.fcntl(CONNECTION, fcntl.F_SETOWN, service)


def choose_the_signal_that_the_kernel_sends(data: Path, service: int) -> None:
    fcntl.fcntl(CONNECTION, _F_SETSIG, signal.SIGKILL)


NUMBERS = {  # of x86-64 and, where another, of the generic table (ARM64)
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "tgkill": (234, 131),
    "pidfd_open": (434, 434),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "keyctl": (250, 219),
    "fchmodat2": (452, 452),
    "io_uring_setup": (425, 425),
    "memfd_create": (319, 279),
    "clone3": (435, 435),
    "mount": (165, 40),
    "perf_event_open": (298, 241),
    "prctl": (157, 167),
}


def system_call(name: str, *arguments: int) -> None:
    number = NUMBERS[name][os.uname().machine != "x86_64"]
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, *map(ctypes.c_long, arguments)) < 0:
        raise OSError(ctypes.get_errno(), name)


CALLS: dict[str, Callable[[int], tuple[int, ...]]] = {
    "ptrace": lambda service: (16, service, 0, 0),
    "process_vm_readv": lambda service: (service, 0, 0, 0, 0, 0),
    "tgkill": lambda service: (service, service, 0),
    "pidfd_open": lambda service: (service, 0),
    "unshare": lambda _: (0x10000000,),
    "setns": lambda _: (CONNECTION, 0),
    "bpf": lambda _: (0, 0, 0),
    "userfaultfd": lambda _: (1,),
    "keyctl": lambda _: (0, 0xFFFFFFFD, 1),
    "fchmodat2": lambda _: (0xFFFFFF9C, 0, 0, 0),
    "io_uring_setup": lambda _: (1, 0),
    "memfd_create": lambda _: (0, 0),
    "clone3": lambda _: (0, 0),
    "mount": lambda _: (0, 0, 0, 0, 0),
    "perf_event_open": lambda _: (0, 0, 0, 0, 0),
    "prctl": lambda _: (4, 1, 0, 0, 0),
}
ATTEMPTS = (
    *(read_ledger, read_configuration, read_another_letter, list_letters, read_environment_of_the_service),
    *(read_memory_of_the_service, read_accounts_of_the_machine, read_own_environment, use_an_inherited_descriptor),
    *(write_to_the_service_s_terminal, write_into_the_data_folder, leave_a_file, delete_the_ledger, call_out),
    *(talk_to_a_local_service, start_a_program, start_a_process, end_the_service, end_everything),
    *(have_the_kernel_signal_the_service, choose_the_signal_that_the_kernel_sends),
)


def attempt(act: Callable[[Path, int], None], data: Path, service: int) -> str:
    try:
        act(data, service)
    except OSError:
        return REFUSED
    return SUCCEEDED


def attempt_call(name: str, service: int) -> str:
    try:
        system_call(name, *CALLS[name](service))
    except OSError:
        return REFUSED
    return SUCCEEDED


@pytest.mark.parametrize("act", ATTEMPTS, ids=lambda act: act.__name__.replace("_", " "))
def test_child_that_is_taken_over_can_do_nothing(act: Callable[[Path, int], None], pool: ChildPool, data: Path) -> None:
    assert pool.ask(0, attempt, act, data, os.getpid()) == REFUSED
    assert (data / "jianbao.sqlite3").read_text(encoding="utf-8") == MARK


@pytest.mark.parametrize("name", CALLS)
def test_child_that_is_taken_over_gets_nothing_from_the_kernel(name: str, pool: ChildPool) -> None:
    assert pool.ask(0, attempt_call, name, os.getpid()) == REFUSED


# Answers. The child writes to its socket what it likes.


class Payload:
    """A pickle of it runs a command when it is read."""

    def __init__(self, marker: str) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (f"touch {self.marker}",)


def answer_with(data: bytes, then_sleep: float) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, CONNECTION) as service:
        service.sendall(data)
        time.sleep(then_sleep)
        service.detach()
    return SUCCEEDED


def framed(data: bytes) -> bytes:
    return struct.pack("!Q", len(data)) + data


def test_answer_runs_no_command(pool: ChildPool, tmp_path: Path) -> None:
    marker = tmp_path / "was here"
    for prefix in (b"", b"a", b"c"):
        answer = framed(prefix + pickle.dumps(Payload(str(marker))))
        assert pool.ask(0, answer_with, answer, 9.0) == Crash(CrashKind.INVALID)
    assert not marker.exists()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (struct.pack("!Q", 1 << 40), CrashKind.INVALID),
        (struct.pack("!Q", 1 << 20) + b"a", CrashKind.OVERDUE),
        (framed(b""), CrashKind.INVALID),
        (framed(b"a\x91\x05"), CrashKind.INVALID),
        (framed(b"a" + b"\x91" * 100_000), CrashKind.INVALID),
        (framed(b"c\x91\x82\xa4kind\xa4died\xa6detail\xa0"), CrashKind.INVALID),
    ],
    ids=["too large", "never whole", "empty", "another type", "too deep", "a crash that only the service can see"],
)
def test_answer_of_the_wrong_kind_is_a_crash(pool: ChildPool, answer: bytes, kind: CrashKind) -> None:
    result = pool.ask(0, answer_with, answer, 9.0)
    assert isinstance(result, Crash)
    assert result.kind is kind


def test_second_answer_is_not_taken_for_that_of_the_next_question(pool: ChildPool) -> None:
    pool.ask(0, answer_with, framed(b"a\x91\xa5first"), 0.0)
    time.sleep(0.1)
    assert pool.ask(0, attempt, read_ledger, Path("/"), os.getpid()) == REFUSED


def number_of_this_process() -> int:
    return os.getpid()


def ended_within(seconds: float, process: int) -> bool:
    """Also of a process that has ended and whose parent does not know yet."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_children_end_with_the_pool() -> None:
    with ChildPool(1, LIMITS, [__name__]) as pool:
        child = pool.ask(0, number_of_this_process)
        assert isinstance(child, int)
        os.kill(child, 0)
    assert ended_within(5, child)


def test_child_that_was_killed_while_idle_costs_no_question() -> None:
    with ChildPool(1, LIMITS, [__name__]) as pool:
        child = pool.ask(0, number_of_this_process)
        assert isinstance(child, int)
        os.kill(child, signal.SIGKILL)
        assert ended_within(5, child)
        assert pool.ask(0, number_of_this_process) not in (child, None)
