#!/usr/bin/env python3
"""Jianbao's command line. The commands are in `cli`, a file each; `cli/base/exit_status.py` has the exit statuses."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal


def now() -> datetime:
    """The one clock of the service."""
    return datetime.now(UTC)


def configure_logs(form: Literal["text", "json"], level: int) -> None:
    from service.running import logs  # here, because commands that log nothing spare importing structlog

    logs.configure_logs(form, level)


if __name__ == "__main__":
    # Imported here, since importing a module only defines names.
    from cli.base.command import Surroundings
    from cli.base.main import main

    sys.exit(main(sys.argv[1:], Surroundings(Path(__file__).resolve().parent, now, os.environ, configure_logs)))
