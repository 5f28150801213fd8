"""Counts the proofreader's remarks on texts that are correct: every remark is a false alarm.

    python -m benchmarks.precision FOLDER [--examples 5] [--rule NAME] [--markdown] [--json]

FOLDER: .txt files in UTF-8, an article each, its title on the first line; they are read and checked as `check-text`
does, without register and word list. Rates are per 1,000 characters, white space not counted.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cli.check_text import document_of_text, without_missing_title
from intake.check.checks import check
from intake.read.structure.division import structure
from values import rules
from values.finding import Finding, Recheck, Severity

_AROUND: Final = 20
"""Characters shown on either side of a remark."""
GOALS: Final = {"warning": 0.05, "any": 0.3}
"""Remarks per 1,000 characters of correct text: an article of 1,500 characters is remarked on every second time, and
one in thirteen bears a warning. There must be no error."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with its words."""

    file: str
    finding: Finding
    words: str
    """The characters with some on either side; "" for a remark about the whole."""


def remarks_on(name: str, text: str) -> tuple[int, list[Remark]]:
    """How many characters the text has, and what the proofreader remarks."""
    document = document_of_text(text)
    structured = structure(document, (), ("",), name)
    lines = structured.manuscript.lines
    checked = check(structured, document.omissions, structured.byline_department, ())
    findings = without_missing_title(checked, name)
    return len("".join(text.split())), [Remark(name, finding, _words(finding, lines)) for finding in findings]


def _words(finding: Finding, lines: Sequence[str]) -> str:
    if finding.paragraph is None:
        return ""
    line, start = lines[finding.paragraph], finding.start or 0
    end = len(line) if finding.end is None else finding.end
    return f"{line[max(0, start - _AROUND) : start]}【{line[start:end]}】{line[end : end + _AROUND]}"


def texts_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text of the folder and its folders, by name."""
    for path in sorted(folder.rglob("*.txt")):
        yield path.name, path.read_text(encoding="utf-8", errors="replace")


def exceeded(characters: int, remarks: Sequence[Remark]) -> list[str]:
    """The goals that are not met, in words; [] when all are."""
    counts = {
        "errors": (sum(remark.finding.severity is Severity.ERROR for remark in remarks), 0.0),
        "warnings": (sum(remark.finding.severity is Severity.WARNING for remark in remarks), GOALS["warning"]),
        "remarks of any kind": (len(remarks), GOALS["any"]),
    }
    return [
        f"{count} {what}, more than {goal} per 1,000 of {characters} characters"
        for what, (count, goal) in counts.items()
        if count > goal * characters / 1000
    ]


def table(characters: int, remarks: Sequence[Remark]) -> Iterator[str]:
    """A line for each rule, the most frequent first; then the sums."""
    yield f"{'rule':<28} {'severity':<8} {'count':>6} {'per 1,000':>9}"
    counts = Counter((remark.finding.rule.name, remark.finding.severity.value) for remark in remarks)
    for (rule, severity), count in counts.most_common():
        yield f"{rule:<28} {severity:<8} {count:>6} {count / characters * 1000:>9.4f}"
    for severity in Severity:
        count = sum(remark.finding.severity is severity for remark in remarks)
        yield f"{'all':<28} {severity.value:<8} {count:>6} {count / characters * 1000:>9.4f}"
    yield f"{characters} characters, {len(remarks)} remarks, {len(remarks) / characters * 1000:.4f} per 1,000"


def markdown(characters: int, remarks: Sequence[Remark]) -> Iterator[str]:
    """The table of docs/proofreading.md: every rule about an article, and who reads it."""
    yield "| rule | severity | remarks | per 1,000 characters | goes to |"
    yield "|---|---|---|---|---|"
    counts = Counter((remark.finding.rule, remark.finding.severity) for remark in remarks)
    silent = (rule for rule in rules.RULES.values() if rule.recheck is Recheck.ANEW)
    counts.update({(rule, severity): 0 for rule in silent for severity in (rule.severity, *rule.other_severities)})
    for (rule, severity), count in counts.most_common():
        rate = f"{count / characters * 1000:.4f}"
        yield f"| `{rule.name}` | {severity.value} | {count} | {rate} | {rule.audience.value} |"


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--examples", type=int, default=0, help="so many remarks of each rule are shown")
    parser.add_argument("--rule", help="this rule alone")
    parser.add_argument("--markdown", action="store_true", help="the table of docs/proofreading.md")
    parser.add_argument("--json", action="store_true", help="counts by rule and severity")
    arguments = parser.parse_args(words)
    characters, remarks = 0, list[Remark]()
    for name, text in texts_in(arguments.folder):
        length, more = remarks_on(name, text)
        characters += length
        remarks += [remark for remark in more if arguments.rule in (None, remark.finding.rule.name)]
    if arguments.json:
        counts = Counter(f"{remark.finding.rule.name} {remark.finding.severity.value}" for remark in remarks)
        sys.stdout.write(json.dumps({"characters": characters, "remarks": counts}, ensure_ascii=False) + "\n")
        return
    made = markdown if arguments.markdown else table
    sys.stdout.write("\n".join(made(characters, remarks)) + "\n")
    by_rule = defaultdict[str, list[Remark]](list)
    for remark in remarks:
        by_rule[remark.finding.rule.name].append(remark)
    draw = random.Random(1)
    for rule, of_rule in by_rule.items():
        for remark in draw.sample(of_rule, min(arguments.examples, len(of_rule))):
            sys.stdout.write(f"{rule}: {remark.file}: {remark.words or remark.finding.message}\n")


if __name__ == "__main__":
    main()
