"""What a reading child may do: compute and answer. All other system calls are refused (seccomp(2)): no network, no
program or process started or signalled, no file written, no namespace.

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
_UNKNOWN: Final = 0x00050000 | errno.ENOSYS
"""For all other calls: the C library and the interpreter then do without, as on an older kernel."""
_ALL_THREADS: Final = 4  # SCMP_FLTATR_CTL_TSYNC
_EQUAL: Final = 4  # SCMP_CMP_EQ
_MASKED_EQUAL: Final = 7  # SCMP_CMP_MASKED_EQ
_UNKNOWN_CALL: Final = -1  # __NR_SCMP_ERROR

_ALLOWED: Final = (
    *("read", "readv", "pread64", "write", "writev", "close", "lseek", "_llseek", "fadvise64"),
    *("recvfrom", "recvmsg", "sendto", "sendmsg", "shutdown", "poll", "ppoll", "select", "pselect6", "_newselect"),
    *("fstat", "fstat64", "stat", "stat64", "lstat", "lstat64", "newfstatat", "fstatat64", "statx", "access"),
    *("faccessat", "faccessat2", "readlink", "readlinkat", "getcwd", "getdents", "getdents64", "dup"),
    *("mmap", "mmap2", "munmap", "mremap", "mprotect", "madvise", "brk", "futex", "futex_time64"),
    *("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigreturn", "sigaltstack", "restart_syscall"),
    *("clock_gettime", "clock_gettime64", "clock_getres", "clock_nanosleep", "clock_nanosleep_time64", "nanosleep"),
    *("gettimeofday", "time", "times", "getrusage", "getrlimit", "ugetrlimit", "setrlimit", "getrandom", "uname"),
    *("getpid", "getppid", "gettid", "getuid", "geteuid", "getgid", "getegid", "getuid32", "geteuid32", "getgid32"),
    *("getegid32", "sysinfo", "sched_yield", "sched_getaffinity", "getcpu", "rseq", "set_robust_list"),
    *("set_tid_address", "exit", "exit_group"),
)
"""What parsing needs: computing, memory, reading open files, and answering on the open socket. Names of other
architectures are among them; those that this one does not have are left out."""
_REFUSED: Final = (
    *("pipe", "pipe2", "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "io_uring_setup"),
    *("execve", "execveat", "fork", "vfork", "clone", "ptrace", "process_vm_readv", "process_vm_writev", "kcmp"),
    *("kill", "tkill", "tgkill", "rt_sigqueueinfo", "pidfd_open", "pidfd_getfd", "pidfd_send_signal"),
    *("unshare", "setns", "bpf", "userfaultfd", "perf_event_open", "keyctl", "add_key", "request_key"),
    *("chroot", "pivot_root", "mount", "umount2", "open_by_handle_at", "setuid", "setgid", "setresuid", "capset"),
    *("creat", "openat2", "mknod", "mknodat", "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "truncate"),
    *("ftruncate", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"),
    *("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat"),
    *("utime", "utimes", "utimensat", "setxattr", "lsetxattr", "fsetxattr"),
)
"""Refused as forbidden (EACCES), so that a parser which tries one fails for a reason that its log names."""
_OPENING: Final = (("open", 1), ("openat", 2))
"""Calls that open a file, and which argument holds the flags."""
_WRITING: Final = os.O_ACCMODE | os.O_CREAT | os.O_TRUNC | (os.O_TMPFILE & ~os.O_DIRECTORY)
"""Flags of which none is set where a file is opened for reading."""
_IOCTLS: Final = (0x5401, 0x5421, 0x5450, 0x5451)
"""TCGETS, FIONBIO, FIONCLEX, FIOCLEX: what the interpreter asks of a file or socket that it opens."""


_FCNTLS: Final = (0, 1, 2, 3, 4, 1030)
"""F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC. Never F_SETOWN and F_SETSIG: with them a child has the
kernel send any signal to any process of its user."""


class _Compare(ctypes.Structure):
    """struct scmp_arg_cmp: the argument equals `mask`, or, masked with `mask`, equals `wanted`."""

    _fields_ = (
        ("argument", ctypes.c_uint),
        ("operator", ctypes.c_int),
        ("mask", ctypes.c_uint64),
        ("wanted", ctypes.c_uint64),
    )


@dataclass(frozen=True, slots=True)
class _Rule:
    call: str
    action: int
    conditions: tuple[_Compare, ...] = ()


def confine(*, opening: bool = True) -> bool:
    """Confines this process, all of its threads and its children, for good. False where the system does not offer it.

    What is refused fails with EACCES (PermissionError); reading open files and answering through open sockets go on.
    opening: whether files may be opened for reading; where Landlock does not limit which, none should be.
    """
    try:
        library = ctypes.CDLL(_LIBRARY)
    except OSError:
        return False
    library.seccomp_init.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(_UNKNOWN)))
    if not handle:
        return False
    try:
        made = library.seccomp_attr_set(handle, _ALL_THREADS, 1) == 0
        made = made and all(_add(library, handle, rule) for rule in _rules(opening=opening))
        return bool(made and library.seccomp_load(handle) == 0)
    finally:
        library.seccomp_release(handle)


def is_confined() -> bool:
    """Whether this process is: it can neither open a socket nor read about other processes."""
    try:
        socket.socket().close()
    except PermissionError:
        return not _can_be_opened("/proc/self/environ")
    return False


def _can_be_opened(path: str) -> bool:
    try:
        os.close(os.open(path, os.O_RDONLY))
    except PermissionError:
        return False
    return True


def _rules(*, opening: bool) -> Iterator[_Rule]:
    yield from (_Rule(call, _ALLOW) for call in _ALLOWED)
    yield from (_Rule(call, _REFUSE) for call in _REFUSED)
    yield from (_Rule("ioctl", _ALLOW, (_Compare(1, _EQUAL, request, 0),)) for request in _IOCTLS)
    for call in ("fcntl", "fcntl64"):
        yield from (_Rule(call, _ALLOW, (_Compare(1, _EQUAL, command, 0),)) for command in _FCNTLS)
    yield _Rule("prlimit64", _ALLOW, (_Compare(0, _EQUAL, 0, 0),))  # of this process alone
    for call, flags in _OPENING:
        if opening:
            yield _Rule(call, _ALLOW, (_Compare(flags, _MASKED_EQUAL, _WRITING, 0),))
            yield from _refused_flags(call, flags)
        else:
            yield _Rule(call, _REFUSE)


def _refused_flags(call: str, argument: int) -> Iterator[_Rule]:
    """Opening a file to write to it is forbidden, not unknown."""
    for flag in (os.O_WRONLY, os.O_RDWR):
        yield _Rule(call, _REFUSE, (_Compare(argument, _MASKED_EQUAL, os.O_ACCMODE, flag),))
    for flag in (os.O_CREAT, os.O_TRUNC):
        yield _Rule(call, _REFUSE, (_Compare(argument, _MASKED_EQUAL, flag, flag),))


def _add(library: ctypes.CDLL, handle: ctypes.c_void_p, rule: _Rule) -> bool:
    """A call that this processor does not have needs no rule."""
    number = library.seccomp_syscall_resolve_name(rule.call.encode())
    if number == _UNKNOWN_CALL:
        return True
    conditions = (_Compare * len(rule.conditions))(*rule.conditions)
    added = library.seccomp_rule_add_array(
        handle, ctypes.c_uint32(rule.action), number, ctypes.c_uint(len(rule.conditions)), conditions
    )
    return added in (0, -errno.EACCES, -errno.EDOM)  # a call that is only emulated here has no rule of its own
