"""The keys that config.toml may have, as the model of the settings has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from settings.model import Settings
from settings.table import SettingsTable


def keys_of(table: type[SettingsTable]) -> dict[str, type[SettingsTable] | None]:
    """The keys of a table as they are written, each with the table it opens, if it opens one."""
    return {field.alias or name: _opens(field.annotation) for name, field in table.model_fields.items()}


def key_paths(table: type[SettingsTable] = Settings, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key that may be written, with the tables above it: ("bulletin", "mailbox", "port")."""
    for key, opens in keys_of(table).items():
        yield (*above, key)
        if opens is not None:
            yield from key_paths(opens, (*above, key))


def _opens(annotation: object) -> type[SettingsTable] | None:
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, SettingsTable):
            return kind
    return None
