"""How long the pages of an issue take until the desk can show the first, against soffice alone with the same file.

    python -m benchmarks.preview [--articles 2,44] [--runs 5]

Issues of invented articles with 1,500 characters each: two give 8 pages, 44 some 140. Ours is what the desk
does after a change: typeset the issue, lay it out behind the wall with a new profile, count its pages and draw the
first. The peer is `soffice --convert-to pdf` of the same file, without a wall and with a profile that it has used
before. Runs are interleaved, figures are medians. Exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from assembler.plan import plan_issue
from assembler.typeset import typeset
from benchmarks.office_prose import DEPARTMENTS, article
from programs.pdf import pdf_of
from programs.pdf_pages import page_count
from service.issue.page_renderer import PageRenderer, RenderedPages
from service.office import soffice_of
from values.issue import Imprint, Issue, IssueArticle, IssueNumber, Masthead

TEMPLATE: Final = Path(__file__).parent.parent / "templates" / "bulletin.docx"
GOALS: Final = ((10, 2.0), (140, 8.0))
"""Pages up to which a goal holds, and its seconds (issue 17)."""
_CHARACTERS: Final = 1_500
_PATIENCE: Final = 120.0


@dataclass(frozen=True, slots=True)
class PreviewTimes:
    """Medians, in seconds. typeset_s is a part of ours_s."""

    articles: int
    pages: int
    typeset_s: float
    ours_s: float
    peer_s: float

    @property
    def goal(self) -> float:
        """Seconds; infinite for more pages than any goal is about."""
        return next((seconds for pages, seconds in GOALS if self.pages <= pages), float("inf"))


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", default="2,44", help="numbers of articles")
    parser.add_argument("--runs", type=int, default=5, help="of which the median is taken")
    arguments = parser.parse_args(words)
    soffice = soffice_of(os.environ)
    if soffice is None:
        raise SystemExit("LibreOffice is not installed.")
    measured = [_measure(int(count), arguments.runs, soffice) for count in arguments.articles.split(",")]
    print(f"Load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    print(
        f"{'articles':>8} {'pages':>6} {'typeset':>8} {'ours s':>8} {'soffice s':>10} {'x soffice':>10} {'goal s':>7}"
    )
    for times in measured:
        print(
            f"{times.articles:>8} {times.pages:>6} {times.typeset_s:>8.2f} {times.ours_s:>8.2f} {times.peer_s:>10.2f}"
            f" {times.ours_s / times.peer_s:>10.2f} {times.goal:>7.0f}"
        )
    missed = [f"Missed: {times.pages} pages: {times.ours_s:.1f} s" for times in measured if times.ours_s > times.goal]
    print("\n".join(missed) or "All goals met.")
    return 1 if missed else 0


def _measure(count: int, runs: int, soffice: Path) -> PreviewTimes:
    issue, template = _issue(count), TEMPLATE.read_bytes()
    typeset_s, ours_s, peer_s, pages = [], [], [], 0
    with tempfile.TemporaryDirectory(prefix="jianbao-") as folder:
        file = Path(folder) / "issue.docx"
        file.write_bytes(typeset(issue, template, _no_picture))
        _peer(soffice, file)  # makes the profile that later runs find
        for _ in range(runs):
            typeset_s.append(_timed(lambda: typeset(issue, template, _no_picture)))
            peer_s.append(_timed(lambda: _peer(soffice, file)))
            ours_s.append(_timed(lambda: _ours(soffice, issue, template)))
        pages = page_count(file.with_suffix(".pdf").read_bytes())
    return PreviewTimes(count, pages, *map(statistics.median, (typeset_s, ours_s, peer_s)))


def _ours(soffice: Path, issue: Issue, template: bytes) -> None:
    renderer = PageRenderer(lambda docx: pdf_of(docx, soffice))
    renderer.request("queue", "key", lambda: typeset(issue, template, _no_picture))
    if not isinstance(rendering := renderer.wait_for("key", _PATIENCE), RenderedPages):
        raise SystemExit(f"no pages came out: {rendering}")
    assert renderer.picture("key", 1)
    renderer.close()


def _peer(soffice: Path, file: Path) -> None:
    profile = f"-env:UserInstallation=file://{file.parent}/profile"
    command = [str(soffice), profile, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent), str(file)]
    subprocess.run(command, check=True, capture_output=True)


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _issue(count: int) -> Issue:
    dice = random.Random(8)
    articles = [
        IssueArticle(number, "", department, article(dice, department, _CHARACTERS))
        for number in range(count)
        for department in [DEPARTMENTS[number % len(DEPARTMENTS)]]
    ]
    masthead = Masthead("简报", "工作简报", IssueNumber(70, "running", 2022), "办公室", date(2022, 11, 8))
    imprint = Imprint(("领导",), (), ("各单位",), "办公室", "", "", "")
    return plan_issue(articles, masthead, imprint, sections=[""], departments=[])


def _no_picture(sha256: str) -> bytes:
    raise AssertionError(sha256)


if __name__ == "__main__":
    sys.exit(main())
