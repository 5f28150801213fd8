"""Counts which planted errors and which labelled typing errors the proofreader points at.

    python -m benchmarks.recall [--planted FILE.tsv] [--odw FILE.tsv] [--missed]

planted: lines of kind, text (¶ between paragraphs) and the wrong words, separated by tabs; an error is detected where
a finding touches these words. odw: lines of label, sentence and corrected sentence; of these the rule typing-error and
its neighbours are asked for the very characters. The shipped weights were trained on such sentences: figures by halves
are those of `tools/make_language_data.py`.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intake.check.checks import check
from intake.read.structure.division import Structured
from values.department import Department
from values.finding import Finding
from values.manuscript import Manuscript, Paragraph

PLANTED: Final = Path(__file__).parent / "texts" / "planted.tsv"
_DEPARTMENTS: Final = (
    Department("区教体局", "章贡区教育体育局", ("区教育局",)),
    Department("区民政局", "章贡区民政局"),
    Department("区人社局", "章贡区人力资源和社会保障局"),
)
_BREAK: Final = "¶"


@dataclass(frozen=True, slots=True)
class Planted:
    """An error in its text."""

    kind: str
    lines: tuple[str, ...]
    words: str
    """The wrong ones."""


def planted_in(path: Path) -> Iterator[Planted]:
    """The errors of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Planted(row["kind"], tuple(row["text"].split(_BREAK)), row["words"])


def findings_in(lines: Sequence[str]) -> tuple[Finding, ...]:
    """Those with a place in these paragraphs."""
    manuscript = Manuscript(("扎实推进重点工作",), "区民政局", tuple(map(Paragraph, lines)))
    structured = Structured(manuscript, None, (), ("区民政局",))
    checked = check(structured, (), "区民政局", _DEPARTMENTS)
    return tuple(finding for finding in checked if finding.paragraph is not None)


def is_detected(error: Planted) -> bool:
    """Whether a finding touches the wrong words, wherever they stand."""
    for finding in findings_in(error.lines):
        line = error.lines[finding.paragraph or 0]
        start, end = finding.start or 0, len(line) if finding.end is None else finding.end
        place = line.find(error.words)
        while place >= 0:
            if start < place + len(error.words) and place < end:
                return True
            place = line.find(error.words, place + 1)
    return False


def measure_planted(path: Path, *, show: bool) -> float:
    """Prints a line for each kind; returns the share of all errors that are detected."""
    planted, detected = Counter[str](), Counter[str]()
    for error in planted_in(path):
        planted[error.kind] += 1
        detected[error.kind] += is_detected(error)
        if show and not is_detected(error):
            sys.stdout.write(f"missed: {error.kind}: {_BREAK.join(error.lines)}\n")
    for kind, count in planted.items():
        sys.stdout.write(f"{kind:<12} {detected[kind]:>4} of {count:>4}\n")
    share = detected.total() / planted.total()
    sys.stdout.write(f"{detected.total()} of {planted.total()} planted errors detected, {share:.1%}\n")
    return share


def measure_odw(path: Path) -> None:
    """Prints how many of the mistaken characters a finding points at, and how many suggestions are right."""
    wrong = detected = right = suggested = 0
    for row in path.read_text(encoding="utf-8").splitlines():
        _, written, meant = row.split("\t")
        if len(written) != len(meant):
            continue
        findings = findings_in((written,))
        for place, (first, second) in enumerate(zip(written, meant, strict=True)):
            if first == second:
                continue
            wrong += 1
            at = [finding for finding in findings if (finding.start, finding.end) == (place, place + 1)]
            detected += bool(at)
            suggested += bool(at)
            right += any(finding.replacement == second for finding in at)
    sys.stdout.write(f"{detected} of {wrong} mistaken characters detected, {detected / wrong:.1%}\n")
    sys.stdout.write(f"{right} of {suggested} suggestions right, {right / max(1, suggested):.1%}\n")


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--planted", type=Path, default=PLANTED)
    parser.add_argument("--odw", type=Path)
    parser.add_argument("--missed", action="store_true", help="shows the errors that are not detected")
    arguments = parser.parse_args(words)
    share = measure_planted(arguments.planted, show=arguments.missed)
    if arguments.odw:
        measure_odw(arguments.odw)
    return 0 if share >= 0.85 else 1


if __name__ == "__main__":
    sys.exit(main())
