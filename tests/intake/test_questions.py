"""A child behind its walls reads every letter as a process without walls does, with Landlock and without."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from intake.outcome import Reading
from intake.pool import ReadingPool
from intake.reading import read_letter
from intake.register import Register
from tests.support.pdf import image, lines, pdf, picture
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, File, raw_letter
from tools.docx_builder import docx, paragraph

REGISTER = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True)
LETTERS = [*Path("tests/scenarios").glob("*/inbox/*.eml"), *Path("demo/letters").glob("*.eml")]
PAGE = lines("推进工作落地见效", "　　一是抓好各项工作。") + picture("I", 100, 200, 200, 200)
LABELS = {"big5": "big5", "shift_jis": "shift_jis", "hz-gb-2312": "utf-8", "no-such-set": "utf-8"}


PICTURES = ("BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP", "AVIF")
MANUSCRIPT = File("稿件.docx", docx(paragraph("推进工作落地见效") + paragraph("一是抓好各项工作，推动落实。")))


def photograph(kind: str) -> bytes:
    data = io.BytesIO()
    Image.radial_gradient("L").save(data, kind)
    return data.getvalue()


def in_character_set(label: str, codec: str) -> bytes:
    head = f"From: jtj@example.org\r\nContent-Type: text/plain; charset={label}\r\n"
    head += "Content-Transfer-Encoding: 8bit\r\n\r\n"
    return head.encode() + "推進工作".encode(codec)


OTHERS = [
    raw_letter(File("稿件.pdf", pdf(PAGE, images={"I": image(300, 300)}))),
    raw_letter(File("稿件.rtf", rb"{\rtf1\ansi text}")),
    *(
        raw_letter(MANUSCRIPT, File(f"图1.{kind.lower()}", photograph(kind), f"image/{kind.lower()}"))
        for kind in PICTURES
    ),
    *(in_character_set(label, codec) for label, codec in LABELS.items()),
]


@pytest.fixture(scope="module", params=[True, False], ids=["with Landlock", "without Landlock"])
def pool(request: pytest.FixtureRequest) -> Iterator[ReadingPool]:
    with ReadingPool(1, landlock=request.param) as pool:
        yield pool


def test_letters_are_read_alike_behind_walls(pool: ReadingPool, tmp_path: Path) -> None:
    assert pool.is_confined()
    path = tmp_path / "letter.eml"
    for raw in [*(letter.read_bytes() for letter in LETTERS), *OTHERS]:
        path.write_bytes(raw)
        answer = pool.start_reading(path, len(raw), REGISTER).wait()
        assert isinstance(answer, Reading), (answer, raw[:200])
        assert answer == read_letter(raw, REGISTER)
