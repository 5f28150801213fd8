"""The wall around LibreOffice: bubblewrap shows it programs, fonts and one folder, and nothing else of this machine.

No other file, no process but its own, no network, no environment. It needs no rights where user namespaces are allowed
(docs/decisions/0057).
"""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import structlog

_log = structlog.get_logger(__name__)

PATH: Final = "/usr/local/bin:/usr/bin:/bin"
JOB: Final = Path("/job")
"""What the folder is called behind the wall; the only one besides /tmp that can be written to."""
_PROGRAM: Final = "bwrap"
_MERGED: Final = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
"""Links into /usr on most systems, folders on older ones."""
_READABLE: Final = (
    *("/etc/fonts", "/etc/ld.so.cache", "/etc/libreoffice", "/etc/alternatives", "/etc/localtime"),
    *("/var/cache/fontconfig", "/var/lib/libreoffice"),
)
FONTS: Final = "fonts.conf"
"""The name of the file in the folder by which the program finds its fonts."""
_ENVIRONMENT: Final = {
    "PATH": PATH,
    "HOME": str(JOB),
    "TMPDIR": "/tmp",  # noqa: S108 - its own
    "LANG": "C.UTF-8",
    "FONTCONFIG_FILE": str(JOB / FONTS),
}


def walled(program: Path, folder: Path) -> list[str]:
    """The words of a command that runs the program behind the wall; its arguments follow. folder: becomes `JOB`, and
    its folder `tmp` becomes /tmp."""
    words = [_PROGRAM, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    words += ["--clearenv"]
    for name, value in _ENVIRONMENT.items():
        words += ["--setenv", name, value]
    words += ["--ro-bind", "/usr", "/usr", *_system(), "--proc", "/proc", "--dev", "/dev"]
    for path in _READABLE:
        words += ["--ro-bind-try", path, path]
    words += ["--bind", str(folder / "tmp"), "/tmp", "--bind", str(folder), str(JOB)]  # noqa: S108 - its own
    real = program.resolve()
    if not real.is_relative_to("/usr"):
        installed = str(real.parent.parent if real.parent.name == "program" else real.parent)  # /opt/libreoffice7.6
        words += ["--ro-bind-try", installed, installed]
    return [*words, "--remount-ro", "/", "--chdir", str(JOB), "--", str(real)]


class _NoWall(Exception):
    """A program cannot be run behind the wall now."""


def wall_works() -> bool:
    """Whether this machine can run a program behind the wall. Asked again until it once could: a busy machine may fail
    to start the trial, and an administrator may mend what is missing."""
    try:
        _try_wall()
    except _NoWall:
        _log.warning("no wall for LibreOffice", remedy="install bubblewrap, allow user namespaces")
        return False
    return True


@cache  # an exception is not remembered
def _try_wall() -> None:
    command = [_PROGRAM, "--unshare-all", "--die-with-parent", "--ro-bind", "/usr", "/usr", *_system()]
    command += ["--proc", "/proc", "--dev", "/dev", "--", "true"]
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run(command, env={"PATH": PATH}, capture_output=True, timeout=10, check=False)  # noqa: S603 - fixed words
        if done.returncode == 0:
            return
    raise _NoWall


def _system() -> Iterator[str]:
    """Words for the folders of programs and libraries beside /usr."""
    for name in _MERGED:
        path = Path("/", name)
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
        elif path.is_dir():
            yield from ("--ro-bind", str(path), str(path))
