"""Runs a scenario folder through the real command line and renders the results as text.

A scenario is tests/scenarios/NN-name/ with inbox/*.eml, config.toml, and what must come out: expected.txt (the issue,
a line a paragraph) and verdicts.txt (a line a letter).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from intake.fetch.eml import letters_from
from service.office import DATABASE
from tests.support.forked_python import run_cold, run_python
from tests.support.ledgers import place_empty_ledger
from tests.support.projection import projection
from values.letter import Letter

ROOT = Path(__file__).parent.parent.parent
SCENARIOS = sorted(path.parent for path in (ROOT / "tests" / "scenarios").glob("*/config.toml"))
DATED = "2022-11-08"
PRINTED = ROOT / "tests" / "scenarios" / "01-printed-issue"
PRINTED_VERDICTS = (PRINTED / "verdicts.txt").read_text(encoding="utf-8")
PRINTED_LETTERS = [letter for letter in letters_from([PRINTED / "inbox"]) if isinstance(letter, Letter)]


_PATIENCE: Final = 100.0


class Server(Protocol):
    """A mailbox that the scenario's letters are fetched from."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def username(self) -> str: ...
    @property
    def password(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command came back with. `document`: its JSON, None for any other output."""

    status: int
    document: Any
    complaints: str


class Installation:
    """A configuration and a data directory in a test's folder, and the command line run on them.

    Serves no desk unless `config` has a [desk]: its default port is the same in all tests. Its ledger is there already,
    without any row, and its commands run in forked processes. With `first_start` the first command makes the ledger,
    and each command starts a new Python.
    """

    def __init__(
        self, home: Path, config: str, environ: dict[str, str] | None = None, *, first_start: bool = False
    ) -> None:
        self.home = home
        self.data = home / "data"
        self.config = home / "config.toml"
        no_desk = "" if "[desk]" in config else '\n[desk]\nlisten = ""\n'
        self.config.write_text(config + no_desk, encoding="utf-8")
        self.environ = {**os.environ, "JIANBAO_IMAP_PASSWORD": "pw", **(environ or {})}
        self._cold = first_start
        if not first_start:
            place_empty_ledger(self.data / DATABASE)

    def command(self, *words: str) -> list[str]:
        return [sys.executable, str(ROOT / "run_service.py"), "--config", str(self.config), *words]

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        """Starts a command that runs in the background, the leader of a new process group."""
        return subprocess.Popen(
            self.command(*words), env=self.environ, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def run(self, *words: str) -> Answer:
        """One command, with --json."""
        python, program, *arguments = self.command(*words, "--json")
        if self._cold:
            ended = run_cold([python, program, *arguments], self.environ, timeout=_PATIENCE)
        else:
            ended = run_python(Path(program), arguments, self.environ, timeout=_PATIENCE)
        try:
            document = json.loads(ended.stdout)
        except ValueError:
            document = None
        return Answer(ended.status, document, ended.stderr.decode())

    def issue(self, files: list[str]) -> str:
        """The projection of an issue's .docx."""
        return projection((self.data / next(file for file in files if file.endswith(".docx"))).read_bytes())

    def verdicts(self) -> str:
        """A line a letter: verdict, sender, subject, reason."""
        rows = self.run("messages").document
        return "".join(f"{row['verdict']}|{row['from']}|{row['subject']}|{row['reason']}\n" for row in rows)


def installation_of(
    scenario: Path, home: Path, server: Server | None = None, *, first_start: bool = False
) -> Installation:
    """The configuration of a scenario, moved to `home`. server: holds its mailbox. first_start: as in Installation."""
    config = (scenario / "config.toml").read_text(encoding="utf-8")
    config = config.replace("../../../templates", str(ROOT / "templates"))
    if server is None:
        return Installation(home, config, first_start=first_start)
    there = f'host = "{server.host}"\nport = {server.port}\nsecurity = "none"'
    config = config.replace('host = "imap.163.com"', there).replace('"zgqwxzfb@163.com"', f'"{server.username}"')
    return Installation(home, config, {"JIANBAO_IMAP_PASSWORD": server.password}, first_start=first_start)
