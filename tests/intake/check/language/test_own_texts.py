"""What an office's own past issues write is not doubted."""

from __future__ import annotations

from collections import Counter

import pytest

from intake.check.checks import check
from intake.check.language import own_texts
from intake.check.language.model import language_model
from intake.check.language.own_texts import new_sequences, packed, stands_in_own_texts
from intake.read.structure.division import Structured
from values.manuscript import Manuscript, Paragraph

NEW = "章源钨业公司扩大生产。"
"""A company whose name the shipped counts lack: 钨业 looks like 物业."""


def rules_of(text: str, own: bytes = b"") -> list[str]:
    structured = Structured(Manuscript(("标题",), "区民政局", (Paragraph(text),)), None, (), ("区民政局",))
    return [finding.rule.name for finding in check(structured, (), "区民政局", (), own_texts=own)]


def trained(*lines: str, before: bytes = b"") -> bytes:
    return packed(new_sequences(lines, language_model()), before)[0]


def test_name_of_a_past_issue_is_not_doubted_in_another_sentence() -> None:
    assert rules_of(NEW) == ["typing-error"]
    assert rules_of(NEW, trained("走访章源钨业了解情况。")) == []


def test_typing_error_is_still_detected() -> None:
    own = trained("走访章源钨业了解情况，完善工作机制。")
    assert rules_of("推动营业执赵广泛应用。", own) == ["typing-error"]


def test_only_what_the_shipped_counts_lack_is_kept() -> None:
    assert new_sequences(["依法追究刑事责任。"], language_model()) == Counter()
    assert "源钨业" in new_sequences([NEW], language_model())


def test_second_training_adds_to_the_first() -> None:
    own = trained("贯通鹞鸶路。", before=trained("走访章源钨业了解情况。"))
    assert stands_in_own_texts(NEW, 2, 3, own)
    assert stands_in_own_texts("沿鹞鸶路", 1, 3, own)
    assert not stands_in_own_texts("沿鹞鸶路", 1, 3, trained("走访章源钨业了解情况。"))


def test_of_too_many_the_most_frequent_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_texts, "MOST_SEQUENCES", 2)
    octets, kept = packed(Counter({"甲乙丙": 1, "甲乙丁": 3, "甲乙戊": 2}), b"")
    assert kept == 2
    assert not stands_in_own_texts("甲乙丙", 0, 3, octets)
    assert stands_in_own_texts("甲乙丁", 0, 3, octets)


def test_office_without_past_issues_has_nothing() -> None:
    assert not stands_in_own_texts(NEW, 2, 3, b"")
