"""The manual page of a parser, in Chinese: groff_man(7), UTF-8.

argparse-manpage makes such pages too, with English headings that cannot be replaced.
"""

from __future__ import annotations

from argparse import SUPPRESS, Action, ArgumentParser, _SubParsersAction
from collections.abc import Iterator

from cli.base.exit_status import ExitStatus
from values.version import VERSION

_EXIT_STATUSES = {
    ExitStatus.DONE: "全部做完。",
    ExitStatus.IN_PART: "做了一部分，输出写明没做成的。",
    ExitStatus.BAD_USAGE: "命令或配置写得不对，什么也没有做。",
    ExitStatus.UNAVAILABLE: "邮箱、发信服务器、磁盘或数据库暂时不可用，没有丢失任何东西，稍后再试。",
}
_FILES = {
    "/etc/jianbao/config.toml": "配置；没有写 --config、没有设 JIANBAO_CONFIG、当前文件夹里也没有 config.toml 时用它。",
    "/var/lib/jianbao": "数据文件夹，由配置的 data_dir 决定。",
}


def manual_page(whole: ArgumentParser) -> str:
    """The page of the whole command line, with a section for each command."""
    return "\n".join(_page(whole)) + "\n"


def _page(whole: ArgumentParser) -> Iterator[str]:
    yield f'.TH {whole.prog.upper()} 1 "" "jianbao {VERSION}" "简报"\n.ad l'
    yield f".SH 名称\n{whole.prog} \\- {_text(whole.description or '')}"
    yield f".SH 概述\n.nf\n{_synopsis(whole)}\n.fi"
    yield ".SH 选项"
    yield from _arguments(whole)
    yield ".SH 命令"
    for action in whole._actions:
        if isinstance(action, _SubParsersAction):
            for command in action.choices.values():
                yield from _command(command)
    yield ".SH 退出状态"
    for status, meaning in _EXIT_STATUSES.items():
        yield f".TP\n.B {status.value}\n{_text(meaning)}"
    yield ".SH 文件"
    for path, meaning in _FILES.items():
        yield f".TP\n.I {_text(path)}\n{_text(meaning)}"


def _command(part: ArgumentParser) -> Iterator[str]:
    yield f".SS {_text(part.prog)}"
    yield _text(part.description or "")
    yield f".PP\n.nf\n{_synopsis(part)}\n.fi"
    yield from _arguments(part)
    for action in part._actions:
        if isinstance(action, _SubParsersAction):
            for command in action.choices.values():
                yield from _command(command)


def _synopsis(part: ArgumentParser) -> str:
    """The usage line of argparse without its first word."""
    return _text(part.format_usage().partition("：")[2].strip())


def _arguments(part: ArgumentParser) -> Iterator[str]:
    for action in part._actions:
        if action.help != SUPPRESS and not isinstance(action, _SubParsersAction):
            yield f".TP\n.B {_text(_name(action))}\n{_text(_help(action))}"


def _name(action: Action) -> str:
    """The options with their value, or the name of a positional argument."""
    choices = "{" + ",".join(map(str, action.choices)) + "}" if action.choices is not None else ""
    value = str(action.metavar or choices or action.dest.upper())
    if not action.option_strings:
        return value
    return ", ".join(action.option_strings) + ("" if action.nargs == 0 else f" {value}")


def _help(action: Action) -> str:
    return (action.help or "") % {"default": action.default}


def _text(text: str) -> str:
    """Text for troff: backslashes are escaped, a hyphen stays one, and no line begins a request."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in escaped.splitlines())
