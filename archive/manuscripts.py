"""How the texts of articles and the findings in them are stored in the ledger: as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from archive.json_form import JsonForm
from values.finding import Finding, Severity
from values.manuscript import Manuscript
from values.rules import rule_named

MANUSCRIPT: Final = JsonForm(Manuscript)
_OF_SETTLEMENTS: Final = frozenset({"state", "settled_by"})
"""Keys of a finding that `archive.settled_findings` stores."""


def findings_json(findings: Iterable[Finding]) -> str:
    """The findings as they are stored: each rule by its name; what was decided about them is stored elsewhere."""
    rows = [
        {key: value for key, value in finding.as_json().items() if key not in _OF_SETTLEMENTS} for finding in findings
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def findings_of(stored: str) -> tuple[Finding, ...]:
    """What `findings_json` has stored, by this version or an earlier one."""
    return tuple(map(_finding, json.loads(stored)))


def _finding(fields: Mapping[str, Any]) -> Finding:
    """Fields that a version before had not yet are empty; those that this one does not know are left out."""
    return Finding(
        rule_named(fields["rule"]),
        Severity(fields["severity"]),
        fields["message"],
        fields.get("paragraph"),
        fields.get("start"),
        fields.get("end"),
        fields.get("suggestion"),
        fields.get("replacement"),
    )
