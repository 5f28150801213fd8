"""The gate of precision: right texts draw no more remarks than the goals allow; a rule that cries wolf is noticed."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from benchmarks import precision, recall
from benchmarks.office_prose import DEPARTMENTS, article
from benchmarks.precision import Remark, exceeded, remarks_on, texts_in
from intake.check import checks
from intake.check.proof import Proof
from values import rules
from values.finding import Finding, Recheck

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpora" / "good"
"""Texts that are not part of the repository; with them, a slice of the real measure is taken too."""
EVERY = 6
"""Of the corpus, one file in so many: a quarter of a million characters, five seconds."""
BY_RULE = {
    "comma-between-marks": 0.2,
    "typing-error": 0.05,
    "unpaired": 0.03,
    "stray-break": 0.03,
    "half-width-punctuation": 0.03,
    "range-hyphen": 0.03,
    "ordinal-sequence": 0.03,
    "mixed-words": 0.03,
}
"""Remarks per 1,000 characters of the slice that a rule may make; others 0.015. About twice what is measured."""


def made_texts() -> Iterator[tuple[str, str]]:
    """Articles made from frames, the good ones of tests/intake/check, and the tempting sentences as one text."""
    dice = random.Random(16)
    for number, department in enumerate((*DEPARTMENTS, *DEPARTMENTS)):
        manuscript = article(dice, department, 1_200)
        yield f"{number}.txt", "\n".join([manuscript.title, department, *each_once(manuscript.lines)])
    yield from texts_in(ROOT / "tests" / "intake" / "check" / "good_texts")
    rows = recall.TEMPTING.read_text(encoding="utf-8").splitlines()
    yield (
        "tempting.txt",
        "\n".join(["扎实推进重点工作", "区民政局", *(row for row in rows if "|" not in row and "¶" not in row)]),
    )


def each_once(lines: Sequence[str]) -> Iterator[str]:
    """The lines without sentences that differ from an earlier one in their numbers alone: those are mistakes."""
    seen: set[str] = set()
    for line in lines:
        kept = []
        for sentence in re.findall("[^。]+。?", line):
            frame = re.sub("[0-9]+", "", sentence)
            if frame not in seen:
                kept.append(sentence)
            seen.add(frame)
        if kept:
            yield "".join(kept)


def measured(texts: Iterator[tuple[str, str]]) -> tuple[int, list[Remark]]:
    characters, remarks = 0, list[Remark]()
    for name, text in texts:
        length, more = remarks_on(name, text)
        characters += length
        remarks += more
    return characters, remarks


def crying_wolf(proof: Proof) -> Iterator[Finding]:
    """A rule that takes 工作 for a mistake."""
    for line in proof.lines:
        if "工作" in line.text:
            yield rules.CONFUSABLE_WORD.finding("？", line.index, 0, 2)


def test_made_texts_draw_no_more_remarks_than_the_goals_allow() -> None:
    characters, remarks = measured(made_texts())
    assert characters > 25_000
    assert exceeded(characters, remarks) == []


def test_rule_that_remarks_on_right_texts_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "CHECKS", (*checks.CHECKS, crying_wolf))
    assert len(exceeded(*measured(made_texts()))) == 2


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}")
def test_slice_of_the_corpus_draws_no_more_remarks_than_the_goals_allow() -> None:
    characters, remarks = measured(iter(list(texts_in(CORPUS))[::EVERY]))
    assert exceeded(characters, remarks) == []
    counts = Counter(remark.finding.rule.name for remark in remarks)
    assert [rule for rule, count in counts.items() if count > BY_RULE.get(rule, 0.015) * characters / 1000] == []


def test_goals_are_those_of_the_issue() -> None:
    assert precision.GOALS == {"warning": 0.05, "any": 0.3}
    assert exceeded(10_000, []) == []


def test_page_has_a_row_for_every_rule_of_the_checks() -> None:
    """A rule that is added is measured (issue 16, section 1); `--markdown` makes the rows."""
    of_checks = {rule.name for rule in rules.RULES.values() if rule.recheck is Recheck.ANEW}
    page = (ROOT / "docs" / "proofreading.md").read_text(encoding="utf-8")
    assert of_checks <= set(re.findall(r"^\| `([a-z-]+)` \| \w+ \| \d+ \|", page, re.MULTILINE))
    assert of_checks <= set(
        re.findall(r"^\| `([a-z-]+)` \| \w+ \| 0 \|", "\n".join(precision.markdown(1_000, [])), re.MULTILINE)
    )
