"""How well and how fast .docx files are read, against LibreOffice's text of them and python-docx's time.

    python -m benchmarks.reading FOLDER [--cache DIR] [--worst 10] [--only PART-OF-A-NAME]

For any folder of .docx, .docm and .dotx. LibreOffice's texts are kept in --cache (FOLDER with ".texts" after its name),
so that only the first run takes minutes; a file that hangs or breaks it counts as not opened by it. The figures stand
for the whole folder and for the files that have a CJK character.

    opened    of the files in which LibreOffice finds text, those in which we do
    recall    characters that we show of those expected: for each character, the smaller of its count in LibreOffice's
              text and in the file's own visible w:t (outside deletions, direct w:vanish, headers, fallback branches)
    extra     our characters beyond the larger of the two counts, in relation to all of ours. Labels that LibreOffice
              shows as well do not count, nor do our own marks: 〔注1〕 for a note, 〓 for an unknown symbol
    labels    paragraphs outside tables and boxes that we or LibreOffice number: those with the same label. Theirs is
              what precedes the paragraph's text in the line that ends with it; any bullet equals any other
    time      milliseconds of CPU time in this process, the best of three; peer: the time of python-docx for a Document
              and a walk through its paragraphs and tables, over the files that both open
    memory    the highest resident size, at this file, of a process that reads them all one after another

Characters are counted after NFKC, without white space, controls and private ones. What differs is shown for the worst
files of each figure, for a person to judge: LibreOffice 7.4 itself shows deleted and hidden text and counts its labels,
computes dates and formulas anew, gives an empty bullet a dot, and takes page numbers of headers for text of the body.
Where a truth.json beside the files describes them (`benchmarks.truth`), .doc, .pdf and .ofd included, the shares of
right titles, sign-offs and furniture are reported too; `--department` names the register. A set to begin with is made
by `python -m tools.office_documents FOLDER`.

Exit status 1 when a goal is missed, or when anything but the typed refusal comes out.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docx import Document
from rich.console import Console
from rich.progress import track
from rich.table import Table as Grid

from benchmarks.office_text import office_texts
from benchmarks.truth import truths_in
from benchmarks.truth_report import print_shares, shares_of
from benchmarks.word_measures import Measures, measure, own_text
from intake.read.docx.reader import read_docx
from intake.read.source import SourceDocument
from values.department import Department
from values.errors import UnreadableManuscript

OPENED_GOAL: Final = 98.0  # percent
RECALL_GOAL: Final = 99.5
EXTRA_GOAL: Final = 1.0
LABELS_GOAL: Final = 97.0
MEDIAN_GOAL: Final = 3.0  # ms
P95_GOAL: Final = 30.0
LONGEST_GOAL: Final = 5_000.0
MEMORY_GOAL: Final = 300.0  # MB

_EXTENSIONS: Final = (".docx", ".docm", ".dotx")
_ROOT: Final = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one file. refusal: why we did not read it; crash: an exception that is no refusal.

    office: whether LibreOffice opens it. expects: whether it finds text there.
    milliseconds: of ours and of the peer, None where it was not read.
    """

    name: str
    cjk: bool
    office: bool
    expects: bool
    milliseconds: float
    peer_milliseconds: float | None
    megabytes: float
    refusal: str = ""
    crash: str = ""
    measures: Measures | None = None


def main(words: Sequence[str] | None = None) -> int:
    arguments = _arguments(words)
    if arguments.child:
        _print_peaks(sys.stdin.read().splitlines())
        return 0
    console = Console(width=120, soft_wrap=True)
    folder = Path(arguments.folder)
    documents = (path for path in folder.rglob("*") if path.suffix.lower() in _EXTENSIONS)
    files = sorted(path for path in documents if arguments.only in path.name)
    missed = _against_truth(console, folder, arguments)
    soffice = shutil.which("soffice")
    if not files and missed is not None:
        return _ended(console, missed)
    if not files or soffice is None:
        sys.exit(f"no {', '.join(_EXTENSIONS)} in {folder}" if soffice else "LibreOffice is not installed")
    cache = Path(arguments.cache) if arguments.cache else folder.with_name(f"{folder.name}.texts")
    texts = office_texts(files, cache, Path(soffice), console)
    peaks = _peaks(files)
    outcomes = [
        _outcome(path, str(path.relative_to(folder)), texts[path], peaks[index])
        for index, path in enumerate(track(files, description="reading", console=console, transient=True))
    ]
    missed = [*(missed or ()), *_report(console, outcomes)]
    _print_worst(console, outcomes, arguments.worst)
    return _ended(console, missed)


