"""config.toml → `Settings`, or every mistake in it at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError

from settings.explain import NO_BULLETIN, reason, syntax_problem, written_key
from settings.lines import Loc, key_lines
from settings.model import Settings
from settings.rules import Mistake, mistakes_between_keys
from values.errors import BadConfig


def load_settings(path: Path) -> Settings:
    """The settings in that file; relative paths in it are relative to its folder.

    Raises BadConfig with a line for each mistake: file, line, key, reason and what was probably meant.
    """
    path = path.absolute()
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise BadConfig(
            (f"找不到配置文件 {path}；请运行 init 写一份（也可复制程序自带的 config.toml 再修改），或用 --config 指明",)
        ) from None
    except OSError as error:
        raise BadConfig((f"读不了配置文件 {path}：{error.strerror}；请检查路径和权限",)) from None
    return parse_settings(data, name=path.name, home=path.parent)


def parse_settings(data: bytes, *, name: str, home: Path) -> Settings:
    """The settings in the bytes of a file called `name` in the folder `home`. Raises BadConfig."""
    text = _decode(data, name)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadConfig((f"{name}{syntax_problem(str(error), text)}",)) from None
    except (ValueError, RecursionError):  # tomllib passes on what int() and its own recursion raise
        raise BadConfig((f"{name} 里有太长的数字，或括号套得太深；请对照 config.toml 的样例改正",)) from None
    mistakes = list(mistakes_between_keys(document))
    if document.get("bulletin") == []:
        mistakes.append(Mistake(("bulletin",), NO_BULLETIN))
    try:
        settings = Settings.model_validate(document, context={"home": home})
    except ValidationError as error:
        # `from None` below: pydantic's error holds the values, perhaps a password among them
        mistakes += [Mistake(_loc(detail["loc"]), reason(detail)) for detail in error.errors(include_url=False)]
    else:
        if not mistakes:
            return settings
    raise BadConfig(_problems(mistakes, key_lines(text), name)) from None


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadConfig((f"{name} 第 {line} 行：不是 UTF-8 编码；请用编辑器另存为 UTF-8",)) from None


def _problems(mistakes: Iterable[Mistake], lines: Mapping[Loc, int], name: str) -> tuple[str, ...]:
    placed = sorted(((_line(mistake.loc, lines), mistake) for mistake in mistakes), key=lambda placed: placed[0] or 0)
    return tuple(
        f"{name} {f'第 {line} 行 ' if line else ''}{written_key(mistake.loc)}：{mistake.reason}"
        for line, mistake in placed
    )


def _loc(loc: Loc) -> Loc:
    """pydantic's path of a mistake, without the "[key]" that it adds for a mistake in the name of an entry."""
    return loc[:-1] if loc[-1:] == ("[key]",) else loc


def _line(loc: Loc, lines: Mapping[Loc, int]) -> int | None:
    """The line of the key, or of what it is missing from."""
    while loc and loc not in lines:
        loc = loc[:-1]
    return lines.get(loc)
