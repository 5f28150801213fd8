"""What a reading child may do: compute and answer. No network, no program started, no file written (seccomp(2)).

A parser that a hostile file has taken over can then neither call out nor leave anything behind. The filter is made by
libseccomp, which every Debian has; it needs no rights and no namespaces, and cannot be taken off again.
"""

from __future__ import annotations

import ctypes
import errno
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_LIBRARY: Final = "libseccomp.so.2"
_ALLOW: Final = 0x7FFF0000  # SCMP_ACT_ALLOW
_REFUSE: Final = 0x00050000 | errno.EACCES  # SCMP_ACT_ERRNO
_ALL_THREADS: Final = 4  # SCMP_FLTATR_CTL_TSYNC
_MASKED_EQUAL: Final = 7  # SCMP_CMP_MASKED_EQ
_UNKNOWN_CALL: Final = -1  # __NR_SCMP_ERROR
_WRITING: Final = (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC)

_REFUSED: Final = (
    *("socket", "connect", "io_uring_setup"),
    *("execve", "execveat", "ptrace", "process_vm_readv", "process_vm_writev"),
    *("creat", "openat2", "mknod", "mknodat", "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "truncate"),
    *("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"),
    *(
        "chmod",
        "fchmod",
        "fchmodat",
        "chown",
        "fchown",
        "lchown",
        "fchownat",
        "utime",
        "utimes",
        "utimensat",
        "setxattr",
        "mount",
        "umount2",
    ),
)
_OPENING: Final = (("open", 1), ("openat", 2))
"""Calls that open a file, and which argument holds the flags."""


class _Compare(ctypes.Structure):
    """struct scmp_arg_cmp: the argument, masked with `mask`, equals `wanted`."""

    _fields_ = (
        ("argument", ctypes.c_uint),
        ("operator", ctypes.c_int),
        ("mask", ctypes.c_uint64),
        ("wanted", ctypes.c_uint64),
    )


@dataclass(frozen=True, slots=True)
class _Rule:
    call: str
    conditions: tuple[_Compare, ...] = ()


def confine() -> bool:
    """Confines this process, all of its threads and its children, for good. False where the system does not offer it.

    What is refused fails with EACCES (PermissionError); reading files and answering through open pipes go on.
    """
    try:
        library = ctypes.CDLL(_LIBRARY)
    except OSError:
        return False
    library.seccomp_init.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(_ALLOW)))
    if not handle:
        return False
    try:
        made = library.seccomp_attr_set(handle, _ALL_THREADS, 1) == 0
        made = made and all(_add(library, handle, rule) for rule in _rules())
        return bool(made and library.seccomp_load(handle) == 0)
    finally:
        library.seccomp_release(handle)


def is_confined() -> bool:
    """Whether this process is: it cannot open a socket."""
    try:
        socket.socket().close()
    except PermissionError:
        return True
    return False


def _rules() -> Iterator[_Rule]:
    yield from (_Rule(call) for call in _REFUSED)
    for call, argument in _OPENING:
        for flag in _WRITING:
            mask = os.O_ACCMODE if flag in (os.O_WRONLY, os.O_RDWR) else flag
            yield _Rule(call, (_Compare(argument, _MASKED_EQUAL, mask, flag),))


def _add(library: ctypes.CDLL, handle: ctypes.c_void_p, rule: _Rule) -> bool:
    """A call that this processor does not have is refused anyway."""
    number = library.seccomp_syscall_resolve_name(rule.call.encode())
    if number == _UNKNOWN_CALL:
        return True
    conditions = (_Compare * len(rule.conditions))(*rule.conditions)
    added = library.seccomp_rule_add_array(
        handle, ctypes.c_uint32(_REFUSE), number, ctypes.c_uint(len(rule.conditions)), conditions
    )
    return added in (0, -errno.EACCES, -errno.EDOM)  # a call that is only emulated here has no rule of its own
