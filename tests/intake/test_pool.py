"""Letters are read in child processes: what comes back, under which limits, and what the service does not load."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.outcome import Reading
from intake.pool import ReadingPool, crash_reason
from intake.register import Register
from programs.children import ChildLimits
from programs.crash import Crash, CrashKind
from programs.page_pictures import PagePictures
from tests.support.pdf import image, lines, pdf, picture
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, File, raw_letter
from values.letter import Verdict

_REGISTER = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True)
_MIB = 1 << 20
_PAGE = lines("推进工作落地见效", "　　一是抓好各项工作。") + picture("I", 100, 200, 200, 200)
_MANUSCRIPT = File("稿件.pdf", pdf(_PAGE, images={"I": image(2_000, 2_000)}))


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    with ReadingPool(workers=1) as pool:
        yield pool


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.eml"
    path.write_bytes(raw_letter(_MANUSCRIPT))
    return path


def test_pdf_is_read_within_the_limits_of_the_child(pool: ReadingPool, letter: Path) -> None:
    answer = pool.start_reading(letter, letter.stat().st_size, _REGISTER).wait()
    assert isinstance(answer, Reading), answer
    assert (answer.verdict, len(answer.articles[0].media)) == (Verdict.FLAGGED, 1)


def test_header_content_and_original_come_from_the_letter(pool: ReadingPool, letter: Path) -> None:
    size = letter.stat().st_size
    answer = pool.start_reading(letter, size, _REGISTER).wait()
    assert isinstance(answer, Reading), answer
    assert (pool.header(letter, _REGISTER).sender, pool.content(letter, size)) == (answer.sender, answer.content)
    original = pool.original(letter, size, answer.articles[0].content_sha256, frozenset())
    assert original is not None
    assert not isinstance(original, Crash)
    assert (original.name, original.data) == (_MANUSCRIPT.name, _MANUSCRIPT.data)
    assert pool.original(letter, size, "0" * 64, frozenset()) is None


def test_pages_are_drawn_in_the_child(pool: ReadingPool) -> None:
    pictures = pool.page_pictures(_MANUSCRIPT.data, 1, 5)
    assert isinstance(pictures, PagePictures)
    assert (pictures.pages, len(pictures.pngs)) == (1, 1)


def test_every_question_has_its_limits(tmp_path: Path) -> None:
    large = tmp_path / "large.eml"
    large.write_bytes(raw_letter(File("大.bin", bytes(60 * _MIB))))
    short = Crash(CrashKind.OUT_OF_MEMORY, "240")
    with ReadingPool(1, ChildLimits(memory=240 * _MIB, memory_per_byte=0)) as pool:
        assert pool.start_reading(large, 0, _REGISTER).wait() == short
        assert pool.content(large, 0) == short
        assert pool.original(large, 0, "0" * 64, frozenset()) == short
        assert pool.header(large, _REGISTER).subject == "投稿"


def test_large_question_is_received_after_a_small_one(letter: Path) -> None:
    with ReadingPool(1, ChildLimits(memory=240 * _MIB, memory_per_byte=4)) as pool:
        pool.content(letter, letter.stat().st_size)
        assert isinstance(pool.page_pictures(_MANUSCRIPT.data + bytes(120 * _MIB), 1, 5), PagePictures)


@pytest.mark.parametrize(
    ("crash", "reason"),
    [
        (Crash(CrashKind.OVERDUE, "30"), "读信超过 30 秒"),
        (Crash(CrashKind.OUT_OF_MEMORY, "768"), "读信所需内存超过 768 MB"),
        (Crash(CrashKind.TOO_DEEP), "信的结构嵌套过深"),
        (Crash(CrashKind.DIED, "-9"), "读信的进程意外结束（-9）"),
        (Crash(CrashKind.DEFECT, "KeyError: 'x'"), "读信程序出错（KeyError: 'x'）"),
    ],
)
def test_crash_has_a_reason_for_the_clerk(crash: Crash, reason: str) -> None:
    assert crash_reason(crash) == reason


def test_reading_letters_without_a_pdf_loads_no_pdfium() -> None:
    code = "import sys, intake.reading; print('pypdfium2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_service_that_polls_loads_no_reader() -> None:
    code = "import sys, service.letters.receive; print({'lxml', 'PIL', 'intake.reading'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
