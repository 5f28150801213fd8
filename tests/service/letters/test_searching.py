"""Searching over the ledger of an office, and keeping it searchable."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import delete

from archive import letters, search
from archive.article_headings import ArticleHeading
from archive.issues import open_draft
from archive.schema import letter_content, searchable
from intake.pool import ReadingPool
from service.article.edit import edit_title
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.letters.letter_leads import LetterLead
from service.letters.searching import make_searchable, search_everything
from service.office import Office
from tests.support.correspondence import manuscript, receive, submission
from tests.support.ledger_rows import AT
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import hand_in
from tests.support.outboxes import sending
from values.folding import ExcerptPiece
from values.issue import ArticleStatus


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


def test_articles_letters_and_past_issues_are_found_together(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    bulletin = office.bulletin(None)
    assemble(office, bulletin, AT.date())
    with office.ledger.reading() as ledger:
        draft = open_draft(ledger, bulletin.id)
    assert draft is not None
    sign_off(office, bulletin, draft.number.number, "王编辑")
    [article] = search_everything(office, bulletin, "学前教育 保教", most=9).articles
    assert article.hit.match.heading == "内外兼修提升学前教育"
    assert ExcerptPiece("学前教育", marked=True) in article.hit.heading
    assert ExcerptPiece("保教", marked=True) in article.hit.excerpt
    assert article.heading == ArticleHeading(
        1, "内外兼修提升学前教育", "区教体局", ArticleStatus.PUBLISHED, draft.id, "第70期"
    )
    [letter] = search_everything(office, bulletin, "内外兼修提升学前教育.docx", most=9).letters
    assert letter.lead == LetterLead("区教体局", "内外兼修提升学前教育", 0)
    [past] = search_everything(office, bulletin, "第70期 王编辑", most=9).past
    assert past.issue.number.label == "第70期"
    assert search_everything(office, bulletin, "  ", most=9).words == ()


def test_an_article_with_its_letter_and_its_texts_is_one_hit(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()), submission(manuscript("学前教育近况"), number=2))
    bulletin = office.bulletin(None)
    edit_title(office, 1, "内外兼修提升学前教育水平", "王编辑", seen=None)
    found = search_everything(office, bulletin, "学前教育", most=9)
    assert sorted(hit.heading.id for hit in found.articles) == [1, 2]
    assert (found.letters, found.past, found.more) == ((), (), frozenset())
    assert search_everything(office, bulletin, "学前教育", ("letter",), most=9).letters == ()


def test_more_than_is_wanted_is_reported(office: Office) -> None:
    hand_in(office, *"甲乙丙")
    bulletin = office.bulletin(None)
    assert search_everything(office, bulletin, "正文", most=3).more == frozenset()
    found = search_everything(office, bulletin, "正文", most=2)
    assert (len(found.articles), sorted(found.more)) == (2, ["article"])
    assert search_everything(office, bulletin, "正文", ("letter",), most=2).articles == ()


def test_letters_read_by_an_earlier_version_are_taken_up_at_the_start(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()), submission(manuscript("第二篇"), number=2))
    with office.ledger.writing() as writing:
        writing.sql.execute(delete(letter_content))
        writing.sql.execute(delete(searchable).where(searchable.c.kind == "article"))
        search.index_letters(writing, [1, 2])
    bulletin = office.bulletin(None)
    assert search_everything(office, bulletin, "请查收", most=9).letters == ()
    stopped = threading.Event()
    stopped.set()
    make_searchable(office, pool, stopped)
    assert search_everything(office, bulletin, "请查收", most=9).letters == ()
    assert len(search_everything(office, bulletin, "第二篇", most=9).articles) == 1
    make_searchable(office, pool, threading.Event())
    assert len(search_everything(office, bulletin, "请查收", most=9).letters) == 2
    with office.ledger.reading() as ledger:
        content = letters.content_of(ledger, 1)
    assert content is not None
    assert [file.name for file in content.files] == ["内外兼修提升学前教育.docx"]


def test_letter_whose_file_is_gone_does_not_keep_the_others_from_being_found(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()), submission(manuscript("第二篇"), number=2))
    with office.ledger.writing() as writing:
        writing.sql.execute(delete(letter_content))
        [first, _] = letters.letters(writing)
    office.raws.path(first.sha256).unlink()
    make_searchable(office, pool, threading.Event())
    with office.ledger.reading() as ledger:
        contents = [letters.content_of(ledger, id) for id in (1, 2)]
    assert [content.cut for content in contents if content] == [True, False]
