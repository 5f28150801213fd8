"""How long an issue takes to assemble, and how much memory, against python-docx's own calls and docxcompose.

    python -m benchmarks.assemble [--sizes 10,30,100,300] [--runs 3] [--no-docxcompose]

An issue of N articles, each 1,500 Han characters in 9 paragraphs under 12 headings, two pictures of 120 kB found
nowhere else, and a table of 6 x 4. Every run is a separate process, the methods are interleaved; CPU is user + system
time of the whole process from its start (imports included), the figures are medians. docxcompose gets its articles as
finished .docx files, whose making is not counted. Exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import random
import resource
import statistics
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
TEMPLATE: Final = ROOT / "templates" / "bulletin.docx"

SIZES: Final = (10, 30, 100, 300)
# Goals for 30 articles in one process; LINEAR: how many times longer 300 may take.
CPU_GOAL: Final = 0.5
MEMORY_GOAL: Final = 80.0
LINEAR: Final = 10.0

_HAN: Final = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下"
    "过子说产种面而方后多定行学法所民得经三之进着等部度家电力里如水化高自二理起小物现实加量都两体"
)
_WIDTH_EMU: Final = 14 * 360_000
_HEIGHT_EMU: Final = 9 * 360_000


def main(words: Sequence[str] | None = None) -> int:
    arguments = _arguments(words)
    if arguments.child:
        _child(arguments.child, arguments.articles, Path(arguments.folder))
        return 0
    sizes = [int(size) for size in arguments.sizes.split(",")]
    methods = [name for name in METHODS if name != "docxcompose" or not arguments.no_docxcompose]
    figures = _measure(methods, sizes, arguments.runs)
    print(_report(figures, methods, sizes))
    missed = _missed(figures, methods, sizes)
    print("\n".join(missed) or "All goals met.")
    return 1 if missed else 0


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of articles")
    parser.add_argument("--runs", type=int, default=3, help="of which the median is taken")
    parser.add_argument("--no-docxcompose", action="store_true", help="leave out the slowest peer")
    parser.add_argument("--child", choices=METHODS, help=argparse.SUPPRESS)
    parser.add_argument("--articles", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    return parser.parse_args(words)


# --- measuring --------------------------------------------------------------------------------------------------------

Figures = dict[tuple[str, int], tuple[float, float]]
"""(method, articles) → CPU seconds, MB at the peak."""


def _measure(methods: list[str], sizes: list[int], runs: int) -> Figures:
    samples: dict[tuple[str, int], list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            _make_pictures(Path(folder), size)
            if "docxcompose" in methods:
                _make_articles(Path(folder), size)
            for _, method in product(range(runs), methods):
                samples.setdefault((method, size), []).append(_run(method, size, folder))
    return {
        key: (statistics.median(cpu for cpu, _ in figures), statistics.median(memory for _, memory in figures))
        for key, figures in samples.items()
    }


def _run(method: str, size: int, folder: str) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.assemble", "--child", method, "--articles", str(size)]
    child = subprocess.run([*command, "--folder", folder], cwd=ROOT, check=True, capture_output=True, text=True)
    cpu, memory = json.loads(child.stdout)
    return cpu, memory


def _child(method: str, size: int, folder: Path) -> None:
    data = METHODS[method](size, folder)
    if data[:2] != b"PK":
        raise SystemExit("no document came out")
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps([usage.ru_utime + usage.ru_stime, _peak()]))
    sys.stdout.flush()
    os._exit(0)


def _peak() -> float:
    """The most memory this process ever had, in MB. ru_maxrss would not do: it begins with that of the parent."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _report(figures: Figures, methods: list[str], sizes: list[int]) -> str:
    lines = [f"{'articles':>8}  {'method':<12} {'CPU s':>8} {'x ours':>7} {'peak MB':>8}"]
    for size, method in product(sizes, methods):
        cpu, memory = figures[method, size]
        ratio = cpu / figures["jianbao", size][0]
        lines.append(f"{size:>8}  {method:<12} {cpu:>8.2f} {ratio:>7.1f} {memory:>8.0f}")
    return "\n".join(lines)


def _missed(figures: Figures, methods: list[str], sizes: list[int]) -> list[str]:
    missed = []
    if 30 in sizes:
        cpu, memory = figures["jianbao", 30]
        if cpu > CPU_GOAL:
            missed.append(f"Missed: 30 articles take {cpu:.2f} CPU s, the goal is {CPU_GOAL}.")
        if memory > MEMORY_GOAL:
            missed.append(f"Missed: 30 articles take {memory:.0f} MB, the goal is {MEMORY_GOAL:.0f}.")
    if {30, 300} <= set(sizes):
        growth = figures["jianbao", 300][0] / figures["jianbao", 30][0]
        if growth > LINEAR:
            missed.append(f"Missed: 300 articles take {growth:.1f} times as long as 30.")
    for size, peer in product(sizes, methods):
        if peer != "jianbao" and figures[peer, size][0] <= figures["jianbao", size][0]:
            missed.append(f"Missed: {peer} is as fast with {size} articles.")
    return missed


