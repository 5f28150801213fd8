"""Counts the lines that LibreOffice ends badly, in a text that has every kind of mark at every position of a line.

    python -m benchmarks.line_breaks [TEMPLATE]

For another version of LibreOffice, or a template of your own that keeps the text area of GB/T 9704-2012 5.2.2. Goal
(issue 14): none. Exit status 1 when it is missed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from assembler.typeset import typeset
from programs.pdf import pdf_of
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tests.support.line_faults import POSITIONS, SENTENCES, every_position, line_faults


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("template", nargs="?", type=Path)
    path = parser.parse_args(words).template
    template = path.read_bytes() if path else TEMPLATE
    soffice = Path(shutil.which("soffice") or sys.exit("LibreOffice is not installed"))
    faults = line_faults(pdf_of(typeset(issue(article(1, *every_position())), template, no_picture), soffice))
    print(f"{len(SENTENCES)} sentences at {POSITIONS} positions, {sum(map(len, faults.values()))} faults")
    for kind, places in sorted(faults.items()):
        print(f"{kind}: {len(places)}, such as {', '.join(dict.fromkeys(places[:5]))}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
