"""Every scenario folder: its letters go in by `import`, and exactly the expected issue comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.archives import libarchive_or_skip
from tests.support.docx_rules import violations
from tests.support.scenario import DATED, PRINTED, SCENARIOS, installation_of


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.name)
def test_the_letters_of_a_scenario_become_its_issue(scenario: Path, tmp_path: Path) -> None:
    if scenario.name == "02-other-ways":
        libarchive_or_skip()
    office = installation_of(scenario, tmp_path, first_start=True)
    taken = office.run("import", str(scenario / "inbox"))
    assert (taken.status, taken.complaints) == (0, "")
    made = office.run("assemble", "--date", DATED)
    assert (made.status, made.complaints) == (0, "")
    assert office.verdicts() == (scenario / "verdicts.txt").read_text(encoding="utf-8")
    assert office.issue(made.document["files"]) == (scenario / "expected.txt").read_text(encoding="utf-8")
    docx = (office.data / made.document["files"][0]).read_bytes()
    assert violations(docx) == []


def test_a_scenario_imported_twice_changes_nothing(tmp_path: Path) -> None:
    office = installation_of(PRINTED, tmp_path)
    inbox = str(PRINTED / "inbox")
    first = office.run("import", inbox)
    made = office.run("assemble", "--date", DATED)
    before = office.verdicts(), office.run("articles").document
    second = office.run("import", inbox)
    again = office.run("assemble", "--date", DATED)
    assert second.document == {"stored": first.document["stored"], "new": 0, "verdicts": {}, "errors": []}
    assert again.document == made.document
    assert (office.verdicts(), office.run("articles").document) == before
