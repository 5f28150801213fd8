"""From words to a command: what is imported for it, and what becomes of words that are none."""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.base.arguments import parse_day, parse_number, parse_period
from cli.base.catalogue import CATALOGUE
from cli.base.installation import checkout
from cli.base.main import parser
from service.office import Office
from tests.support.command_line import CommandLine, command_line_of, run_words

ROOT = Path(__file__).parents[3]

LIBRARIES = {
    "alembic",
    "apscheduler",
    "argon2",
    "docx",
    "docxtpl",
    "imapclient",
    "jinja2",
    "libarchive",
    "lxml",
    "openpyxl",
    "PIL",
    "prometheus_client",
    "pydantic",
    "pymap",
    "pypdfium2",
    "rapidfuzz",
    "rich",
    "sqlalchemy",
    "starlette",
    "structlog",
    "uvicorn",
}
"""Every library of pyproject.toml that takes long to import."""


def modules_loaded_by(*words: str) -> set[str]:
    """The modules in a process that has run this command, each with its packages: `archive.issues` and `archive`."""
    program = (
        "import runpy, sys\n"
        "sys.argv = sys.argv[1:]\n"
        "try:\n    runpy.run_path(sys.argv[0], run_name='__main__')\n"
        "except SystemExit as stop:\n    assert not stop.code, stop.code\n"
        "print('\\n' + '\\n'.join(sys.modules))\n"
    )
    arguments = [sys.executable, "-c", program, str(ROOT / "run_service.py"), *words]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.splitlines())


def test_help_loads_no_library_and_no_room_but_the_names_of_errors() -> None:
    loaded = modules_loaded_by("--help")
    assert loaded & LIBRARIES == set()
    assert {name for name in loaded if name.partition(".")[0] in {"archive", "desk", "intake", "service"}} == set()
    assert not loaded & {entry.module for entry in CATALOGUE.values()}


def test_listing_issues_loads_the_ledger_the_settings_and_what_compares_files(office: Office) -> None:
    loaded = modules_loaded_by("--config", str(office.data_dir.parent / "config.toml"), "issues", "--json")
    assert loaded & LIBRARIES == {"pydantic", "sqlalchemy"}
    assert loaded & {"assembler", "courier", "desk", "intake", "programs"} == set()
    assert {name for name in loaded if name.startswith("service.")} == {
        "service.issue",
        "service.issue.altered_files",
        "service.office",
        "service.shapes",
        "service.shapes.issues",
    }


def test_every_file_of_cli_is_a_command_and_every_command_has_a_file() -> None:
    files = {f"cli.{path.stem}" for path in (ROOT / "cli").glob("*.py")} - {"cli.__init__"}
    assert {entry.module for entry in CATALOGUE.values()} == files


@pytest.mark.parametrize("command", CATALOGUE)
def test_help_of_a_command_begins_with_its_summary(command: str) -> None:
    shown = run_words(command, "--help")
    assert shown.status == 0
    assert shown.output.startswith(f"用法：run_service.py {command} ")
    assert CATALOGUE[command].summary in shown.output
    assert "--json" in shown.output


def parsers_of(whole: ArgumentParser) -> Iterator[ArgumentParser]:
    """A parser and all that it hands on to."""
    yield whole
    for action in whole._actions:
        if isinstance(action, _SubParsersAction):
            for part in action.choices.values():
                yield from parsers_of(part)


@pytest.mark.parametrize("command", CATALOGUE)
def test_every_argument_of_a_command_is_explained_and_checked_in_chinese(command: str) -> None:
    whole = parser(checkout(ROOT), [command])
    [actions] = [action for action in whole._actions if isinstance(action, _SubParsersAction)]
    for part in parsers_of(actions.choices[command]):
        assert [action.dest for action in part._actions if not action.help] == [], part.prog
        assert {action.type for action in part._actions} <= {None, Path, parse_day, parse_number, parse_period}, (
            part.prog
        )


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "错误：缺少：COMMAND"),
        (("publish",), "错误：COMMAND：没有 'publish'；可以写 'run', 'init', "),
        (("--config",), "错误：--config：后面要写一个值"),
        (("issues", "--config", "x"), "错误：不认识：--config x"),
        (("--loud", "issues"), "错误：不认识：--loud"),
        (("sign-off",), "错误：缺少：NUMBER"),
        (("decide", "twelve", "held"), "错误：ARTICLE：应是数字，如 70，不是“twelve”"),
        (("decide", "12", "printed"), "错误：status：没有 'printed'；可以写 'draft', 'adopted', "),
        (("assemble", "--date", "11月8日"), "错误：--date：应是日期，如 2022-11-08，不是“11月8日”"),
        (("arrange", "1", "--first", "--last"), "错误：--last：不能和 --first 同时写"),
        (("check", "--json=yes"), "错误：--json：这一项不带值，不能写 'yes'"),
        (("import",), "错误：缺少：PATH"),
    ],
)
def test_words_that_are_no_command_are_bad_usage(words: tuple[str, ...], reason: str) -> None:
    refused = run_words(*words)
    assert (refused.status, refused.output) == (2, "")
    assert reason in refused.errors


def test_a_configuration_named_like_a_command_is_not_taken_for_it(office: Office) -> None:
    config = office.data_dir.parent / "decide"
    config.write_bytes((office.data_dir.parent / "config.toml").read_bytes())
    assert CommandLine(config).run_json("issues").document == []


def test_every_line_of_an_error_is_on_standard_error_and_nothing_on_standard_output(office: Office) -> None:
    config = office.data_dir.parent / "config.toml"
    config.write_text(config.read_text(encoding="utf-8") + "\n[desk]\nlisten = 5\nport = 6\n", encoding="utf-8")
    refused = command_line_of(office).run_json("issues")
    assert (refused.status, refused.output) == (2, "")
    assert len(refused.errors.splitlines()) == 2
    assert "desk.listen" in refused.errors
    assert "desk.port" in refused.errors