# --- what an article holds --------------------------------------------------------------------------------------------


def _text(seed: int, length: int) -> str:
    return "".join(random.Random(seed).choices(_HAN, k=length))


def _lines(article: int) -> list[tuple[bool, str]]:
    """12 headings of 12 characters and 9 paragraphs, 1,500 characters together."""
    lines = []
    for number in range(12):
        lines.append((True, _text(article * 100 + number, 12)))
        if number < 9:
            lines.append((False, _text(article * 100 + 50 + number, 150 + (number < 6))))
    return lines


def _table(article: int) -> list[list[str]]:
    return [[_text(article * 1000 + row * 10 + column, 6) for column in range(4)] for row in range(6)]


def jpeg(seed: int) -> bytes:
    """What every reader takes for a JPEG of 1,400 x 900: a true frame header, and 120 kB of noise for its scan."""
    app0 = b"\xff\xe0" + struct.pack(">H5sHBHHBB", 16, b"JFIF\0", 0x0101, 1, 254, 254, 0, 0)
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, 900, 1400, 3) + bytes((1, 17, 0, 2, 17, 0, 3, 17, 0))
    scan = b"\xff\xda" + struct.pack(">HB", 12, 3) + bytes((1, 0, 2, 0, 3, 0, 0, 63, 0))
    noise = random.Random(seed).randbytes(120_000).replace(b"\xff", b"\x7f")
    return b"\xff\xd8" + app0 + frame + scan + noise + b"\xff\xd9"


def _name(number: int) -> str:
    """A picture's file name, like the SHA-256 under which the archive has it."""
    return hashlib.sha256(str(number).encode()).hexdigest()


def _make_pictures(folder: Path, size: int) -> None:
    for number in range(size * 2):
        path = folder / _name(number)
        if not path.exists():
            path.write_bytes(jpeg(number))


# --- the methods ------------------------------------------------------------------------------------------------------


def _with_jianbao(size: int, folder: Path) -> bytes:
    from assembler.plan import plan_issue
    from assembler.typeset import typeset
    from values.issue import Imprint, IssueArticle, IssueNumber, Masthead
    from values.manuscript import Block, Cell, Heading, Manuscript, Paragraph, Picture, Table

    def picture(number: int) -> Picture:
        return Picture(_name(number), "image/jpeg", _WIDTH_EMU, _HEIGHT_EMU)

    def article(number: int) -> IssueArticle:
        blocks: list[Block] = [Heading(text, 1) if heads else Paragraph(text) for heads, text in _lines(number)]
        blocks += [picture(number * 2), picture(number * 2 + 1)]
        blocks.append(Table(tuple(tuple(Cell(text) for text in row) for row in _table(number))))
        return IssueArticle(number, "", f"单位{number}", Manuscript((f"第{number}篇文章",), None, tuple(blocks)))

    masthead = Masthead("简报", "工作简报", IssueNumber(70, "running", 2022), "办公室", date(2022, 11, 8))
    imprint = Imprint(("领导",), (), ("各单位",), "办公室", "", "", "")
    issue = plan_issue(map(article, range(size)), masthead, imprint, sections=[""], departments=[])
    return typeset(issue, TEMPLATE.read_bytes(), lambda sha256: (folder / sha256).read_bytes())


def _fill(document: object, number: int, folder: Path) -> None:
    """One article with python-docx's own calls."""
    from docx.document import Document
    from docx.shared import Emu

    assert isinstance(document, Document)
    document.add_paragraph(f"第{number}篇文章", style="Title")
    for heads, text in _lines(number):
        document.add_paragraph(text, style="Heading 1" if heads else "Normal")
    for seed in (number * 2, number * 2 + 1):
        document.add_picture(str(folder / _name(seed)), Emu(_WIDTH_EMU), Emu(_HEIGHT_EMU))
    table = document.add_table(6, 4)
    for row, texts in enumerate(_table(number)):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text


def _with_python_docx(size: int, folder: Path) -> bytes:
    import docx

    document = docx.Document()
    for number in range(size):
        _fill(document, number, folder)
    return _saved(document.save)


def _with_docxcompose(size: int, folder: Path) -> bytes:
    import docx
    from docxcompose.composer import Composer

    composer = Composer(docx.Document())
    for number in range(size):
        composer.append(docx.Document(str(folder / f"{number}.docx")))
    return _saved(composer.save)


def _make_articles(folder: Path, size: int) -> None:
    import docx

    for number in range(size):
        path = folder / f"{number}.docx"
        if not path.exists():
            document = docx.Document()
            _fill(document, number, folder)
            document.save(str(path))


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


METHODS: Final[dict[str, Callable[[int, Path], bytes]]] = {
    "jianbao": _with_jianbao,
    "python-docx": _with_python_docx,
    "docxcompose": _with_docxcompose,
}


if __name__ == "__main__":
    sys.exit(main())
