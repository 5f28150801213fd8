"""Commands run within the test's own process; tests/support/scenario.py runs them as processes of their own."""

from __future__ import annotations

import contextlib
import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from structlog.testing import capture_logs

from cli.base.command import Surroundings
from cli.base.installation import checkout
from cli.base.main import main
from service.office import Office
from tests.support.ledger_rows import AT
from tests.support.offices import Clock

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What a command did."""

    status: int
    output: str
    """All of standard output."""
    errors: str
    """All of standard error."""

    @property
    def document(self) -> Any:
        return json.loads(self.output)


@dataclass(frozen=True, slots=True)
class CommandLine:
    """The command line on one configuration, its clock standing still."""

    config: Path
    time: datetime = AT
    environ: Mapping[str, str] = field(default_factory=dict)

    def run(self, *words: str) -> CommandResult:
        return run_words("--config", str(self.config), *words, time=self.time, environ=self.environ)

    def run_json(self, *words: str) -> CommandResult:
        return self.run(*words, "--json")


def run_words(*words: str, time: datetime = AT, environ: Mapping[str, str] | None = None) -> CommandResult:
    """The whole command line. COLUMNS is so wide that no cell of a table is broken; log entries are not shown."""
    surroundings = Surroundings(
        checkout(ROOT), Clock(time), {"COLUMNS": "300", **(environ or {})}, lambda _form, _level: None
    )
    output, errors = io.StringIO(), io.StringIO()
    before = os.umask(0o022)
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors), capture_logs():
        try:
            status = main(words, surroundings)
        except SystemExit as stop:
            status = int(stop.code or 0)
        finally:
            os.umask(before)  # the command has changed it for this process
    return CommandResult(status, output.getvalue(), errors.getvalue())


def command_line_of(office: Office) -> CommandLine:
    """The command line on the configuration and data of a test's office (tests/support/office_fixtures.py)."""
    return CommandLine(office.data_dir.parent / "config.toml", office.now(), office.environ)
