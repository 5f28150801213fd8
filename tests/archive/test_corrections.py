"""Which article corrects which printed one, and how far that is."""

from __future__ import annotations

import pytest

from archive.corrections import (
    CorrectionLink,
    CorrectionState,
    all_corrections,
    corrected_by,
    corrections_of,
    delete_correction,
    write_correction,
)
from service.office import Office
from tests.support.ledger_rows import AT
from tests.support.offices import hand_in
from values.issue import ArticleStatus


def test_a_link_is_written_once_read_from_both_ends_and_deleted(office: Office) -> None:
    printed, erratum, other = hand_in(office, "甲", "更正", "乙")
    with office.ledger.writing() as ledger:
        write_correction(ledger, erratum, printed, made_by="", at=AT)
        write_correction(ledger, erratum, printed, made_by="王编辑", at=AT)
        [link] = all_corrections(ledger)
        assert (link.article, link.corrects, link.made_by, link.issue_label) == (erratum, printed, "王编辑", "")
        assert corrections_of(ledger, [printed, other]) == {printed: [link]}
        assert corrected_by(ledger, [erratum, other]) == {erratum: link}
        delete_correction(ledger, erratum)
        assert (corrections_of(ledger, [printed]), corrected_by(ledger, [erratum])) == ({}, {})


@pytest.mark.parametrize(
    ("status", "made_by", "state", "words"),
    [
        (ArticleStatus.HELD, "", CorrectionState.SENT, "单位报来更正"),
        (ArticleStatus.ADOPTED, "王", CorrectionState.WAITING, "更正待刊"),
        (ArticleStatus.PUBLISHED, "王", CorrectionState.PRINTED, "已在第71期更正"),
        (ArticleStatus.PUBLISHED, "", CorrectionState.PRINTED, "已在第71期更正"),
        (ArticleStatus.REJECTED, "王", CorrectionState.DROPPED, "更正未用"),
        (ArticleStatus.RETURNED, "", CorrectionState.DROPPED, "更正未用"),
    ],
)
def test_a_correction_is_as_far_as_its_article(
    status: ArticleStatus, made_by: str, state: CorrectionState, words: str
) -> None:
    link = CorrectionLink(2, 1, status, "第71期", made_by, AT)
    assert (link.state, link.in_words) == (state, words)
