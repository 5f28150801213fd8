"""Good articles, as offices write them, full of what only looks like a mistake: the proofreader has nothing to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.manuscripts import DEPARTMENTS
from tests.support.proofs import findings_in
from values.department import Department
from values.manuscript import Heading, Paragraph

TEXTS = sorted((Path(__file__).parent / "good_texts").glob("*.txt"))
MORE = tuple(map(Department, ("区应急管理局", "区行政审批局", "区水利局")))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_good_text_has_no_findings(path: Path) -> None:
    title, byline, *lines = path.read_text(encoding="utf-8").splitlines()
    blocks = [Paragraph(line) if line[-1] in "。”？" else Heading(line, 1) for line in lines]
    assert findings_in(*blocks, title=title, byline=byline, departments=(*DEPARTMENTS, *MORE)) == []


def test_there_are_enough_good_texts_of_full_length() -> None:
    assert len(TEXTS) >= 8
    assert min(len(path.read_text(encoding="utf-8")) for path in TEXTS) > 200
