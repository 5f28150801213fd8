"""Which draft a file is, and files that cannot be read."""

from __future__ import annotations

import pytest

from intake.edited_file import EditedFile
from intake.pool import ReadingPool
from service.edited_draft.read import bulletin_of_file, proposal_of, read_file
from service.office import Office
from service.renaming.former_ids import note_renaming
from tests.support.draft_edits import edited, opened, put_words, without_marks
from tests.support.draft_office import draft_bytes, make_draft
from values.errors import BadUsage, FileAltered


def test_a_file_without_marks_is_recognised_by_its_cover_or_its_headers(office: Office, pool: ReadingPool) -> None:
    make_draft(office)
    bare = without_marks(draft_bytes(office))
    file = read_file(office, pool, "draft.docx", bare)
    assert file.identity == ""
    assert bulletin_of_file(office, file).id == "wuxing"
    assert proposal_of(office, pool, office.bulletin(None), file).revision == 1


def test_a_draft_from_before_its_bulletin_was_renamed_is_still_its_own(office: Office, pool: ReadingPool) -> None:
    make_draft(office)
    note_renaming(office.data_dir, "zonghe", "wuxing")
    draft = opened(draft_bytes(office))
    draft.parts["docProps/custom.xml"] = draft.parts["docProps/custom.xml"].replace(b"wuxing/", b"zonghe/")
    file = read_file(office, pool, "draft.docx", draft.saved())
    assert bulletin_of_file(office, file).id == "wuxing"
    assert proposal_of(office, pool, office.bulletin(None), file).is_empty


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "选中的文件是空的"),
        (b"PK\x03\x04 nothing", "损坏"),
        (b"\x00" * 100, "没有读入|不是"),
        (b"{\\rtf1\\ansi draft}", "本机没有 LibreOffice"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(office: Office, pool: ReadingPool, data: bytes, why: str) -> None:
    with pytest.raises(BadUsage, match=why):
        read_file(office, pool, "folder/改稿.docx", data)


def test_too_large_a_file_is_refused_before_it_is_read(
    office: Office, pool: ReadingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.edited_draft.read.LARGEST", 10)
    with pytest.raises(BadUsage, match="超过"):
        read_file(office, pool, "a.docx", b"PK" * 10)


def test_the_office_own_file_must_be_as_it_was_recorded(office: Office, pool: ReadingPool) -> None:
    make_draft(office)
    data = edited(draft_bytes(office), lambda draft: put_words(draft.paragraphs(1)[0], 0, "近日，"))
    file = read_file(office, pool, "draft.docx", data)
    next((office.data_dir / "issues").rglob("*.docx")).write_bytes(data)
    with pytest.raises(FileAltered):
        proposal_of(office, pool, office.bulletin(None), file)


def test_a_draft_that_was_discarded_with_the_ledger_is_unknown(office: Office, pool: ReadingPool) -> None:
    with pytest.raises(BadUsage, match="台账里没有这一稿"):
        proposal_of(office, pool, office.bulletin(None), EditedFile(identity="wuxing/running/70/1"))
