"""A department written into a form of the desk: the rules are those of config.toml."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import ValidationError

from settings.explain import reason
from settings.model import DepartmentTable
from values.department import Department
from values.errors import BadUsage

_LONGEST: Final = 100
"""Characters of a name: no official name comes near it, and a paragraph pasted into the field is refused."""

_MOST: Final = 50
"""Aliases, and addresses, of one department: a department with more addresses lists its domain."""

_KEYS: Final = {"name": "简称", "full_name": "全称", "aliases": "别名", "senders": "投稿地址", "group": "分组"}


def department_written(
    name: str, full_name: str, aliases: Sequence[str], senders: Sequence[str], group: str = ""
) -> Department:
    """The department, its addresses in lower case and nothing twice. Raises BadUsage with every mistake.

    aliases, senders: blank entries are ignored.
    """
    texts = {"aliases": _without_blanks(aliases), "senders": _without_blanks(senders)}
    try:
        table = DepartmentTable.model_validate({"name": name, "full_name": full_name, "group": group, **texts})
    except ValidationError as error:
        details = error.errors(include_url=False)
        mistakes = [f"{_KEYS[str(detail['loc'][0])]}：{reason(detail)}" for detail in details]
        raise BadUsage("；".join(dict.fromkeys(mistakes)) + "。") from None
    if any(len(text) > _LONGEST for text in (table.name, table.full_name, table.group, *table.aliases)):
        raise BadUsage(f"单位名称最多 {_LONGEST} 个字。")
    if max(map(len, texts.values())) > _MOST:
        raise BadUsage(f"一个单位最多 {_MOST} 个别名、{_MOST} 个地址；地址很多时可登记整个域，如 @jtj.example.org。")
    senders = tuple(dict.fromkeys(table.senders))
    aliases = tuple(alias for alias in dict.fromkeys(table.aliases) if alias not in (table.name, table.full_name))
    return Department(table.name, table.full_name, aliases, senders, group=table.group)


def _without_blanks(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text.strip())
