"""Planted errors are detected, and tempting sentences are left alone: neither may slip unseen."""

from __future__ import annotations

from collections import Counter

from benchmarks.recall import PLANTED, findings_in, is_detected, planted_in

_TEMPTING = PLANTED.with_name("tempting.txt")


def test_of_planted_errors_nineteen_in_twenty_are_detected_and_of_each_kind_most() -> None:
    planted, detected = Counter[str](), Counter[str]()
    for error in planted_in(PLANTED):
        planted[error.kind] += 1
        detected[error.kind] += is_detected(error)
    assert planted.total() > 200
    assert detected.total() >= 0.95 * planted.total()
    assert [kind for kind, count in planted.items() if detected[kind] < 0.85 * count] == []


def test_tempting_sentences_are_right() -> None:
    sentences = _TEMPTING.read_text(encoding="utf-8").splitlines()
    assert len(sentences) >= 120
    assert [sentence for sentence in sentences if findings_in((sentence,))] == []
