"""Makes what a shell and `man` use of the command line's parser: completion for bash and zsh, and the manual page.

    python -m tools.make_shell_files FOLDER

The files are placed in FOLDER as they are in /usr/local/share. tools/bundle.sh puts them into the bundle.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, _SubParsersAction
from pathlib import Path

import shtab

from cli.base.catalogue import CATALOGUE
from cli.base.installation import SYSTEM_CONFIG, Installation
from cli.base.main import parser
from tools.manual_page import manual_page


def installed_parser() -> ArgumentParser:
    """The parser of an installed program, with the arguments of all commands."""
    home = Path("/opt/jianbao")
    return parser(Installation("jianbao", home, SYSTEM_CONFIG, home), CATALOGUE)


def shell_files() -> dict[str, str]:
    """The text of each file, by its path below /usr/local/share."""
    whole = installed_parser()
    _complete_paths(whole)
    return {
        "bash-completion/completions/jianbao": shtab.complete(whole, shell="bash"),
        "zsh/site-functions/_jianbao": shtab.complete(whole, shell="zsh"),
        "man/man1/jianbao.1": manual_page(installed_parser()),
    }


def _complete_paths(part: ArgumentParser) -> None:
    """Marks every argument that is a path: shtab reads the attribute, which argparse does not have."""
    for action in part._actions:
        if isinstance(action, _SubParsersAction):
            for command in action.choices.values():
                _complete_paths(command)
        elif action.type is Path:
            action.complete = shtab.FILE  # type: ignore[attr-defined]


if __name__ == "__main__":
    for name, text in shell_files().items():
        path = Path(sys.argv[1]) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
