"""Counts which planted errors and which labelled typing errors the proofreader points at.

    python -m benchmarks.recall [--planted FILE.tsv] [--tempting FILE.txt] [--odw FILE.tsv] [--missed] [--markdown]

planted: lines of kind, text (¶ between paragraphs; a paragraph between | is a row of a table) and the wrong words,
separated by tabs; an error is detected where a finding touches these words. tempting: a right text on each line. odw:
lines of label, sentence and corrected sentence; of these the rule typing-error and its neighbours are asked for the
very characters. The shipped weights were trained on such sentences: figures by halves are those of
`tools/make_language_data.py`.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from intake.check.checks import check
from intake.read.structure.division import Structured
from values.department import Department
from values.finding import Finding
from values.manuscript import Cell, Manuscript, Paragraph, Table
from values.word_list import Leader, RenamedBody, WordList

PLANTED: Final = Path(__file__).parent / "texts" / "planted.tsv"
TEMPTING: Final = PLANTED.with_name("tempting.txt")
_LEAST_DETECTED: Final = 0.85
_MOST_WRONG: Final = 2
"""Goals of issue 16, section 4."""
_DEPARTMENTS: Final = (
    Department("区教体局", "章贡区教育体育局", ("区教育局",)),
    Department("区民政局", "章贡区民政局"),
    Department("区人社局", "章贡区人力资源和社会保障局"),
    Department("区住建局", "章贡区住房和城乡建设局"),
    Department("区市监局", "章贡区市场监督管理局"),
    Department("区文旅局", "章贡区文化广电旅游局"),
    Department("区应急局", "章贡区应急管理局"),
    Department("区妇联", "章贡区妇女联合会"),
    Department("水东镇", "章贡区水东镇人民政府"),
    Department("沙石镇", "章贡区沙石镇人民政府"),
    Department("赣江街道", "章贡区赣江街道办事处"),
)
_WORDS: Final = WordList(
    leaders=(
        Leader("王建平", ("区委书记", "书记")),
        Leader("刘志华", ("区委副书记", "区长")),
        Leader("陈国强", ("区人大常委会主任",)),
        Leader("赵丽萍", ("区政协主席",)),
        Leader("孙明辉", ("区委常委", "副区长")),
    ),
    renamed=(
        RenamedBody("区卫计委", "区卫健委"),
        RenamedBody("区国土局", "区自然资源局"),
        RenamedBody("区安监局", "区应急局"),
        RenamedBody("区工商局", "区市监局"),
        RenamedBody("区质监局", "区市监局"),
        RenamedBody("区环保局", "章贡生态环境局"),
        RenamedBody("区扶贫办", "区乡村振兴局"),
        RenamedBody("区旅发委", "区文旅局"),
        RenamedBody("区农粮局", "区农业农村局"),
        RenamedBody("区编办", "区委编办"),
    ),
)
_BREAK: Final = "¶"
_CELL: Final = "|"


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
    manuscript = Manuscript(("扎实推进重点工作",), "区民政局", tuple(_blocks(lines)))
    structured = Structured(manuscript, None, (), ("区民政局",))
    checked = check(structured, (), "区民政局", _DEPARTMENTS, _WORDS)
    return tuple(finding for finding in checked if finding.paragraph is not None)


def _blocks(lines: Sequence[str]) -> Iterator[Paragraph | Table]:
    """Lines between | are rows of a table."""
    for is_row, group in groupby(lines, key=_is_row):
        if is_row:
            yield Table(tuple(tuple(Cell(text) for text in row[1:-1].split(_CELL)) for row in group))
        else:
            yield from map(Paragraph, group)


def _is_row(line: str) -> bool:
    return line.startswith(_CELL) and line.endswith(_CELL)


def _as_read(line: str) -> str:
    """A line as `Manuscript.lines` has it."""
    return line[1:-1].replace(_CELL, "\t") if _is_row(line) else line


def is_detected(error: Planted) -> bool:
    """Whether a finding touches the wrong words, wherever they stand."""
    for finding in findings_in(error.lines):
        line = _as_read(error.lines[finding.paragraph or 0])
        start, end = finding.start or 0, len(line) if finding.end is None else finding.end
        place = line.find(error.words)
        while place >= 0:
            if start < place + len(error.words) and place < end:
                return True
            place = line.find(error.words, place + 1)
    return False


def measure_planted(path: Path, *, show: bool, as_markdown: bool = False) -> float:
    """Prints a line for each kind; returns the share of all errors that are detected."""
    planted, detected = Counter[str](), Counter[str]()
    for error in planted_in(path):
        has_finding = is_detected(error)
        planted[error.kind] += 1
        detected[error.kind] += has_finding
        if show and not has_finding:
            sys.stdout.write(f"missed: {error.kind}: {_BREAK.join(error.lines)}\n")
    row = "| {0} | {1} | {2} |\n" if as_markdown else "{0:<16} {2:>4} of {1:>4}\n"
    for kind, count in planted.items():
        sys.stdout.write(row.format(kind, count, detected[kind]))
    share = detected.total() / planted.total()
    sys.stdout.write(f"{detected.total()} of {planted.total()} planted errors detected, {share:.1%}\n")
    return share


def remarked_on(path: Path) -> Iterator[tuple[str, Finding]]:
    """Right texts of a file, a line each, that a finding is about, with the first one."""
    for text in path.read_text(encoding="utf-8").splitlines():
        for finding in findings_in(text.split(_BREAK))[:1]:
            yield text, finding


def measure_tempting(path: Path, *, show: bool) -> int:
    """Prints on how many right texts there is a remark; returns the number."""
    texts, remarked = len(path.read_text(encoding="utf-8").splitlines()), list(remarked_on(path))
    for text, finding in remarked if show else ():
        sys.stdout.write(f"remarked on: {finding.rule.name}: {text}\n")
    sys.stdout.write(f"{len(remarked)} of {texts} right texts remarked on\n")
    return len(remarked)


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
    parser.add_argument("--tempting", type=Path, default=TEMPTING)
    parser.add_argument("--odw", type=Path)
    parser.add_argument("--markdown", action="store_true", help="the rows of docs/proofreading.md")
    parser.add_argument("--missed", action="store_true", help="shows errors that are not detected, and wrong remarks")
    arguments = parser.parse_args(words)
    share = measure_planted(arguments.planted, show=arguments.missed, as_markdown=arguments.markdown)
    wrong = measure_tempting(arguments.tempting, show=arguments.missed)
    if arguments.odw:
        measure_odw(arguments.odw)
    return 0 if share >= _LEAST_DETECTED and wrong <= _MOST_WRONG else 1


if __name__ == "__main__":
    sys.exit(main())
