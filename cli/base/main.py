"""From the words of a command line to its exit status. Imports the module of the chosen command and of no other."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Collection, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from cli.base.catalogue import CATALOGUE
from cli.base.chinese_argparse import speak_chinese
from cli.base.command import CommandModule, Invocation, Surroundings
from cli.base.exit_status import exit_status_of
from cli.base.installation import Installation
from cli.base.output import Output, print_error
from values.errors import JianbaoError
from values.version import VERSION

_DESCRIPTION: Final = "简报：从投稿邮箱到排好版的一期。"
_PRIVATE: Final = 0o077
"""The umask of every command: no file that it makes, by whatever library, is open to another user of the machine."""


def main(words: Sequence[str], surroundings: Surroundings) -> int:
    """Runs one command on standard output; errors become lines on standard error, in Chinese, and an exit status.

    Raises SystemExit for `--help`, `--version` and for words that are no command of ours.
    """
    os.umask(_PRIVATE)
    arguments = parser(surroundings.installation, _chosen(words)).parse_args(words)
    output = Output(sys.stdout, surroundings.environ, as_json=arguments.json)
    try:
        return _module(arguments.command).run(Invocation(arguments, output, surroundings))
    except JianbaoError as error:
        print_error(sys.stderr, str(error))
        return exit_status_of(error)


def parser(installation: Installation, chosen: Collection[str]) -> argparse.ArgumentParser:
    """The parser with every command of the catalogue, and with the arguments of the chosen ones alone.

    Adding those of the others would import their modules.
    """
    speak_chinese()
    whole = argparse.ArgumentParser(prog=installation.command, description=_DESCRIPTION)
    default = installation.default_config
    whole.add_argument("--config", type=Path, default=default, metavar="FILE", help="配置文件（默认 %(default)s）")
    whole.add_argument("--version", action="version", version=f"jianbao {VERSION}", help="显示版本后退出")
    help_on_command = "要做的事；各有说明：COMMAND --help"
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND", help=help_on_command)
    for name, entry in CATALOGUE.items():
        command = commands.add_parser(name, help=entry.summary, description=entry.summary)
        command.add_argument("--json", action="store_true", help="标准输出只有一份 JSON")
        if name in chosen:
            _module(name).add_arguments(command)
    return whole


def _chosen(words: Sequence[str]) -> Collection[str]:
    """The command that these words name; nothing where there is none, as in `--help`."""
    first = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    first.add_argument("--config")
    first.add_argument("command", nargs="?")
    try:
        command: str | None = first.parse_known_args(words)[0].command
    except argparse.ArgumentError:
        return ()
    return () if command is None or command not in CATALOGUE else (command,)


def _module(command: str) -> CommandModule:
    """The command's module, imported without the garbage collector.

    Importing makes no garbage, and all of it stays: collecting meanwhile takes a third of the start, and looking
    through it again later is in vain, so it is frozen.
    """
    name = CATALOGUE[command].module
    if name in sys.modules:
        return cast(CommandModule, sys.modules[name])
    gc.disable()
    try:
        return cast(CommandModule, import_module(name))
    finally:
        gc.freeze()
        gc.enable()
