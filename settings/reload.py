"""Settings that are read again while the service runs: which of them take effect, and which wait for its restart."""

from __future__ import annotations

from typing import Final

from settings.model import Settings
from settings.table import SettingsTable

_AT_START: Final = ("data_dir", "database", "raw_store", "log_format")
"""Keys of [service] by which the stores and the log are opened. All of [desk] is used when the desk opens."""


def merged(running: Settings, read: Settings) -> tuple[Settings, tuple[str, ...]]:
    """The settings to go on with, and the changed keys that need a restart, as they are written: "[desk] listen"."""
    kept = [f"[service] {key}" for key in _changed(running.service, read.service) if key in _AT_START]
    kept += [f"[desk] {key}" for key in _changed(running.desk, read.desk)]
    service = read.service.model_copy(update={key: getattr(running.service, key) for key in _AT_START})
    return read.model_copy(update={"service": service, "desk": running.desk}), tuple(kept)


def _changed(running: SettingsTable, read: SettingsTable) -> list[str]:
    return [key for key in type(running).model_fields if getattr(running, key) != getattr(read, key)]
