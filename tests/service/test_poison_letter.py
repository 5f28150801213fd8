"""A letter that hurts its reader costs itself only."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import letters
from intake.pool import ReadingPool
from programs.children import ChildLimits
from service.letters.receive import LetterReceiver
from tests.support.invariants import broken_promises
from tests.support.offices import office_at, write_config
from tests.support.submissions import File, raw_letter
from tools.docx_builder import docx, paragraph
from values.letter import Verdict

NOW = datetime(2022, 11, 4, 8, 0, tzinfo=UTC)
SLOW = ChildLimits(seconds=1.5)
MIB = 1024 * 1024


def manuscript(number: int) -> File:
    title = paragraph(f"第{number}篇推进工作落地见效", properties='<w:jc w:val="center"/>', run='<w:sz w:val="44"/>')
    return File("投稿.docx", docx(title + paragraph(f"一是抓好第{number}项工作，推动落实。")))


def endless() -> File:
    """Four of the largest tables that are still read: seconds of work."""
    dice = random.Random(70)
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = ["".join(cell.format(chr(dice.randint(0x4E00, 0x9FA5))) for _ in range(8)) for _ in range(4 * 4900)]
    tables = "".join(
        "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows[start : start + 4900]) + "</w:tbl>"
        for start in range(0, len(rows), 4900)
    )
    return File("大表.docx", docx(tables))


@pytest.mark.parametrize(
    ("poison", "limits", "said"),
    [
        (raw_letter(endless()), SLOW, "超过"),
        (
            raw_letter(File("大.bin", bytes(40 * MIB)), manuscript(0)),
            ChildLimits(memory=220 * MIB, memory_per_byte=0),
            "内存",
        ),
    ],
    ids=["too slow", "too large for its memory"],
)
def test_one_poisonous_letter_is_quarantined_and_the_others_become_articles(
    poison: bytes, limits: ChildLimits, said: str, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "00.eml").write_bytes(poison)
    for number in range(1, 8):
        (inbox / f"{number:02}.eml").write_bytes(raw_letter(manuscript(number)))
    with office_at(write_config(tmp_path / "office"), NOW) as office, ReadingPool(limits=limits) as pool:
        taken = LetterReceiver(office, pool).import_letters(office.bulletin(None), [inbox])
        with office.ledger.reading() as ledger:
            [quarantined] = [one for one in letters.letters(ledger) if one.verdict is Verdict.QUARANTINED]
    assert taken.verdicts == {Verdict.QUARANTINED: 1, Verdict.UNCONFIRMED: 7}
    assert quarantined.attempts == 3
    assert said in quarantined.reason
    assert (quarantined.sender, quarantined.subject) == ("jtj@example.org", "投稿")
    assert office.raws.read(quarantined.sha256) == poison
    assert broken_promises(office.data_dir) == []
