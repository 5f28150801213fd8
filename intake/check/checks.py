"""The proofreader: a list of checks of one shape, run over an article. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from intake.check.arithmetic import announced_points, change_and_percentage, parts_and_total, shares, totals_of_columns
from intake.check.breaks import heading_full_stop, stray_break
from intake.check.confusable import confusable_words, drawn_up_or_laid_down
from intake.check.dates import date_form, date_spans, impossible_date, relative_dates, weekday
from intake.check.formulas import formula_places, is_within_formula
from intake.check.head import (
    byline_is_canonical,
    byline_other_department,
    no_body,
    no_byline,
    no_title,
    title_in_title_marks,
    title_length,
    title_punctuation,
)
from intake.check.language.typing_errors import typing_errors
from intake.check.law_titles import law_titles
from intake.check.marks import between_marks, dashes, doubled_marks, ellipses, file_number, nesting, pairs
from intake.check.near_names import registered_names, set_phrases
from intake.check.numbering import level_jump, mixed_ordinals, ordinal_punctuation, ordinal_sequence
from intake.check.numbers import (
    amount_units,
    approximate_numbers,
    doubly_approximate,
    numeral_of_weekday,
    range_hyphen,
    range_unit,
    totals_agree,
    unit_name,
)
from intake.check.numerals import clock_times, guessed_tens, mixed_numerals
from intake.check.office_words import department_names, leaders_order, leaders_titles, office_words
from intake.check.personal import (
    bank_card,
    door_number,
    email_address,
    identity_card,
    mobile_number,
    number_plate,
    passport,
    protected_person,
)
from intake.check.placeholders import placeholders
from intake.check.printable import unprintable_characters
from intake.check.proof import Check, Proof, lines_of
from intake.check.repeats import repeated_sentence, repeated_word
from intake.check.width import digit_space, full_width_characters, half_width_punctuation, straight_quotes
from intake.read.source import Omission
from intake.read.structure.division import Structured
from values import rules
from values.department import Department
from values.finding import Finding
from values.word_list import NO_WORDS, WordList

CHECKS: Final[tuple[Check, ...]] = (
    no_title,
    no_byline,
    no_body,
    byline_is_canonical,
    byline_other_department,
    title_punctuation,
    title_length,
    title_in_title_marks,
    unprintable_characters,
    identity_card,
    mobile_number,
    bank_card,
    passport,
    email_address,
    number_plate,
    door_number,
    protected_person,
    placeholders,
    office_words,
    leaders_titles,
    leaders_order,
    department_names,
    registered_names,
    stray_break,
    heading_full_stop,
    ordinal_sequence,
    level_jump,
    mixed_ordinals,
    ordinal_punctuation,
    impossible_date,
    weekday,
    date_spans,
    date_form,
    numeral_of_weekday,
    range_hyphen,
    range_unit,
    unit_name,
    amount_units,
    approximate_numbers,
    doubly_approximate,
    totals_agree,
    mixed_numerals,
    guessed_tens,
    clock_times,
    parts_and_total,
    change_and_percentage,
    shares,
    announced_points,
    totals_of_columns,
    confusable_words,
    drawn_up_or_laid_down,
    set_phrases,
    law_titles,
    typing_errors,
    repeated_word,
    repeated_sentence,
    pairs,
    nesting,
    doubled_marks,
    file_number,
    relative_dates,
    half_width_punctuation,
    straight_quotes,
    full_width_characters,
    between_marks,
    dashes,
    ellipses,
    digit_space,
)
MOST_FINDINGS: Final = 50
"""Findings of one check; one more then says how many there are. An editor reads no more of one kind, and a file made
to be wrong everywhere must not fill the ledger."""


def check(
    structured: Structured,
    omissions: Sequence[Omission],
    department: str | None,
    departments: Sequence[Department],
    word_list: WordList = NO_WORDS,
    font_coverage: str = "",
) -> tuple[Finding, ...]:
    """All findings: those of the structure, what the reader left out, then every check's, in the order of `CHECKS`.

    department: the sender's, canonical; None when it is not known. font_coverage: as in `Register`.
    """
    proof = Proof(
        manuscript=structured.manuscript,
        lines=lines_of(structured.manuscript),
        section=structured.section,
        department=department,
        byline_departments=structured.byline_departments,
        departments=tuple(departments),
        word_list=word_list,
        font_coverage=font_coverage,
    )
    formulas = formula_places(structured.manuscript)
    checked = [
        finding for run in CHECKS for finding in _limited(run, proof) if not is_within_formula(finding, formulas)
    ]
    return (*structured.findings, *map(_of_omission, omissions), *_without_second_guesses(checked))


def _without_second_guesses(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Without guesses about characters that a rule has something certain to remark on."""
    certain = [finding for finding in findings if finding.rule is not rules.TYPING_ERROR]
    for finding in findings:
        if finding.rule is not rules.TYPING_ERROR or not any(_covers(other, finding) for other in certain):
            yield finding


def _covers(finding: Finding, other: Finding) -> bool:
    """Whether the characters of the other are among those of the finding."""
    if finding.paragraph != other.paragraph or finding.start is None or finding.end is None:
        return False
    return other.start is not None and finding.start <= other.start < finding.end


def _of_omission(omission: Omission) -> Finding:
    return omission.rule.finding(omission.message)


def _limited(run: Check, proof: Proof) -> Iterator[Finding]:
    findings = iter(run(proof))
    last: Finding | None = None
    for last in islice(findings, MOST_FINDINGS):
        yield last
    more = sum(1 for _ in findings)
    if more and last is not None:
        message = f"此类问题另有 {more} 处，没有逐一列出。"
        yield replace(last.rule.finding(message), severity=last.severity)
