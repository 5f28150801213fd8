"""A zip of files, the budget that it uses, and zips that are documents."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.archives.limits import USUAL_LIMITS, ArchiveRefused
from intake.archives.unpacking import ArchivedFile, UnpackingBudget
from intake.archives.zips import unpack_zip
from intake.parse.archive_fault import ArchiveFault
from intake.parse.message import Part
from tools.zip_builder import ENCRYPTED, Member, archive, gbk, utf8


def part(data: bytes, name: str = "材料.zip") -> Part:
    return Part(name, "application/zip", "attachment", data)


def test_files_come_with_the_names_of_their_writer_and_use_the_budget() -> None:
    budget = UnpackingBudget.of(USUAL_LIMITS)
    contents = unpack_zip(part(archive([gbk("甲.docx", b"123"), utf8("乙/图.png", b"45")])), budget)
    assert contents is not None
    assert contents.files == (ArchivedFile("甲.docx", b"123"), ArchivedFile("乙/图.png", b"45"))
    assert (budget.entries, budget.unpacked) == (USUAL_LIMITS.entries - 2, USUAL_LIMITS.unpacked - 5)


def test_damaged_member_keeps_its_name_and_the_others_are_unpacked() -> None:
    packed = archive([gbk("甲.docx", b"text"), gbk("乙.docx", b"x")]).replace(b"text", b"tixt")
    contents = unpack_zip(part(packed), UnpackingBudget.of(USUAL_LIMITS))
    assert contents is not None
    assert contents.files == (ArchivedFile("甲.docx", b"", ArchiveFault.DAMAGED), ArchivedFile("乙.docx", b"x"))


@pytest.mark.parametrize("mark", [b"word/document.xml", b"word\\document.xml", b"OFD.xml", b"mimetype"])
def test_document_is_not_opened(mark: bytes) -> None:
    assert unpack_zip(part(archive([Member(mark, b"x")])), UnpackingBudget.of(USUAL_LIMITS)) is None


def test_locked_zip_is_refused_unless_its_name_is_that_of_a_word_document() -> None:
    locked = archive([Member(b"a", b"x", flags=ENCRYPTED)])
    with pytest.raises(ArchiveRefused) as refused:
        unpack_zip(part(locked), UnpackingBudget.of(USUAL_LIMITS))
    assert refused.value.fault is ArchiveFault.LOCKED
    assert unpack_zip(part(locked, "稿.docx"), UnpackingBudget.of(USUAL_LIMITS)) is None


def test_second_archive_of_a_letter_is_refused_when_the_first_has_used_the_budget() -> None:
    budget = UnpackingBudget.of(replace(USUAL_LIMITS, unpacked=100))
    assert unpack_zip(part(archive([utf8("a", bytes(60))])), budget)
    with pytest.raises(ArchiveRefused) as refused:
        unpack_zip(part(archive([utf8("b", bytes(60))])), budget)
    assert refused.value.fault is ArchiveFault.SUSPICIOUS
