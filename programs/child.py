"""What a child process does: give up all rights, then answer questions until the service ends or replaces it."""

from __future__ import annotations

import gc
import os
import pickle
import resource
import socket
import sys
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from programs.answers import encode
from programs.confine import confine
from programs.crash import Crash, CrashKind
from programs.frames import receive_with_descriptor, send_frame
from programs.landlock import forbid_inspection, forbid_new_privileges, restrict_files

ANSWER: Final = b"a"
"""First byte of a message that holds an answer."""
CRASH: Final = b"c"
"""First byte of a message that holds a `Crash`."""
CONNECTION: Final = 3
"""The only open descriptor of a child besides 0 to 2, which are /dev/null."""
_MIB: Final = 1024 * 1024
_ALLOCATIONS: Final = 10_000
"""Before the collector of cycles runs. A letter makes thousands of small values, which nearly all die with it."""
_GRACE: Final = 2
"""Seconds of CPU time above those of wall time, so that the wall time, which is reported, ends the question first."""
_SYSTEM: Final = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"),
    *("/usr/share/zoneinfo", "/etc/localtime", "/dev/null", "/dev/urandom"),
)
"""Shared libraries, and what the C library reads."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is sent to a child: pickled, since the service may be trusted by its children, and not they by it."""

    function: Callable[..., object]
    arguments: tuple[object, ...]
    named: dict[str, object]
    memory: int
    """Bytes of address space."""
    seconds: float
    """Of CPU time, and two more."""


def serve(connection: int, *, landlock: bool) -> None:
    """Answers questions that arrive on that descriptor, until its other end is closed. Runs in a forked process.

    landlock: whether files are shut off by Landlock; without it, seccomp lets none be opened at all.
    """
    _give_up_rights(connection, landlock=landlock)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, CONNECTION) as service:
        while True:
            try:
                data, descriptor = receive_with_descriptor(service)
            except (EOFError, OSError):
                return
            send_frame(service, _message(data, descriptor))


def _give_up_rights(connection: int, *, landlock: bool) -> None:
    nothing = os.open("/dev/null", os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nothing, descriptor)
    os.dup2(connection, CONNECTION)
    os.closerange(CONNECTION + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    gc.freeze()  # what is preloaded stays: not visiting it again saves a tenth of the CPU time of a letter
    gc.set_threshold(_ALLOCATIONS)
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(limit, (0, 0))
    forbid_new_privileges()
    forbid_inspection()
    if landlock and not restrict_files(readable_files()):
        raise OSError("Landlock was there when this child was asked for")
    confine(opening=landlock)  # without libseccomp it does nothing, which `check` reports


def readable_files() -> Iterator[Path]:
    """What a child may read: the interpreter, its libraries, and the packages of ours that are loaded already.

    Not the folder that holds our packages: configuration and data may lie in it.
    """
    yield from map(Path, _SYSTEM)
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    libraries = {Path(sysconfig.get_path(name)) for name in names}
    libraries |= {Path(entry) for entry in sys.path if Path(entry).name in ("site-packages", "dist-packages")}
    yield from libraries
    yield Path(sys.base_prefix) / "lib"
    for name, module in list(sys.modules.items()):
        if "." not in name:
            yield from map(Path, getattr(module, "__path__", ()))


def _message(data: bytearray, descriptor: int | None) -> bytes:
    """The message to send back for a question as it was received. descriptor: the opened file that is its first
    argument."""
    memory = 0
    try:
        question: Question = pickle.loads(data)  # noqa: S301 - from the service
        data.clear()
        memory = question.memory
        _limit(memory, question.seconds)
        if descriptor is None:
            return ANSWER + encode(question.function(*question.arguments, **question.named))
        with open(descriptor, "rb") as file:  # noqa: PTH123 - it has no path here
            return ANSWER + encode(question.function(file, *question.arguments, **question.named))
    except MemoryError:
        crash = Crash(CrashKind.OUT_OF_MEMORY, str(memory // _MIB))
    except RecursionError:
        crash = Crash(CrashKind.TOO_DEEP)
    except Exception as error:  # noqa: BLE001 - a defect of ours must cost one question only, and be named
        crash = Crash(CrashKind.DEFECT, _place_of(error))
    finally:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))  # else a large next question could not be received
    return CRASH + encode(crash)


def _place_of(error: Exception) -> str:
    """The exception's class, and the module and line that raised it. Not its text, which may quote the file: the letter
    may bear a marking of secrecy."""
    raised = error.__traceback__
    while raised is not None and raised.tb_next is not None:
        raised = raised.tb_next
    place = "" if raised is None else f"，{Path(raised.tb_frame.f_code.co_filename).name}:{raised.tb_lineno}"
    return f"{type(error).__name__}{place}"


def _limit(memory: int, seconds: float) -> None:
    """Sets the limits of this process anew: RLIMIT_CPU counts from the process's start, not from the question's."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    # Ends a spinning child even when the service itself was killed meanwhile.
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + _GRACE, hard))
