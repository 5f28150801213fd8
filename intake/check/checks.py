"""The proofreader: a list of checks of one shape, run over an article. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from intake.check.announced import announced_points
from intake.check.arithmetic import change_and_percentage, parts_and_total, shares
from intake.check.breaks import heading_full_stop, stray_break
from intake.check.confusable import confusable_words, drawn_up_or_laid_down
from intake.check.counts_twice import counts_twice
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
from intake.check.language.model import language_model
from intake.check.language.own_texts import stands_in_own_texts
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
from intake.check.renamed_bodies import renamed_bodies
from intake.check.repeats import repeated_clause, repeated_sentence, repeated_word
from intake.check.shortened_phrases import shortened_phrases
from intake.check.slips import doubled_characters, missing_characters
from intake.check.spellings import two_spellings
from intake.check.table_totals import table_totals
from intake.check.width import digit_space, full_width_characters, half_width_punctuation, straight_quotes
from intake.check.years import omitted_years
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
    renamed_bodies,
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
    omitted_years,
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
    counts_twice,
    table_totals,
    confusable_words,
    drawn_up_or_laid_down,
    set_phrases,
    shortened_phrases,
    law_titles,
    two_spellings,
    typing_errors,
    doubled_characters,
    missing_characters,
    repeated_word,
    repeated_sentence,
    repeated_clause,
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
_GUESSES: Final = (rules.DOUBLED_CHARACTERS, rules.MISSING_CHARACTER, rules.TYPING_ERROR)
"""Rules that guess by counts of characters, the best first."""
_BY_COUNTS: Final = frozenset({*_GUESSES, rules.SET_PHRASE})
"""Rules that compare a text with what is usual elsewhere."""
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
    own_texts: bytes = b"",
) -> tuple[Finding, ...]:
    """All findings: those of the structure, what the reader left out, then every check's, in the order of `CHECKS`.

    department: the sender's, canonical; None when it is not known. font_coverage, own_texts: as in
    `Register`.
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
    language_model().forget()
    guessed = (finding for finding in checked if not _is_own(finding, proof, own_texts))
    return (*structured.findings, *map(_of_omission, omissions), *_without_second_guesses(tuple(guessed)))


def _is_own(finding: Finding, proof: Proof, own_texts: bytes) -> bool:
    """Whether it is a guess about what the office has printed before."""
    if finding.rule not in _BY_COUNTS or finding.paragraph is None or finding.start is None or finding.end is None:
        return False
    return stands_in_own_texts(proof.lines[finding.paragraph].text, finding.start, finding.end, own_texts)


def _without_second_guesses(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Without guesses about characters that a rule has something certain, or a better guess, to remark on."""
    for finding in findings:
        if finding.rule not in _GUESSES:
            yield finding
            continue
        better = _GUESSES[: _GUESSES.index(finding.rule)]
        surer = (other for other in findings if other.rule not in _GUESSES or other.rule in better)
        if not any(_overlap(other, finding) for other in surer):
            yield finding


def _overlap(finding: Finding, other: Finding) -> bool:
    """Whether two findings share a character."""
    if finding.paragraph != other.paragraph or finding.start is None or finding.end is None:
        return False
    return other.start is not None and other.end is not None and finding.start < other.end and other.start < finding.end


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
