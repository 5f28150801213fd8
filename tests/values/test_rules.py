"""The table of rules, and the lists that are queries over it."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from values import rules
from values.finding import Audience, Recheck, Rule, Severity, Subject
from values.rules import RULES, rule_named

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("archive", "assembler", "courier", "desk", "intake", "service", "settings", "values")

OF_TEXT = (Subject.TITLE, Subject.BYLINE, Subject.TEXT)


def test_no_two_rules_have_one_name() -> None:
    declared = [value for value in vars(rules).values() if isinstance(value, Rule)]
    assert len(declared) == len(RULES) > 100
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", name) for name in RULES)


def test_rules_are_declared_in_the_table_alone() -> None:
    declaring = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"(?<!class )\bRule\(", path.read_text(encoding="utf-8"))
    }
    assert declaring == {"values/rules.py"}


def test_constant_of_a_rule_is_its_name() -> None:
    assert {name.lower().replace("_", "-") for name, value in vars(rules).items() if isinstance(value, Rule)} == set(
        RULES
    )


def test_rule_of_another_version_is_kept_and_shown_as_a_report_of_the_reading() -> None:
    rule = rule_named("of-another-version")
    assert (rule.name, rule.subject, rule.recheck, rule.fix) == (
        "of-another-version",
        Subject.FILE,
        Recheck.KEPT,
        None,
    )
    assert rule.finding("…").as_json()["rule"] == "of-another-version"


def test_rule_that_comes_out_of_a_child_process_is_the_one_of_the_table() -> None:
    assert pickle.loads(pickle.dumps(rules.MACRO)) == rules.MACRO


def test_automatic_fixes_belong_to_rules_that_are_checked_again() -> None:
    fixes = [rule for rule in RULES.values() if rule.fix and rule.fix.automatic]
    assert {(rule.subject, rule.recheck) for rule in fixes} == {(Subject.TEXT, Recheck.ANEW)}


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_finding_that_no_check_repeats_is_not_dropped(rule: Rule) -> None:
    if rule.subject in (Subject.FILE, Subject.LETTER, Subject.LEDGER):
        assert rule.recheck is not Recheck.ANEW


def test_findings_about_other_letters_the_sender_and_the_office_are_for_the_editor_alone() -> None:
    private = {rule.name for rule in RULES.values() if rule.audience is Audience.EDITOR}
    about_letters = {"near-duplicate", "correction-unconfirmed", "correction-unverified", "unknown-sender"}
    assert about_letters | {"not-for-public", "erratum", "corrected-over-edit"} <= private


def test_guess_of_a_classifier_is_for_the_editor_alone() -> None:
    assert rules.TYPING_ERROR.audience is Audience.EDITOR


def test_what_goes_out_unasked_is_certain_and_only_the_department_can_supply_it() -> None:
    assert {rule.name for rule in RULES.values() if rule.audience is Audience.RECEIPT and rule.subject in OF_TEXT} == {
        "no-title",
        "title-missing",
        "no-body",
        "personal-data",
        "impossible-date",
        "weekday",
        "date-span",
        "unfilled",
    }
    guesses = ("confusable-word", "repeated-word", "ordinal-sequence", "numbers-disagree", "unpaired", "mixed-words")
    assert Audience.RECEIPT not in {RULES[name].audience for name in guesses}


def test_finding_has_the_severity_of_its_rule_and_its_place() -> None:
    finding = rules.DIGIT_SPACE.finding("数字“5”与汉字之间有空格。", 2, 1, 4, "5", "5")
    assert (finding.severity, finding.place) == (Severity.INFO, (2, 1))
    assert finding.as_json() == {
        "rule": "digit-space",
        "severity": "info",
        "message": "数字“5”与汉字之间有空格。",
        "paragraph": 2,
        "start": 1,
        "end": 4,
        "suggestion": "5",
        "replacement": "5",
        "state": "open",
        "settled_by": "",
    }
