"""The OFD of a sign-off: a file of the issue as the PDF is, and what the manifest says of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from archive import issues
from archive.issues import IssueRecord
from programs.libreoffice import ConversionLimits
from service.exporting.export_year import export_year
from service.issue.assemble import assemble
from service.issue.issue_files import final_file
from service.issue.ofd_file import SignedOfd, ofd_of_issue
from service.issue.past_issues import file_of
from service.issue.sign_off import sign_off
from service.office import Office
from service.rebuilding.manifests import PrintedIssue, manifests_in
from tests.support.embedded_fonts import pdf_with_font
from tests.support.invariants import broken_promises
from tests.support.offices import SHANGHAI, bulletin, config, hand_in, office_at, write_config
from tests.support.pdf import lines, pdf
from values.errors import NotThere

TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)
CARRIED_OVER = pdf_with_font("BT /F1 40 Tf 100 600 Td <00010002> Tj ET")


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    return write_config(tmp_path / "office", config(bulletin(more="first_number = 70\nofd = true")))


def signed_off(office: Office, monkeypatch: pytest.MonkeyPatch, made: bytes) -> IssueRecord:
    """Issue 70, signed off, with a PDF as LibreOffice might have made it: that takes seconds, and others try it."""

    def archival(docx: bytes, soffice: Path | None, limits: ConversionLimits, stopping: object) -> bytes:
        return made

    monkeypatch.setattr("programs.pdf_archival.archival_pdf_of", archival)
    hand_in(office, "甲", "乙")
    assert assemble(office, office.bulletin(None), TUESDAY.date()) is not None
    return sign_off(office, office.bulletin(None), 70, "王编辑")


def test_ofd_is_a_file_of_the_issue_everywhere(
    config_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office_at(config_file, TUESDAY) as office:
        signed = signed_off(office, monkeypatch, CARRIED_OVER)
        assert [file.kind for file in signed.final] == ["docx", "pdf", "ofd", "manifest"]
        assert signed.files[2] == "issues/wuxing/70/70.ofd"
        file = office.data_dir / signed.files[2]
        assert file.stat().st_mode & 0o222 == 0
        ours = office.bulletin(None)
        downloaded = final_file(office, ours, signed.id, "ofd")
        assert (downloaded.content_type, downloaded.name[-4:]) == ("application/ofd", ".ofd")
        assert downloaded.data == file.read_bytes()
        past = file_of(office, ours, signed.id, "ofd")
        assert past is not None
        assert past.data == downloaded.data
        manifest = json.loads((office.data_dir / signed.files[3]).read_bytes())
        assert manifest["ofd"] == {"pages_as_pictures": []}
        [printed] = manifests_in(office.data_dir)
        assert isinstance(printed, PrintedIssue)
        assert [each.kind for each in printed.files] == ["docx", "pdf", "ofd", "manifest"]
        exported = tmp_path / "exported"
        export_year(office, ours, 2022, exported)  # the letters of `hand_in` cannot be shown, which it reports
        assert "OFD 文件" in (exported / "index.html").read_text(encoding="utf-8")
        assert len(list(exported.rglob("*.ofd"))) == 1
        assert broken_promises(office.data_dir) == []
        file.chmod(0o644)
        file.write_bytes(b"altered")
    assert broken_promises(config_file.parent / "data") != []


def test_manifest_names_the_pages_that_are_pictures(config_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with office_at(config_file, TUESDAY) as office:
        signed = signed_off(office, monkeypatch, pdf("", lines("第一页")))
        manifest = json.loads((office.data_dir / signed.files[3]).read_bytes())
        assert manifest["ofd"] == {"pages_as_pictures": [{"page": 2, "why": ["字体不在 PDF 里"]}]}


def test_ofd_that_cannot_be_made_holds_up_no_sign_off(config_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with office_at(config_file, TUESDAY) as office:
        signed = signed_off(office, monkeypatch, b"%PDF-1.7 damaged")
        assert [file.kind for file in signed.final] == ["docx", "pdf", "manifest"]
        manifest = json.loads((office.data_dir / signed.final[-1].path).read_bytes())
        assert manifest["ofd"] == {"not_made": "PDF 的内容不能转换"}
        with pytest.raises(NotThere):
            final_file(office, office.bulletin(None), signed.id, "ofd")


def test_none_is_made_without_a_pdf_or_where_the_bulletin_wants_none(tmp_path: Path) -> None:
    with office_at(write_config(tmp_path / "office"), TUESDAY) as office:
        hand_in(office, "甲")
        assert assemble(office, office.bulletin(None), date(2022, 11, 8)) is not None
        with office.ledger.reading() as ledger:
            [record] = issues.issues(ledger)
        assert ofd_of_issue(office, record, CARRIED_OVER) == SignedOfd()
        assert ofd_of_issue(office, replace(record, bulletin="ended"), CARRIED_OVER) == SignedOfd()
        assert ofd_of_issue(office, record, None) == SignedOfd()
