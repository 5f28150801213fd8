"""Writes a new configuration and its password, both or neither, and never over a file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from archive.files import remove_file, write_new_durably
from values.errors import BadUsage

_READABLE: Final = 0o644
"""Of a configuration whose password is elsewhere, so that the service's own user may read it."""


def write_configuration(config: Path, text: str, password_file: Path | None, password: str) -> None:
    """password_file: where the password is written, readable by its owner alone; None: it is somewhere already.

    Raises BadUsage where a file of either name exists, StorageFailed.
    """
    if password_file is not None and not write_new_durably(password_file, f"{password}\n".encode()):
        raise BadUsage(f"{password_file} 已经有了，没有改动。要用它，请写 --password-file {password_file}。")
    try:
        if not write_new_durably(config, text.encode()):
            raise BadUsage(already_there(config))
    except BaseException:
        if password_file is not None:
            remove_file(password_file)
        raise
    config.chmod(_READABLE)


def already_there(config: Path) -> str:
    """That this configuration exists, and the remedy."""
    return f"{config} 已经有了，没有改动。请直接修改它，再运行 check；或用 --config 写明另一个文件名。"
