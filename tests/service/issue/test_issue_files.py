"""Files of issues for a person: the draft as it would be now, and those of a signed-off issue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from service.issue.assemble import NothingToAssemble, assemble
from service.issue.issue_files import WORD, draft_file, final_file, issue_of, make_draft
from service.issue.page_renderer import PageRenderer, page_renderer_for
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import hand_in
from tests.support.outboxes import all_out, sending
from values.errors import BadUsage

TODAY = date(2022, 11, 8)


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None, editors='"editor@example.org"'))


@pytest.fixture
def renderer(office: Office) -> Iterator[PageRenderer]:
    with closing(page_renderer_for(office)) as renderer:
        yield renderer


def test_make_draft_gives_the_same_revision_until_something_changes_and_mails_nobody(
    office: Office, renderer: PageRenderer
) -> None:
    hand_in(office, "甲")
    ours = office.bulletin(None)
    assert [make_draft(office, renderer, ours).revision for _ in range(2)] == [1, 1]
    hand_in(office, "乙")
    assert make_draft(office, renderer, ours).revision == 2
    assert all_out(office) == []


def test_make_draft_without_articles_is_refused(office: Office, renderer: PageRenderer) -> None:
    with pytest.raises(NothingToAssemble):
        make_draft(office, renderer, office.bulletin(None))


def test_draft_file_is_the_word_file_under_a_name_without_separators(office: Office, renderer: PageRenderer) -> None:
    hand_in(office, "甲")
    ours = office.bulletin(None).model_copy(update={"title": "上/下:级"})
    draft, file = draft_file(office, renderer, ours)
    assert (draft.number.label, draft.revision) == ("第70期", 1)
    assert (file.name, file.content_type) == ("上下级第70期送审稿（第1稿）.docx", WORD)
    assert file.data.startswith(b"PK")


def test_final_file_is_found_by_kind(office: Office) -> None:
    hand_in(office, "甲")
    ours = office.bulletin(None)
    assemble(office, ours, TODAY)
    sign_off(office, ours, 70, "王编辑")
    manifest = final_file(office, ours, 1, "manifest")
    assert manifest.name.endswith("第70期.json")
    assert manifest.data.startswith(b"{")
    with pytest.raises(BadUsage, match="没有这个文件"):
        final_file(office, ours, 1, "picture")


def test_issue_of_another_bulletin_is_refused(office: Office) -> None:
    with office.ledger.reading() as ledger, pytest.raises(BadUsage, match="没有这一期"):
        issue_of(ledger, office.bulletin(None), 1)
