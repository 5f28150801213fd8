"""A department as a person writes it into a form: the same rules as in config.toml."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import ValidationError

from settings.explain import reason
from settings.model import DepartmentTable
from values.department import Department
from values.errors import BadUsage

_LONGEST: Final = 100
_MOST: Final = 50
_KEYS: Final = {"name": "简称", "full_name": "全称", "aliases": "别名", "senders": "投稿地址"}


def department_written(name: str, full_name: str, aliases: Sequence[str], senders: Sequence[str]) -> Department:
    """The department, its addresses in lower case, nothing twice. Raises BadUsage with every mistake."""
    texts = {"aliases": _told(aliases), "senders": _told(senders)}
    try:
        found = DepartmentTable.model_validate({"name": name, "full_name": full_name, **texts})
    except ValidationError as error:
        mistakes = [f"{_KEYS[str(one['loc'][0])]}：{reason(one)}" for one in error.errors(include_url=False)]
        raise BadUsage("；".join(dict.fromkeys(mistakes)) + "。") from None
    if any(len(text) > _LONGEST for text in (found.name, found.full_name, *found.aliases)):
        raise BadUsage(f"单位名称最多 {_LONGEST} 个字。")
    if max(map(len, texts.values())) > _MOST:
        raise BadUsage(f"一个单位最多 {_MOST} 个别名、{_MOST} 个地址；地址很多时可登记整个域，如 @jtj.example.org。")
    senders = tuple(dict.fromkeys(found.senders))
    aliases = tuple(one for one in dict.fromkeys(found.aliases) if one not in (found.name, found.full_name))
    return Department(found.name, found.full_name, aliases, senders)


def _told(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text.strip())