def _ended(console: Console, missed: Sequence[str]) -> int:
    console.print("\n".join(missed) or "All goals met.")
    return 1 if missed else 0


def _against_truth(console: Console, folder: Path, arguments: argparse.Namespace) -> list[str] | None:
    """Measures the files that a truth.json describes. Returns the goals missed; None without a truth.json."""
    truths = {path: expected for path, expected in truths_in(folder).items() if arguments.only in path.name}
    if not truths:
        return None
    departments = [Department(*words.split("=")[:2]) for words in arguments.department] or [Department("区民政局")]
    return print_shares(console, shares_of(truths, departments), arguments.worst)


def _outcome(path: Path, name: str, office: str | None, megabytes: float) -> Outcome:
    data = path.read_bytes()
    own = own_text(data)
    document, milliseconds, problem = _timed(lambda: read_docx(data))
    _, peer, refused = _timed(lambda: _walk(Document(io.BytesIO(data))))
    measures = measure(document, office, own) if isinstance(document, SourceDocument) and office is not None else None
    refusal = str(problem) if isinstance(problem, UnreadableManuscript) else ""
    return Outcome(
        name=name,
        cjk=any("\u3400" <= character <= "\u9fff" for character in (office or "") + own),
        office=office is not None,
        expects=bool(office and office.strip()),
        milliseconds=milliseconds,
        peer_milliseconds=peer if refused is None else None,
        megabytes=megabytes,
        refusal=refusal,
        crash=repr(problem) if problem is not None and not refusal else "",
        measures=measures,
    )


