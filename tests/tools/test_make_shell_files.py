"""Completion and manual page name every command and option of the parser, and the shell and groff accept them."""

from __future__ import annotations

import shutil
import subprocess
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.base.catalogue import CATALOGUE
from tests.support.needed_program import not_installed
from tools.make_shell_files import installed_parser, shell_files

BASH = "bash-completion/completions/jianbao"
MAN = "man/man1/jianbao.1"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("share")
    written = {}
    for name, text in shell_files().items():
        written[name] = folder / name.replace("/", "-")
        written[name].write_text(text, encoding="utf-8")
    return written


def completions(script: Path, line: str, folder: Path = Path("/")) -> set[str]:
    """What bash offers at the end of that line, in that folder."""
    program = f"""
source {script}
COMP_WORDS=({line} ''); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_LINE="{line} "; COMP_POINT=${{#COMP_LINE}}
$(complete -p jianbao | sed -n 's/.*-F \\([^ ]*\\).*/\\1/p') jianbao '' ''
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    shown = subprocess.run(["bash", "--norc", "-c", program], capture_output=True, text=True, check=True, cwd=folder)
    assert shown.stderr == ""
    return set(shown.stdout.split())


def test_bash_completes_the_names_of_files(files: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "letter.eml").touch()
    assert "letter.eml" in completions(files[BASH], "jianbao import", tmp_path)
    assert "letter.eml" in completions(files[BASH], "jianbao departments import", tmp_path)
    assert "letter.eml" not in completions(files[BASH], "jianbao findings", tmp_path)


def options(part: ArgumentParser) -> Iterator[str]:
    for action in part._actions:
        yield from action.option_strings
        if isinstance(action, _SubParsersAction):
            for command in action.choices.values():
                yield from options(command)


def test_bash_completes_commands_actions_and_choices(files: dict[str, Path]) -> None:
    script = files[BASH]
    assert completions(script, "jianbao") >= CATALOGUE.keys()
    assert {"list", "dismiss", "words"} <= completions(script, "jianbao findings")
    assert {"draft", "adopted"} <= completions(script, "jianbao decide 12")


@pytest.mark.parametrize("command", CATALOGUE)
def test_manual_page_has_each_command_with_its_line_and_options(files: dict[str, Path], command: str) -> None:
    text = files[MAN].read_text(encoding="utf-8").replace("\\-", "-")
    assert f".SS jianbao {command}\n{CATALOGUE[command].summary}\n" in text
    [actions] = [action for action in installed_parser()._actions if isinstance(action, _SubParsersAction)]
    section = text.split(f".SS jianbao {command}\n")[1].split(".SH ")[0]
    assert {name for name in options(actions.choices[command]) if name not in section} == set()


def test_groff_sets_the_page_without_a_warning(files: dict[str, Path]) -> None:
    if not shutil.which("groff"):
        not_installed("groff")
    command = ["groff", "-k", "-man", "-Tutf8", "-ww", "-W", "break", str(files[MAN])]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert shown.stderr == ""
    assert "默认 /etc/jianbao/config.toml" in shown.stdout.replace("\n", "")


def test_zsh_file_names_every_command(files: dict[str, Path]) -> None:
    text = files["zsh/site-functions/_jianbao"].read_text(encoding="utf-8")
    assert text.startswith("#compdef jianbao\n")
    assert [name for name in CATALOGUE if f"  {name})" not in text] == []
