"""What the service's process loads, and what it does not."""

from __future__ import annotations

import subprocess
import sys

from tests.support.crash import ROOT

_PROGRAM = """
import sys
import cli.run
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"structlog", "rich", "pygments", "asn1crypto"}))
import rich.console
"""


def test_the_service_loads_no_library_that_draws_terminals_or_reads_signed_letters() -> None:
    """Commands that draw tables can still import rich."""
    shown = subprocess.run([sys.executable, "-c", _PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.split() == ["structlog"]
