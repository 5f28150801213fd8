"""Whether a data directory is private: owned by the user of the service, and closed to all others; private files."""

from __future__ import annotations

import os
import pwd
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from archive.storage_errors import storage_errors
from values.errors import BadUsage

_OF_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def refuse_directory_of_another(directory: Path, user: int) -> None:
    """Raises BadUsage when the directory belongs to another user: what this process would write there, such as the
    ledger's -wal, its owner could not open. user: the id of this process's user. Raises StorageFailed."""
    with storage_errors(directory):
        owner = directory.stat().st_uid
    if owner != user:
        name = _name(owner)
        raise BadUsage(
            f"数据文件夹 {directory} 属于用户 {name}，现在运行程序的是 {_name(user)}：留下的文件服务会打不开。"
            f"请以 {name} 的身份运行（由 systemd 管理的用 jianbao 命令，其他用 runuser -u {name} -- …）；"
            f"要换用户，先停服务，再执行 chown -R {_name(user)} {directory}"
        )


def privacy_problems(directory: Path, user: int) -> Iterator[str]:
    """A Chinese sentence with the remedy for each way in which the directory is not private; none when it is.

    Within a directory that is closed to others, the permissions of its files and folders decide nothing. Files of
    another user, which a command run as root leaves, are those that the service cannot open. Raises StorageFailed.
    """
    with storage_errors(directory):
        mode = stat.S_IMODE(directory.stat().st_mode)
        foreign = sorted(path.name for path in directory.iterdir() if path.lstat().st_uid != user)
    if mode & _OF_OTHERS:
        yield (
            f"数据文件夹 {directory} 的权限是 {mode:04o}，本机其他用户也能读到来信和台账；请执行 chmod 700 {directory}"
        )
    if foreign:
        yield (
            f"数据文件夹 {directory} 里的 {'、'.join(foreign)} 属于别的用户，服务可能打不开；"
            f"请停服务，执行 chown -R {_name(user)} {directory}"
        )


def create_private(path: Path) -> BinaryIO:
    """A new file that only its owner can read, open for writing and not yet durable. Raises OSError for an existing."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600), "wb")


def _name(user: int) -> str:
    """The user's name; for one without a name, the number, which `chown` takes too."""
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
