"""Which parts of a letter are its manuscripts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.classify.manuscripts import SentManuscripts, manuscripts_of
from intake.parse.archive_fault import ArchiveFault
from intake.parse.manuscript_format import ManuscriptFormat
from intake.parse.message import Message, Part, parse_message
from tests.support.submissions import File, raw_letter

ARTICLE = "推进工作落地见效\n" + "一是抓好各项工作，推动任务落实，截至目前成效明显，群众满意，反响良好。" * 12


def part(name: str, data: bytes, form: ManuscriptFormat) -> Part:
    return Part(name, "application/octet-stream", "attachment", data, manuscript_format=form)


WORD = part("甲.docx", b"1", ManuscriptFormat.WORD)
LEGACY = part("乙.doc", b"2", ManuscriptFormat.LEGACY)
PDF = part("甲.pdf", b"3", ManuscriptFormat.FIXED_LAYOUT)
OFD = part("甲.ofd", b"4", ManuscriptFormat.FIXED_LAYOUT)
PICTURE = part("图.png", b"5", ManuscriptFormat.NONE)


def letter(*parts: Part, text: str = "请查收。") -> Message:
    return replace(parse_message(raw_letter(text=text)), parts=parts)


def sent(*parts: Part) -> tuple[Part, ...]:
    return manuscripts_of(letter(*parts), may_be_pasted=True).parts


def test_files_are_manuscripts_by_their_format_in_the_letters_order() -> None:
    assert sent(LEGACY, PICTURE, WORD) == (LEGACY, WORD)


def test_content_counts_once() -> None:
    assert sent(WORD, replace(WORD, name="副本.docx")) == (WORD,)


def test_fixed_layout_is_a_manuscript_only_alone_and_one_of_a_name() -> None:
    assert sent(PDF, WORD) == (WORD,)
    assert sent(PDF, OFD) == (PDF,)


@pytest.mark.parametrize(
    "other", [replace(WORD, name="~$甲.docx"), replace(WORD, unopened=ArchiveFault.DAMAGED), PICTURE]
)
def test_lock_files_and_what_was_not_unpacked_are_none(other: Part) -> None:
    assert sent(other) == ()


def test_damaged_file_called_docx_stays_so_that_reading_names_the_damage() -> None:
    damaged = part("坏.docx", b"??", ManuscriptFormat.NONE)
    assert sent(damaged) == (damaged,)


def test_text_is_a_manuscript_where_nothing_else_can_be_meant() -> None:
    pasted = manuscripts_of(letter(text=ARTICLE), may_be_pasted=True)
    assert (pasted.pasted, len(pasted.parts)) == (True, 1)
    assert not manuscripts_of(letter(text=ARTICLE), may_be_pasted=False)
    with_file = parse_message(raw_letter(File("表.xls", b"?"), text=ARTICLE))
    assert not manuscripts_of(with_file, may_be_pasted=True)


def test_only_what_others_wrote_counts_of_a_letter_that_forwards() -> None:
    foreign, own = replace(WORD, origin="rsj@example.org"), replace(LEGACY, origin="office@example.org")
    manuscripts = SentManuscripts((foreign, own, PDF))
    assert manuscripts.forwarded_by_others({"office@example.org"}) == SentManuscripts((foreign,))
    assert not SentManuscripts((own,)).forwarded_by_others({"office@example.org"})
