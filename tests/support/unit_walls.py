"""What a systemd unit allows its service, without systemd: the filters that it names, put on a process by libseccomp.

    python -m tests.support.unit_walls deploy/jianbao.service 252 -- python run_service.py check

The groups of system calls are those of that version of systemd (tests/deploy/systemd-VERSION.txt). As in
systemd.exec(5), the first `SystemCallFilter=` makes an allow list, later ones add to it or, with ~, take away;
@default is always allowed.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
NAMESPACES: Final = frozenset(["cgroup", "ipc", "net", "mnt", "pid", "user", "uts"])
"""All that systemd 252 knows; a unit that lists all of them has no filter of namespaces."""
FAMILIES: Final = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10, "AF_NETLINK": 16, "AF_PACKET": 17}
_ALLOW: Final = 0x7FFF0000
_ERRNO: Final = 0x00050000
_GREATER: Final = 6  # SCMP_CMP_GT
_EQUAL: Final = 4  # SCMP_CMP_EQ
_UNKNOWN: Final = -1
_NO_NEW_PRIVILEGES: Final = 38
_DROP_BOUNDING: Final = 24
_CAPABILITIES: Final = 41
_SETFCAP: Final = 31
_CAPABILITY_VERSION: Final = 0x20080522


def directives(unit: str) -> list[tuple[str, str]]:
    """The settings of a unit's text, in its order."""
    lines = (line.strip() for line in unit.splitlines())
    pairs = (line.partition("=") for line in lines if line and line[0] not in "#;[")
    return [(name, value) for name, _, value in pairs]


def values(unit: str, name: str) -> list[str]:
    """The values of a setting, one for each line that has it."""
    return [value for each, value in directives(unit) if each == name]


def groups_of(version: str) -> Mapping[str, frozenset[str]]:
    """The groups of system calls of that version of systemd."""
    text = (ROOT / "tests" / "deploy" / f"systemd-{version}.txt").read_text(encoding="utf-8")
    words = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {group: frozenset(calls) for group, *calls in words}


def allowed_calls(unit: str, groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The system calls that the unit allows."""
    allowed: frozenset[str] = groups["@default"]
    for value in values(unit, "SystemCallFilter"):
        calls = frozenset[str]().union(*(groups.get(word, {word}) for word in value.removeprefix("~").split()))
        allowed = allowed - calls if value.startswith("~") else allowed | calls
    return allowed


def _compare(argument: int, operator: int, value: int) -> ctypes.Array[ctypes.c_char]:
    """A struct scmp_arg_cmp."""
    packed = argument.to_bytes(4, "little") + operator.to_bytes(4, "little") + value.to_bytes(8, "little") + bytes(8)
    return ctypes.create_string_buffer(packed, len(packed))


def _load(default: int, rules: Iterator[tuple[int, str, tuple[int, int, int] | None]]) -> None:
    """rules: action, call and a condition on one of its arguments."""
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(default)))
    for action, call, condition in rules:
        number = library.seccomp_syscall_resolve_name(call.encode())
        if number != _UNKNOWN:
            compared = _compare(*condition) if condition else None
            library.seccomp_rule_add_array(
                handle, ctypes.c_uint32(action), number, ctypes.c_uint(bool(condition)), compared
            )
    if library.seccomp_load(handle) != 0:
        raise OSError("the filter was not taken")
    library.seccomp_release(handle)


def _refused_families(unit: str) -> Iterator[tuple[int, str, tuple[int, int, int]]]:
    families = {FAMILIES[name] for value in values(unit, "RestrictAddressFamilies") for name in value.split()}
    refuse = _ERRNO | errno.EAFNOSUPPORT
    for family in range(max(families)):
        if family not in families:
            yield refuse, "socket", (0, _EQUAL, family)
    yield refuse, "socket", (0, _GREATER, max(families))


def _give_up_capabilities() -> None:
    """As the dynamic user of the unit has none. Where the test runs as root one is kept, without which root may map no
    user into a namespace (user_namespaces(7)), as every other user may map itself."""
    kept = _SETFCAP if os.geteuid() == 0 else None
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in range(_CAPABILITIES):
        if capability != kept:
            libc.prctl(_DROP_BOUNDING, capability, 0, 0, 0)
    mask = 0 if kept is None else 1 << kept
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    effective_permitted_inheritable = (ctypes.c_uint32 * 6)(mask & 0xFFFFFFFF, mask & 0xFFFFFFFF, 0, 0, 0, 0)
    libc.capset(header, effective_permitted_inheritable)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def put_on(unit: str, version: str) -> None:
    """Puts the unit's walls on this process, for good: no capabilities, and the filters of its system calls."""
    if {name for value in values(unit, "RestrictNamespaces") for name in value.split()} != NAMESPACES:
        raise ValueError("a unit that restricts namespaces needs a filter that is not written here")
    [error] = values(unit, "SystemCallErrorNumber")
    allowed = allowed_calls(unit, groups_of(version))
    _give_up_capabilities()
    _load(_ALLOW, _refused_families(unit))
    _load(_ERRNO | getattr(errno, error), ((_ALLOW, call, None) for call in sorted(allowed)))


def main(words: Sequence[str]) -> None:
    """Replaces this process by a command behind the walls of a unit."""
    unit, version, _, *command = words
    put_on(Path(unit).read_text(encoding="utf-8"), version)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
