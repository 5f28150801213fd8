"""等保 2.0: every item of 8.1.4 once, in the standard's order."""

from __future__ import annotations

import re

from service.dengbao.line import DengbaoState
from service.dengbao.report import dengbao_report
from tests.support.dengbao import EVERYTHING_SET, report_with
from tests.support.scenario import ROOT

ITEMS_OF = {
    1: "abcd",
    2: "abcdefg",
    3: "abcd",
    4: "abcdef",
    5: "",
    6: "",
    7: "ab",
    8: "ab",
    9: "abc",
    10: "ab",
    11: "ab",
}
"""Letters of the items of GB/T 22239-2019 8.1.4.1 to 8.1.4.11, level 3."""
CLAUSES = [
    f"8.1.4.{clause} {letter})" if letter else f"8.1.4.{clause}"
    for clause, letters in ITEMS_OF.items()
    for letter in letters or [""]
]


def test_every_item_of_the_clause_has_its_line() -> None:
    report = dengbao_report(EVERYTHING_SET)
    assert [line.clause for line in report] == CLAUSES
    assert len(CLAUSES) == 34
    for line in report:
        assert all((line.topic, line.asks, line.setting, line.evidence)), line.clause


def test_files_that_are_evidence_exist() -> None:
    for line in report_with().values():
        for path in re.findall(r"[a-z_/]+/\w+\.py|[\w/]+\.service", line.evidence):
            assert (ROOT / path).is_file(), f"{line.clause}: {path}"


def test_nothing_is_unmet_where_all_is_set() -> None:
    states = {clause: line.state for clause, line in report_with().items()}
    assert DengbaoState.UNMET not in states.values()
    outside = {clause for clause, state in states.items() if state is DengbaoState.OUTSIDE}
    assert outside == {"8.1.4.4 c)", "8.1.4.4 e)", "8.1.4.6", "8.1.4.9 b)", "8.1.4.9 c)"}
