"""A finding is open until something was decided about it; the decision is no part of what was found."""

from __future__ import annotations

from dataclasses import replace

from values import rules
from values.finding import FindingState, Settlement

FINDING = rules.DASH.finding("破折号", 0, 1, 2)


def test_finding_is_open_until_it_is_settled() -> None:
    settled = replace(FINDING, settlement=Settlement(FindingState.CHECKED, "王编辑"))
    assert (FINDING.state, FINDING.is_open) == (FindingState.OPEN, True)
    assert (settled.state, settled.is_open) == (FindingState.CHECKED, False)
    assert (settled.as_json()["state"], settled.as_json()["settled_by"]) == ("checked", "王编辑")


def test_decision_makes_no_other_finding() -> None:
    assert replace(FINDING, settlement=Settlement(FindingState.DISMISSED, "王编辑")) == FINDING
