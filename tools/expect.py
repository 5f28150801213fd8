"""Rewrites what the scenarios expect, and shows the difference:  python -m tools.expect [SCENARIO-FOLDER...]"""

from __future__ import annotations

import difflib
import sys
import tempfile
from pathlib import Path

from tests.support.correspondence import letters_out_of
from tests.support.scenario import DATED, SCENARIOS, installation_of


def expect(scenario: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        office = installation_of(scenario, Path(home), first_start=True)
        taken = office.run("import", str(scenario / "inbox"))
        made = office.run("assemble", "--date", DATED)
        if made.status != 0:
            sys.exit(f"{scenario.name}: {taken.complaints}{made.complaints}{made.document}")
        _write(scenario / "verdicts.txt", office.verdicts())
        _write(scenario / "expected.txt", office.issue(made.document["files"]))
    if (scenario / "letters-out.txt").exists():
        with tempfile.TemporaryDirectory() as home:
            _write(scenario / "letters-out.txt", letters_out_of(scenario, Path(home)))


def _write(path: Path, now: str) -> None:
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    sys.stdout.writelines(
        difflib.unified_diff(before.splitlines(True), now.splitlines(True), f"{path} before", f"{path} now")
    )
    path.write_text(now, encoding="utf-8")


if __name__ == "__main__":
    for folder in [Path(name).resolve() for name in sys.argv[1:]] or SCENARIOS:
        expect(folder)
