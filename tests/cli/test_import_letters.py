"""`import`: letters from files."""

from __future__ import annotations

from pathlib import Path

from tests.support.command_line import CommandLine
from tests.support.scenario import PRINTED

LETTER = PRINTED / "inbox" / "09-question.eml"


def test_import_reads_a_file_to_its_verdict_and_twice_adds_nothing(command_line: CommandLine) -> None:
    taken = command_line.run_json("import", str(LETTER))
    assert (taken.status, taken.document["stored"], taken.document["new"]) == (0, 1, 1)
    assert sum(taken.document["verdicts"].values()) == 1
    assert command_line.run_json("import", str(LETTER)).document["new"] == 0


def test_import_of_no_letter_is_bad_usage_and_of_some_is_done_in_part(
    command_line: CommandLine, tmp_path: Path
) -> None:
    missing = str(tmp_path / "missing.eml")
    assert command_line.run_json("import", missing).status == 2
    part = command_line.run_json("import", missing, str(LETTER))
    assert (part.status, part.document["stored"], len(part.document["errors"])) == (1, 1, 1)
