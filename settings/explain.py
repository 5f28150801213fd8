"""Errors of pydantic and tomllib explained in Chinese, with the key or word that was probably meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic_core import ErrorDetails

from settings.keys import key_paths, keys_of
from settings.lines import Loc
from settings.model import Settings
from settings.table import SettingsTable

NO_BULLETIN: Final = "至少要有一份简报，写在 [[bulletin]] 之下（两层方括号）"
_SENTENCES: Final[Mapping[str, str]] = {
    "missing": "必须填写",
    "string_type": '应是文字，写在双引号里，如 "…"',
    "int_type": "应是整数，不加引号",
    "bool_type": "应是 true 或 false，不加引号",
    "tuple_type": '应是列表，如 ["…", "…"]',
    "mapping_type": '应是花括号里的表，如 {{ "市级" = 20 }}',
    "dict_type": '应是花括号里的表，如 {{ "市级" = 20 }}',
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
}
_SYNTAX: Final[tuple[tuple[str, str], ...]] = (
    ("Expected '=' after a key", "键的后面要有等号 ="),
    ("Expected newline or end of document", "一行只写一个键；值的后面有多余的字"),
    ("Invalid initial character for a key", "键只能用英文字母、数字、_ 和 -"),
    ("Expected ']'", "表头缺右方括号 ]"),
    ("Expected ']]'", "表头缺右方括号 ]]"),
    ("Unclosed array", "列表没有写完：缺逗号或右方括号 ]"),
    ("Unclosed inline table", "缺逗号或右花括号 }"),
    ("Unterminated string", "文字缺右边的引号"),
    ("Expected", "文字缺右边的引号"),
    ("Illegal character", "文字里有换行或控制字符，或缺右边的引号"),
    ("Unescaped", "双引号里的反斜杠要写两个，或改用单引号"),
    ("Cannot declare", "这个表头写了两次"),
    ("Cannot overwrite", "这个键写了两次"),
    ("Duplicate inline table key", "这个键写了两次"),
    ("Cannot mutate", "这个表已经写完，不能在别处再添"),
    ("Cannot redefine", "这个表已经写完，不能在别处再添"),
    ("Invalid date", "不是日期"),
    ("Invalid value", '值写错了：文字要加双引号，如 "…"'),
    ("Invalid statement", "这一行看不懂：应是 键 = 值，或 [表头]"),
    ("Found invalid character", "有不允许的控制字符"),
)
_FULL_WIDTH: Final = {"“": '"', "”": '"', "‘": "'", "’": "'", "＝": "=", "，": ",", "【": "[", "】": "]", "＃": "#"}
_SYNONYMS: Final = {"ssl": "tls"}
_SYNTAX_PLACE: Final = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


def syntax_problem(message: str, text: str) -> str:
    """tomllib's message about `text` → "第 3 行第 7 列：…". The text is never repeated: it may contain a secret."""
    place = _SYNTAX_PLACE.search(message)
    sentence = next((chinese for start, chinese in _SYNTAX if message.startswith(start)), "不合 TOML 的写法")
    if place is None or place["line"] is None:
        return f" 第 {len(text.rstrip().splitlines())} 行（文件末尾）：{sentence}"
    line, column = int(place["line"]), int(place["column"])
    character = text.split("\n")[line - 1][column - 1 : column]
    if character in _FULL_WIDTH:
        sentence = f"全角的 {character} 应换成半角的 {_FULL_WIDTH[character]}"
    return f" 第 {line} 行第 {column} 列：{sentence}"


def reason(error: ErrorDetails) -> str:
    """The Chinese sentence for one error of pydantic."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        return _unknown_key(error["loc"])
    if kind == "literal_error":
        return _unknown_word(str(context["expected"]), error["input"])
    if error["loc"] == ("bulletin",):
        return NO_BULLETIN
    if opened := _table_at(error["loc"]):
        return _not_a_table(error["loc"], opened, kind)
    return _SENTENCES.get(kind, "这个值不行").format(**context)


def written_key(loc: Loc) -> str:
    """The path as a key is written: bulletin[0].mailbox.port."""
    key = ""
    for step in loc:
        if isinstance(step, int):
            key += f"[{step}]"
        else:
            key += ("." if key else "") + (step if step.isprintable() else repr(step))
    return key


def _unknown_key(loc: Loc) -> str:
    *above, key = loc
    table = _table_at(tuple(above)) or Settings
    homes = [f"[{'.'.join(path[:-1])}]" for path in key_paths() if path[-1] == key and len(path) > 1]
    if homes:
        return f"没有这个键；{key} 属于 {' 或 '.join(homes)}"
    meant = _nearest(str(key), keys_of(table))
    return f"没有这个键；是不是 {meant}？" if meant else "没有这个键"


def _unknown_word(expected: str, written: Any) -> str:
    words = re.findall(r"'([^']*)'", expected)
    sentence = f"只能是 {'、'.join(words)}"
    meant = _nearest(_SYNONYMS.get(written.lower(), written.lower()), words) if isinstance(written, str) else None
    return f"{sentence}；是不是 {meant}？" if meant else sentence


def _not_a_table(loc: Loc, table: type[SettingsTable], kind: str) -> str:
    name = ".".join(step for step in loc if isinstance(step, str))
    if kind == "missing":
        required = [key for key, field in table.model_fields.items() if field.is_required()]
        return f"必须有 [{name}]，至少写 {'、'.join(required)}"
    return f"应是表，写成 [[{name}]]（两层方括号），可以有多个" if kind == "tuple_type" else f"应是表，写成 [{name}]"


def _table_at(loc: Loc) -> type[SettingsTable] | None:
    table: type[SettingsTable] | None = Settings
    for step in loc:
        if isinstance(step, str):
            table = keys_of(table).get(step) if table else None
    return table


def _nearest(word: str, allowed: Iterable[str]) -> str | None:
    return next(iter(difflib.get_close_matches(word, list(allowed), n=1)), None)
