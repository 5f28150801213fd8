"""Counts the lines that LibreOffice ends badly, in a text that has every kind of mark at every position of a line.

    python -m benchmarks.line_breaks [TEMPLATE]

For another version of LibreOffice, or a template of your own.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from assembler.typeset import typeset
from programs.pdf import pdf_of
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tests.support.line_faults import POSITIONS, SENTENCES, every_position, line_faults

if __name__ == "__main__":
    template = Path(sys.argv[1]).read_bytes() if len(sys.argv) > 1 else TEMPLATE
    soffice = Path(shutil.which("soffice") or sys.exit("LibreOffice is not installed"))
    faults = line_faults(pdf_of(typeset(issue(article(1, *every_position())), template, no_picture), soffice))
    print(f"{len(SENTENCES)} sentences at {POSITIONS} positions, {sum(map(len, faults.values()))} faults")
    for kind, places in sorted(faults.items()):
        print(f"{kind}: {len(places)}, such as {', '.join(dict.fromkeys(places[:5]))}")
