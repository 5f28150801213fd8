"""Edit a draft, take it back, assemble: the new draft says what the edited file says.

A few of the edits of `python -m benchmarks.take_back`, which makes 200, also saved by LibreOffice.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings

from intake.pool import ReadingPool
from tests.support.draft_edits import (
    OpenedDraft,
    add_after,
    edited,
    opened,
    paragraph,
    put_words,
    remove,
    retype,
    swap,
    table_element,
    track_insertion,
)
from tests.support.draft_office import CONFIG, draft_bytes, make_draft
from tests.support.draft_round_trip import RoundTrip, taken_back
from tests.support.draft_trials import EDITS, Edit, make
from tests.support.ledger_rows import AT
from tests.support.libreoffice import saved_as
from tests.support.offices import office_at, write_config

_WORD = "docx:MS Word 2007 XML"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a draft."""
    home = tmp_path_factory.mktemp("edited")
    with office_at(write_config(home, CONFIG), AT) as office:
        make_draft(office)
    return home


def sent_from(home: Path) -> bytes:
    return next((home / "data" / "issues").rglob("*.docx")).read_bytes()


def back_in(home: Path, pool: ReadingPool, data: bytes) -> RoundTrip:
    trial = home.parent / f"{home.name}-trial"
    shutil.rmtree(trial, ignore_errors=True)
    shutil.copytree(home / "data", trial / "data")
    with office_at(write_config(trial, CONFIG), AT) as office:
        assert draft_bytes(office) == sent_from(home)
        return taken_back(office, pool, data)


@seed(7)
@settings(max_examples=6, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_issue_made_of_an_edited_draft_says_the_same(home: Path, pool: ReadingPool, edits: list[Edit]) -> None:
    draft = opened(sent_from(home))
    for edit in edits:
        make(draft, edit)
    trip = back_in(home, pool, draft.saved())
    assert trip.printed == trip.wanted


def test_libreoffice_loses_nothing_of_an_edited_draft(
    home: Path, pool: ReadingPool, soffice: Path, tmp_path: Path
) -> None:
    def edit(draft: OpenedDraft) -> None:
        put_words(draft.paragraphs(1)[0], 4, "大力")
        retype(draft.article(2)[0], "督导评估顺利通过验收")
        add_after(draft.paragraphs(3)[0], table_element(("街道", "户数"), ("东外", "3")), paragraph("以上为统计。"))
        track_insertion(draft.paragraphs(3)[1], "以后续报。")
        remove(draft.article(4))
        swap(draft, 1, 2)

    data = edited(sent_from(home), edit)
    direct = back_in(home, pool, data)
    odt = saved_as(soffice, "odt", data, tmp_path)
    resaved = saved_as(soffice, "docx", odt, tmp_path, "issue.odt", _WORD)
    through_odt = back_in(home, pool, resaved)
    assert direct.printed == direct.wanted == through_odt.wanted == through_odt.printed
    assert through_odt.taken.in_words == direct.taken.in_words
