"""A single value of config.toml, checked as it would be in the file: for programs that ask for values one by one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from settings.explain import reason
from settings.table import SettingsTable


def mistake_in(table: type[SettingsTable], key: str, values: Mapping[str, object], home: Path) -> str | None:
    """What is wrong with the value of this key, in Chinese; None where it is right.

    values: of the table, the key's and those that it depends on; what is wrong with others is ignored. home: the folder
    that relative paths are relative to.
    """
    try:
        table.model_validate(values, context={"home": home})
    except ValidationError as error:
        reasons = [reason(detail) for detail in error.errors(include_url=False) if detail["loc"][0] == key]
        return "；".join(dict.fromkeys(reasons)) or None
    return None
