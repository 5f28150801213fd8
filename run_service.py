#!/usr/bin/env python3
"""Jianbao's command line. The commands are in `cli`, a file each; `cli/base/exit_status.py` has the exit statuses."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from cli.base.installation import Installation

_HOME: Final = Path(__file__).resolve().parent


def now() -> datetime:
    """The one clock of the service."""
    return datetime.now(UTC)


def configure_logs(form: Literal["text", "json"], level: int) -> None:
    from service.running import logs  # here, because commands that log nothing spare importing structlog

    logs.configure_logs(form, level)


def start_installed() -> int:
    """Runs this process's command line as `jianbao`, which `pip install` made; returns its exit status.

    There this file is `jianbao/run_service.py`. The packages have common names (`desk`, `settings`, `values`), so they
    are not in site-packages itself: only a process of Jianbao has their folder on its path, before all others.
    """
    sys.path.insert(0, str(_HOME))
    from cli.base.installation import installed  # here, since importing this module only defines names

    return _start(installed(_HOME, os.environ, Path.cwd()))


def _start(installation: Installation) -> int:
    from cli.base.command import Surroundings  # here, since importing this module only defines names
    from cli.base.main import main

    return main(sys.argv[1:], Surroundings(installation, now, os.environ, configure_logs))


if __name__ == "__main__":
    from cli.base.installation import checkout  # here, since importing this module only defines names

    sys.exit(_start(checkout(_HOME)))
