from __future__ import annotations

import io

from pypdf import PdfReader

from programs.ofd.pdf_outline import OutlineEntry, outline_of
from tests.support.pdf import lines, pdf


def reader(*entries: bytes) -> PdfReader:
    """A PDF of two pages; entries are objects from 11 on, 10 is the root of the outline."""
    root = b"<< /Type /Outlines /First 11 0 R /Last 12 0 R /Count 2 >>"
    objects = [root, *entries] if entries else []
    catalog = "/Outlines 10 0 R" if entries else ""
    return PdfReader(io.BytesIO(pdf(lines("第一页"), lines("第二页"), catalog=catalog, objects=objects)))


def entry(title: str, page: int, more: str = "") -> bytes:
    named = f"<{title.encode('utf-16').hex()}>"
    return f"<< /Title {named} /Parent 10 0 R /Dest [{page} 0 R /XYZ 30 700 0] {more} >>".encode()


def test_entries_lead_to_places_and_stand_below_each_other() -> None:
    first = entry("甲", 14, "/Next 12 0 R /First 13 0 R /Last 13 0 R /Count 1")
    made = outline_of(reader(first, entry("乙", 16, "/Prev 11 0 R"), entry("子", 14)))
    assert made == (OutlineEntry("甲", 0, 30, 700, (OutlineEntry("子", 0, 30, 700),)), OutlineEntry("乙", 1, 30, 700))


def test_entry_that_leads_nowhere_is_left_out() -> None:
    made = outline_of(reader(entry("甲", 99, "/Next 12 0 R"), entry("乙", 13), entry("子", 13)))
    assert [row.title for row in made] == ["乙"] or made == ()


def test_pdf_without_outline_has_none() -> None:
    assert outline_of(reader()) == ()