def _timed(work: Callable[[], object]) -> tuple[object, float, Exception | None]:
    """(the result, the milliseconds of the best of three runs, the exception if it raised)."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        try:
            result, problem = work(), None
        except Exception as error:  # noqa: BLE001 - what comes out is what is measured
            result, problem = None, error
        best = min(best, (time.process_time() - started) * 1000)
        if best > LONGEST_GOAL:
            break
    return result, best, problem


def _walk(parent: Any) -> int:
    """The characters that python-docx gives in a document or cell."""
    characters = 0
    for item in parent.iter_inner_content():
        if hasattr(item, "rows"):
            characters += sum(_walk(cell) for row in item.rows for cell in row.cells)
        else:
            characters += len(item.text)
    return characters


def _peaks(files: Sequence[Path]) -> list[float]:
    """The megabytes each file costs at most, from a process that does nothing but read them."""
    command = [sys.executable, "-m", "benchmarks.reading", "--child", "."]
    given = "\n".join(str(path.resolve()) for path in files)
    done = subprocess.run(command, cwd=_ROOT, input=given, capture_output=True, text=True, check=True)
    peaks: list[float] = json.loads(done.stdout)
    return peaks


def _print_peaks(paths: Iterable[str]) -> None:
    peaks: list[float] = []
    for path in paths:
        data = Path(path).read_bytes()
        Path("/proc/self/clear_refs").write_text("5")  # proc(5): resets the peak
        with contextlib.suppress(Exception):  # the other pass reports it
            read_docx(data)
        status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        peaks.append(int(status["VmHWM"].split()[0]) / 1024)
    print(json.dumps(peaks))


def _report(console: Console, outcomes: Sequence[Outcome]) -> list[str]:
    """Prints the table. Returns the goals that the whole folder misses."""
    groups = (outcomes, [outcome for outcome in outcomes if outcome.cjk])
    columns = [_figures(group) for group in groups]
    grid = Grid("", "all", "with CJK", "goal")
    for index, (label, _, _, goal) in enumerate(columns[0]):
        grid.add_row(label, *(column[index][1] for column in columns), goal)
    console.print(grid)
    return [f"missed: {label} {shown}, goal {goal}" for label, shown, met, goal in columns[0] if not met]


def _figures(outcomes: Sequence[Outcome]) -> list[tuple[str, str, bool, str]]:
    """(label, figure, whether the goal is met, goal) for each row of the table."""
    wanted = [outcome for outcome in outcomes if outcome.expects]
    opened = sum(outcome.measures is not None for outcome in wanted)
    measures = [outcome.measures for outcome in wanted if outcome.measures]
    expected, lost = sum(m.expected for m in measures), sum(m.lost.total() for m in measures)
    shown, extra = sum(m.shown for m in measures), sum(m.extra.total() for m in measures)
    labelled = [pair for m in measures for pair in m.labelled]
    equal = sum(pair.equal for pair in labelled)
    times = sorted(outcome.milliseconds for outcome in outcomes if not outcome.refusal)
    both = [
        (o.milliseconds, o.peer_milliseconds) for o in outcomes if o.peer_milliseconds is not None and not o.refusal
    ]
    peer = sum(theirs for _, theirs in both)
    share = peer and sum(ours for ours, _ in both) / peer
    memory = max((outcome.megabytes for outcome in outcomes), default=0.0)
    crashes = sum(bool(outcome.crash) for outcome in outcomes)
    return [
        ("files", str(len(outcomes)), True, ""),
        ("LibreOffice opens", f"{sum(outcome.office for outcome in outcomes)}, {len(wanted)} with text", True, ""),
        ("opened", *_percent(opened, len(wanted), at_least=OPENED_GOAL)),
        ("recall", *_percent(expected - lost, expected, at_least=RECALL_GOAL)),
        ("extra", *_percent(extra, shown, at_most=EXTRA_GOAL)),
        ("labels", *_percent(equal, len(labelled), at_least=LABELS_GOAL)),
        ("median", *_at_most(statistics.median(times) if times else 0.0, MEDIAN_GOAL, "ms")),
        ("p95", *_at_most(times[len(times) * 95 // 100] if times else 0.0, P95_GOAL, "ms")),
        ("longest", *_at_most(times[-1] if times else 0.0, LONGEST_GOAL, "ms")),
        ("memory", *_at_most(memory, MEMORY_GOAL, "MB")),
        ("crashes", str(crashes), not crashes, "0"),
        (f"python-docx opens {len(both)} of them", f"{share:.2f} x its time", True, ""),
    ]


def _percent(part: int, whole: int, *, at_least: float = 0.0, at_most: float = 100.0) -> tuple[str, bool, str]:
    goal = f">= {at_least} %" if at_least else f"<= {at_most} %"
    if not whole:
        return "–", True, goal
    value = 100 * part / whole
    return f"{value:.2f} % ({part} of {whole})", at_least <= value <= at_most, goal


def _at_most(value: float, goal: float, unit: str) -> tuple[str, bool, str]:
    return f"{value:.1f} {unit}", value <= goal, f"<= {goal:.0f} {unit}"


def _print_worst(console: Console, outcomes: Sequence[Outcome], most: int) -> None:
    measured = [(outcome, outcome.measures) for outcome in outcomes if outcome.measures and outcome.expects]
    lists: dict[str, list[tuple[float, str, str]]] = {
        "broke": [(1, o.name, o.crash) for o in outcomes if o.crash],
        "not opened": [(1, o.name, o.refusal) for o in outcomes if o.expects and o.refusal],
        "lost": [(m.lost.total(), o.name, _quoted(m.lost)) for o, m in measured],
        "extra": [(m.extra.total(), o.name, _quoted(m.extra)) for o, m in measured],
        "labels": [(sum(not pair.equal for pair in m.labelled), o.name, _unequal(m)) for o, m in measured],
        "slow": [(round(o.milliseconds), o.name, "ms") for o in outcomes],
        "memory": [(round(o.megabytes), o.name, "MB") for o in outcomes],
    }
    for title, rows in lists.items():
        worst = [row for row in sorted(rows, key=lambda row: -row[0]) if row[0]][:most]
        console.print(f"\n{title} ({sum(row[0] > 0 for row in rows)} files)" if worst else f"\n{title}: none")
        for figure, name, what in worst:
            console.print(f"  {figure:6.0f}  {name}  {what}", markup=False, highlight=False)


def _quoted(counted: Counter[str]) -> str:
    return " ".join(f"{character}×{count}" for character, count in counted.most_common(12))


def _unequal(measures: Measures) -> str:
    shown = (f"{p.ours or '–'} / {p.theirs or '–'} {p.text[:16]}" for p in measures.labelled if not p.equal)
    return "; ".join(list(shown)[:5])


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--cache", help="where LibreOffice's texts are kept")
    parser.add_argument("--worst", type=int, default=10, help="how many files to show for each figure")
    parser.add_argument("--only", default="", help="files whose name has this")
    parser.add_argument(
        "--department", action="append", default=[], metavar="NAME=FULL_NAME", help="of the register, for truth.json"
    )
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
