"""Whether an editor's text is in an article, and the finding on a text that replaces it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive import articles, revisions
from archive.articles import ArticleRecord
from archive.database import Ledger
from archive.revisions import NewEdit
from archive.transaction import Transaction
from intake.edits import is_edited, replaced_edit_findings
from tests.support.ledger_rows import AT, add_article, keep_letter, new_article, sha256
from tests.support.ledgers import empty_ledger
from values import rules
from values.finding import Audience
from values.manuscript import Manuscript


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with empty_ledger(tmp_path / "jianbao.sqlite3") as ledger:
        yield ledger


def edited_to(ledger: Transaction, record: ArticleRecord, manuscript: Manuscript) -> ArticleRecord:
    revisions.add_edit(ledger, record, NewEdit(manuscript, (), sha256(manuscript.title), "li"), at=AT)
    return articles.article_named(ledger, record.id)


def test_text_that_was_read_is_not_edited_and_its_replacement_needs_no_finding(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        record = articles.article_named(writing, add_article(writing, new_article("甲")))
        assert not is_edited(writing, record)
        assert replaced_edit_findings(writing, record) == ()


def test_replacement_of_an_editor_s_text_names_the_revision_and_the_editor(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        record = articles.article_named(writing, add_article(writing, new_article("甲")))
        record = edited_to(writing, record, replace(record.manuscript, title_lines=("改过的标题",)))
        assert is_edited(writing, record)
        [finding] = replaced_edit_findings(writing, record)
    assert finding.rule == rules.CORRECTED_OVER_EDIT
    assert finding.rule.audience is Audience.EDITOR, "a receipt would show the editor's name to the department"
    assert finding.message == "第 2 稿由 li 改过；这一稿是单位新发来的，不含那些修改。"


def test_text_edited_back_to_what_was_read_is_not_edited(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        record = articles.article_named(writing, add_article(writing, new_article("甲")))
        as_read = record.manuscript
        record = edited_to(writing, record, replace(as_read, title_lines=("改过的标题",)))
        record = edited_to(writing, record, as_read)
        assert not is_edited(writing, record)
        assert replaced_edit_findings(writing, record) == ()


def test_finding_nobody_has_answered_is_repeated_on_the_text_after(ledger: Ledger) -> None:
    finding = rules.CORRECTED_OVER_EDIT.finding("第 2 稿由 li 改过；这一稿是单位新发来的，不含那些修改。")
    with ledger.writing() as writing:
        record = articles.article_named(writing, add_article(writing, new_article("甲")))
        letter = keep_letter(writing, "a later letter")
        later = new_article("甲的修改稿", findings=(rules.DIGIT_SPACE.finding("…"), finding))
        revisions.add_revision(writing, record, letter, later, at=AT)
        assert replaced_edit_findings(writing, articles.article_named(writing, record.id)) == (finding,)
