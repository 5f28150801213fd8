"""Damaged PDF and OFD bytes give a document or a refusal, never anything else."""

from __future__ import annotations

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.read.pages.ofd import read_ofd
from intake.read.pages.pdf import read_pdf
from tests.support import ofd as ofds
from tests.support import pdf as pdfs
from tests.support.docx_reading import png
from tools.docx_builder import zipped
from values.errors import UnreadableManuscript

_PDF = pdfs.pdf(
    pdfs.lines("　　一是甲乙丙丁。", "戊己庚辛。") + pdfs.picture("I", 100, 300, 90, 90) + "80 80 90 90 re S\n",
    pdfs.show("壬癸", 100, 500, state="3 Tr"),
    images={"I": pdfs.image()},
)
_PLACES = st.lists(st.tuples(st.integers(0, len(_PDF) - 1), st.integers(0, 255)), min_size=1, max_size=30)
_VALUES = st.sampled_from(
    ["", "nan", "inf", "-1", "1e300", "g", "g 9 g", "0 0", "0 0 0 0", "x y", "1 0 0 0 0 0", "9" * 40]
)
_WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)


@settings(max_examples=150, deadline=None)
@given(_PLACES, st.integers(0, len(_PDF)))
def test_damaged_pdf(places: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(_PDF)
    for at, value in places:
        data[at] = value
    with contextlib.suppress(UnreadableManuscript):
        read_pdf(bytes(data[:cut] if cut % 3 == 0 else data))


@settings(max_examples=100, deadline=None)
@given(_WORDS, st.lists(_VALUES, min_size=7, max_size=7))
def test_ofd_with_strange_values(words: str, values: list[str]) -> None:
    boundary, size, matrix, steps, x, y, weight = values
    inner = f'<ofd:CGTransform/><ofd:TextCode X="{x}" Y="{y}" DeltaX="{steps}">{steps}</ofd:TextCode>'
    strange = (
        f'<ofd:TextObject Boundary="{boundary}" Size="{size}" CTM="{matrix}" Weight="{weight}">{inner}</ofd:TextObject>'
        f'<ofd:TextObject Boundary="0 0 90 9" Size="5" CTM="{matrix}">{inner}</ofd:TextObject>'
        f'<ofd:ImageObject Boundary="{boundary}" ResourceID="{x}"/><ofd:PathObject Boundary="{boundary}"/>'
    )
    data = ofds.ofd(ofds.lines("文") + strange, images={"7": ("a.png", png())})
    with contextlib.suppress(UnreadableManuscript):
        read_ofd(data)
    read_ofd(ofds.ofd(ofds.text("字" + "".join(c for c in words if c not in "<&"), 20, 50)))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["OFD.xml", "Document.xml", "a/b.xml"]), st.binary(max_size=60)), st.binary())
def test_zip_that_is_no_ofd(members: dict[str, bytes], rest: bytes) -> None:
    with contextlib.suppress(UnreadableManuscript):
        read_ofd(zipped(members))
    with contextlib.suppress(UnreadableManuscript):
        read_ofd(b"PK" + rest)
