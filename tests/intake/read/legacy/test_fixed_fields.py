"""Fields keep the result that the author saw: in the bytes that LibreOffice gets, and in what comes back."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from intake.parse.message import Part
from intake.read.legacy.fixed_fields import is_recomputed, recomputed_fields, with_fixed_fields
from intake.read.legacy.formats import docx_wanted_of, read_legacy
from programs.libreoffice import convert
from tests.support.legacy import compound_file, odt
from tests.support.scenario import ROOT

DATED = (ROOT / "tests" / "scenarios" / "documents" / "03-date-field-legacy" / "datefield.doc").read_bytes()
RTF = (
    rb"{\rtf1\ansi\ansicpg936 A {\field{\*\fldinst {\b DA}{TE \\@ \"yyyy\"}}{\fldrslt 1999-01-01}}"
    rb" B {\field{\*\fldinst { PAGE }}{\fldrslt 7}} C {\field{\*\fldinst FILENAME \\p}{\fldrslt {\b old.doc}}}\par}"
)
ODF_DATE = '<text:date style:data-style-name="N1" text:date-value="1999-01-01">1999年1月1日</text:date>'


def test_field_of_a_doc_becomes_one_that_keeps_its_result() -> None:
    fixed = with_fixed_fields(DATED, ".doc")
    assert fixed is not None
    changed = [(old, new) for old, new in zip(DATED, fixed, strict=True) if old != new]
    assert changed == [(31, 35), (32, 35)], "DATE and TIME become QUOTE"


def test_instruction_of_an_rtf_is_replaced_even_in_several_runs() -> None:
    fixed = with_fixed_fields(RTF, ".rtf")
    assert fixed is not None
    assert fixed.count(b"QUOTE") == 2
    assert b"DATE" not in fixed.replace(b"DA}{TE", b"DATE")
    assert (b" PAGE " in fixed, b"1999-01-01" in fixed, b"old.doc" in fixed) == (True, True, True)


def test_rtf_that_ends_within_an_instruction_is_left_as_it_is_at_once() -> None:
    data = RTF[: RTF.index(b"TE")] + b"\\{" + b"0123456789abcdef" * 500_000
    started = process_time()
    assert with_fixed_fields(data, ".rtf") == data
    assert process_time() - started < 1


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (ODF_DATE, "1999年1月1日"),
        ('<text:file-name text:display="name">旧.doc</text:file-name>', "旧.doc"),
        ("<text:modification-date/>止", "止"),
        ('<text:modification-time text:fixed="false"/><text:time>8:15</text:time>', "8:15"),
        ("<text:page-number>7</text:page-number>", "<text:page-number>7</text:page-number>"),
        ("<text:title-page/>", "<text:title-page/>"),
    ],
)
def test_field_of_opendocument_becomes_text(written: str, kept: str) -> None:
    assert with_fixed_fields(f"<text:p>{written}</text:p>".encode(), ".fodt") == f"<text:p>{kept}</text:p>".encode()


def test_fields_of_word_2003_xml_get_another_name() -> None:
    xml = b'<w:fldSimple w:instr=" DATE \\@"><w:instrText> time </w:instrText><w:instrText>PAGE</w:instrText>'
    expected = b'<w:fldSimple w:instr=" QUOTE \\@"><w:instrText> QUOTE </w:instrText><w:instrText>PAGE</w:instrText>'
    assert with_fixed_fields(xml, ".xml") == expected


@pytest.mark.parametrize("data", [DATED[:3_000], compound_file("WordDocument"), b"", compound_file("MatOST")])
def test_damaged_doc_is_left_as_it_is(data: bytes) -> None:
    assert with_fixed_fields(data, ".doc") in (None, data)


def test_other_formats_are_not_changed() -> None:
    assert with_fixed_fields(b"<html>DATE", ".html") is None
    assert with_fixed_fields(b"PK\x03\x04 no zip", ".odt") is None


def test_field_that_shows_a_new_result_is_named() -> None:
    xml = b'<w:instrText xml:space="preserve"> DATE \\@ "yyyy" </w:instrText><w:instrText>PAGE</w:instrText>'
    assert recomputed_fields(xml) == ["DATE \\@"]
    assert (is_recomputed(" savedate \\@"), is_recomputed("DATES"), is_recomputed("PAGEREF")) == (True, False, False)


@pytest.mark.libreoffice
def test_date_comes_back_as_the_author_saw_it(soffice: Path) -> None:
    parts = [Part("a.rtf", "", "", RTF), Part("b.odt", "", "", odt(f"<text:p>至{ODF_DATE}止</text:p>"))]
    requests = [request for part in parts if (request := docx_wanted_of(part.data))]
    converted = convert(requests, soffice)
    texts = ["".join(getattr(block, "text", "") for block in read_legacy(part, converted).blocks) for part in parts]
    assert texts == ["A 1999-01-01 B 1 C old.doc", "至1999年1月1日止"]
