"""PDFium lives in the reading child: a PDF is read under its limits, and the service itself never loads it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from intake.pool import ReadingPool
from intake.reading import Reading
from intake.register import Register
from tests.support.pdf import image, lines, pdf, picture
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, File, raw_letter
from values.letter import Verdict

_REGISTER = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True)


def test_pdf_is_read_within_the_limits_of_the_child(tmp_path: Path) -> None:
    page = lines("推进工作落地见效", "　　一是抓好各项工作。") + picture("I", 100, 200, 200, 200)
    raw = raw_letter(File("稿件.pdf", pdf(page, images={"I": image(2_000, 2_000)})))
    (tmp_path / "letter.eml").write_bytes(raw)
    with ReadingPool(workers=1) as pool:
        answer = pool.result(pool.submit(tmp_path / "letter.eml", len(raw), _REGISTER))
    assert isinstance(answer, Reading), answer
    assert (answer.verdict, len(answer.drafts[0].media)) == (Verdict.FLAGGED, 1)


def test_reading_letters_without_a_pdf_loads_no_pdfium() -> None:
    code = "import sys, intake.reading; print('pypdfium2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
