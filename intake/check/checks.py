"""The proofreader: a list of checks of one shape, run over an article; nothing is ever changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from intake.check.head import (
    byline_is_canonical,
    byline_other_department,
    no_body,
    no_byline,
    no_title,
    title_punctuation,
)
from intake.check.proof import Check, Proof, lines_of
from intake.check.text import half_width_punctuation, ordinal_sequence, range_hyphen, relative_dates, stray_break
from intake.read.source import Omission
from intake.read.structure import Structured
from values.department import KnownDepartment
from values.manuscript import Finding, Severity

CHECKS: Final[tuple[Check, ...]] = (
    no_title,
    no_byline,
    no_body,
    byline_is_canonical,
    byline_other_department,
    title_punctuation,
    stray_break,
    ordinal_sequence,
    range_hyphen,
    relative_dates,
    half_width_punctuation,
)
MOST_FINDINGS: Final = 50
"""Of one check: what goes wrong more often is said once more in general."""


def check(
    structured: Structured,
    omissions: Sequence[Omission],
    department: str | None,
    departments: Sequence[KnownDepartment],
) -> tuple[Finding, ...]:
    """All findings: those of the structure, what the reader left out, then every check's, in the order of the text.

    department: the sender's canonical name, None when unknown.
    """
    proof = Proof(
        manuscript=structured.manuscript,
        lines=lines_of(structured.manuscript),
        section=structured.section,
        department=department,
        byline_department=structured.byline_department,
        departments=tuple(departments),
    )
    told = (finding for one in CHECKS for finding in _limited(one, proof))
    return (*structured.findings, *map(_of_omission, omissions), *told)


def _of_omission(omission: Omission) -> Finding:
    return Finding(omission.rule, Severity.WARNING if omission.serious else Severity.INFO, omission.message)


def _limited(one: Check, proof: Proof) -> Iterator[Finding]:
    findings = iter(one(proof))
    last: Finding | None = None
    for last in islice(findings, MOST_FINDINGS):
        yield last
    more = sum(1 for _ in findings)
    if more and last is not None:
        message = f"此类问题另有 {more} 处，没有逐一列出。"
        yield Finding(last.rule, last.severity, message)
