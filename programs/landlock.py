"""Landlock (Linux 5.13 and later): a process gives up all files but those it may read. Needs no rights.

The restriction holds for the calling thread and everything it starts, and cannot be taken off again; call it while the
process has a single thread. Done by system calls, since no C library wraps them: landlock(7).
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446
"""System call numbers; equal on every architecture, as for all calls added since Linux 5.1 (asm-generic/unistd.h)."""
_VERSION_FLAG: Final = 1  # LANDLOCK_CREATE_RULESET_VERSION
_RULE_PATH_BENEATH: Final = 1
_SET_NO_NEW_PRIVS: Final = 38  # PR_SET_NO_NEW_PRIVS
_SET_DUMPABLE: Final = 4  # PR_SET_DUMPABLE

_READ_FILE: Final = 1 << 2
_READ_DIR: Final = 1 << 3
_ALL_BY_VERSION: Final = ((1, (1 << 13) - 1), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
"""From which version on (first) which access rights (second) exist: 2 REFER, 3 TRUNCATE, 5 IOCTL_DEV."""
_NET_VERSION: Final = 4
_ALL_NETWORK: Final = 0b11  # BIND_TCP and CONNECT_TCP
_SCOPE_VERSION: Final = 6
_ALL_SCOPES: Final = 0b11  # abstract UNIX sockets and signals reach no process outside


class _Ruleset(ctypes.Structure):
    """struct landlock_ruleset_attr."""

    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    """struct landlock_path_beneath_attr, which is packed."""

    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def landlock_version() -> int:
    """The version of Landlock that the kernel offers; 0 for none."""
    version = _libc().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG))
    return max(0, int(version))


def restrict_files(readable: Iterable[Path]) -> bool:
    """Leaves this process only reading beneath the paths; also no TCP (version 4) and no signals out (version 6).

    readable: files and folders; those that do not exist are skipped. Returns False, having restricted nothing, where
    the kernel has no Landlock. Raises OSError when a kernel that has it refuses.
    """
    version = landlock_version()
    if not version:
        return False
    everything = sum(rights for since, rights in _ALL_BY_VERSION if version >= since)
    ruleset = _ruleset(version, everything)
    try:
        for path in readable:
            _allow_reading(ruleset, path)
        forbid_new_privileges()
        _checked(_libc().syscall(_RESTRICT_SELF, ruleset, ctypes.c_uint32(0)))
    finally:
        os.close(ruleset)
    return True


def forbid_new_privileges() -> None:
    """No program started from here on gains rights by set-uid or capabilities: prctl(2) PR_SET_NO_NEW_PRIVS."""
    _checked(_libc().prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0))


def forbid_inspection() -> None:
    """Hides memory, environment and descriptors of this process from others of the same user: PR_SET_DUMPABLE.

    root still can. The kernel sets it back when the process starts another program.
    """
    _checked(_libc().prctl(_SET_DUMPABLE, 0, 0, 0, 0))


def _ruleset(version: int, everything: int) -> int:
    """A new ruleset's descriptor. Kernels refuse fields that they do not know, so its size follows the version."""
    attributes = _Ruleset(everything, _ALL_NETWORK, _ALL_SCOPES)
    size = 8 if version < _NET_VERSION else 16 if version < _SCOPE_VERSION else 24
    return _checked(
        _libc().syscall(_CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(size), ctypes.c_uint32(0))
    )


def _allow_reading(ruleset: int, path: Path) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        # A rule about a single file must not name rights of folders (EINVAL).
        rights = _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE
        rule = _PathBeneath(rights, handle)
        _checked(_libc().syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), ctypes.c_uint32(0)))
    finally:
        os.close(handle)


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno() or errno.EPERM
        raise OSError(code, os.strerror(code))
    return int(result)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
