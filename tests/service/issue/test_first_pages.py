"""The first pages of past issues as small pictures: drawn once, never longer there than their PDF."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from archive import issue_changes
from archive.issues import IssueFile
from service.issue.assemble import assemble
from service.issue.first_pages import WIDTH, FirstPages
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.ledger_rows import AT
from tests.support.offices import hand_in
from tests.support.pdf import lines, pdf
from values.errors import StorageFailed


def signed_off(office: Office, name: str, number: int, data: bytes) -> Path:
    """Signs off an issue of one article and records that PDF for it; returns where it lies."""
    hand_in(office, name)
    assemble(office, office.bulletin(None), date(2022, 1, 4))
    record = sign_off(office, office.bulletin(None), number, "王编辑")
    relative = f"issues/wuxing/{number}/{number}.pdf"
    path = office.data_dir / relative
    path.write_bytes(data)
    with office.ledger.writing() as ledger:
        file = IssueFile("pdf", relative, hashlib.sha256(data).hexdigest(), len(data))
        issue_changes.record_file(ledger, record.id, file, at=AT)
    return path


def test_a_first_page_is_a_small_picture_drawn_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_off(office, "甲", 70, pdf(lines("第70期"), lines("第二页")))
    pictures, ours = FirstPages(), office.bulletin(None)
    picture = pictures.picture(office, ours, 1)
    assert picture
    with Image.open(io.BytesIO(picture)) as opened:
        assert opened.format == "WEBP"
        assert opened.width == WIDTH
        assert opened.height / opened.width == pytest.approx(842 / 595, abs=0.01)
    assert len(picture) < 20_000
    monkeypatch.setattr("programs.pdf_pages.page_as_webp", None)
    assert pictures.picture(office, ours, 1) == picture


def test_no_picture_outlives_its_file(office: Office) -> None:
    path = signed_off(office, "甲", 70, pdf(lines("第70期")))
    pictures, ours = FirstPages(), office.bulletin(None)
    assert pictures.picture(office, ours, 1)
    path.unlink()
    with pytest.raises(StorageFailed):
        pictures.picture(office, ours, 1)
    path.write_bytes(b"%PDF-1.7 altered")
    with pytest.raises(StorageFailed):
        pictures.picture(office, ours, 1)


def test_an_issue_without_a_readable_pdf_has_no_picture(office: Office) -> None:
    signed_off(office, "甲", 70, b"%PDF-1.7 not a page in it")
    pictures, ours = FirstPages(), office.bulletin(None)
    assert pictures.picture(office, ours, 1) is None
    assert pictures.picture(office, ours, 2) is None


def test_only_so_many_pictures_are_kept(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures, ours = FirstPages(most=1), office.bulletin(None)
    for number, name in ((70, "甲"), (71, "乙")):
        signed_off(office, name, number, pdf(lines(name)))
    drawn = [pictures.picture(office, ours, issue) for issue in (1, 2, 1)]
    assert drawn[0] == drawn[2] != drawn[1]
    with monkeypatch.context() as patched:
        patched.setattr("programs.pdf_pages.page_as_webp", lambda pdf, number, width: b"drawn again")
        assert pictures.picture(office, ours, 1) == drawn[0]
        assert pictures.picture(office, ours, 2) == b"drawn again"
