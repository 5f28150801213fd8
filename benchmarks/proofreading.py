"""Times the checks on articles of growing length, against plain passes of Python's `re`.

    python -m benchmarks.proofreading [FILE.txt] [--lengths 1500,3000,15000,150000]

The peer is the least that any such proofreader must do: one plain pass of Python's `re` over the text, for each check
a search for one character class. Times are medians of process time, in milliseconds.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from intake.check.checks import CHECKS, check
from intake.read.structure.division import Structured
from values.manuscript import Manuscript, Paragraph

_SAMPLE: Final = Path(__file__).parents[1] / "demo" / "manuscripts" / "04-mzj.txt"
_ROUNDS: Final = 9
_PLAIN: Final = re.compile("[,;:?!()]")


def of_length(text: str, characters: int) -> Manuscript:
    """An article of that many characters: the paragraphs of the text, again and again."""
    paragraphs = [line for line in text.splitlines()[2:] if line]
    blocks: list[Paragraph] = []
    left = characters
    while left > 0:
        line = paragraphs[len(blocks) % len(paragraphs)][:left]
        blocks.append(Paragraph(line))
        left -= len(line)
    return Manuscript(("标题",), "区民政局", tuple(blocks))


def ours(manuscript: Manuscript) -> None:
    check(Structured(manuscript, None, (), ("区民政局",)), (), "区民政局", ())


def plain(manuscript: Manuscript) -> None:
    for _ in CHECKS:
        for line in manuscript.lines:
            _PLAIN.findall(line)


def milliseconds(run: Callable[[Manuscript], None], manuscript: Manuscript) -> float:
    def once() -> float:
        started = time.process_time()
        run(manuscript)
        return (time.process_time() - started) * 1_000

    return median(once() for _ in range(_ROUNDS))


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=_SAMPLE, help="a text to take paragraphs from")
    parser.add_argument("--lengths", default="1500,3000,15000,150000", help="characters")
    arguments = parser.parse_args(words)
    text = arguments.file.read_text(encoding="utf-8")
    sys.stdout.write(f"{'characters':>10}  {'checks':>8}  {'plain re':>8}  {'ratio':>5}\n")
    for length in map(int, arguments.lengths.split(",")):
        manuscript = of_length(text, length)
        mine, peer = milliseconds(ours, manuscript), milliseconds(plain, manuscript)
        sys.stdout.write(f"{length:>10}  {mine:>8.2f}  {peer:>8.2f}  {mine / peer:>5.1f}\n")


if __name__ == "__main__":
    main()
