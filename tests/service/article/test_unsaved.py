"""Typed text is stored for each person and article, offered again, and shown to others while it is being typed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.unsaved import keep_unsaved
from service.article.typed import TypedArticle, TypedBlock
from service.article.unsaved import LONGEST, discard_typed, others_typing, store_typed, typed_by
from service.office import Office
from tests.support.desk import somebody
from tests.support.offices import Clock, hand_in
from values.account import Role
from values.errors import BadUsage

FIRST = TypedArticle("甲文", "区民政局", (TypedBlock("0", "paragraph", "正文。"),))
SECOND = TypedArticle("甲文", "区民政局", (TypedBlock("0", "paragraph", "正文改。"),))


@pytest.fixture
def wang(office: Office) -> int:
    hand_in(office, "甲文")
    return somebody(office, Role.EDITOR).id


def wait(office: Office, by: timedelta) -> None:
    assert isinstance(office.now, Clock)
    office.now.now += by


def test_the_last_text_is_offered_with_when_typing_began(office: Office, wang: int) -> None:
    store_typed(office, wang, 1, 1, FIRST)
    began = office.now()
    wait(office, timedelta(minutes=3))
    store_typed(office, wang, 1, 1, SECOND)
    text = typed_by(office, wang, 1)
    assert text
    assert (text.article, text.revision) == (SECOND, 1)
    assert (text.since, text.typed_at) == (began, office.now())


def test_typing_over_another_revision_begins_anew(office: Office, wang: int) -> None:
    store_typed(office, wang, 1, 1, FIRST)
    wait(office, timedelta(minutes=3))
    store_typed(office, wang, 1, 2, SECOND)
    text = typed_by(office, wang, 1)
    assert text
    assert (text.revision, text.since) == (2, office.now())


def test_what_is_discarded_is_gone_and_nobody_elses_text_with_it(office: Office, wang: int) -> None:
    li = somebody(office, Role.EDITOR, "li").id
    store_typed(office, wang, 1, 1, FIRST)
    store_typed(office, li, 1, 1, SECOND)
    discard_typed(office, wang, 1)
    assert typed_by(office, wang, 1) is None
    text = typed_by(office, li, 1)
    assert text
    assert text.article == SECOND


def test_others_are_shown_for_two_hours_after_they_last_typed(office: Office, wang: int) -> None:
    li = somebody(office, Role.EDITOR, "li").id
    store_typed(office, wang, 1, 1, FIRST)
    assert others_typing(office, wang, 1) == ()
    [text] = others_typing(office, li, 1)
    assert (text.who, text.article) == ("王编辑", FIRST)
    wait(office, timedelta(hours=2, seconds=1))
    assert others_typing(office, li, 1) == ()
    assert typed_by(office, wang, 1) is not None


def test_an_unknown_article_and_too_long_a_text_are_refused(office: Office, wang: int) -> None:
    with pytest.raises(BadUsage, match="没有编号为 99 的稿件"):
        store_typed(office, wang, 99, 1, FIRST)
    with pytest.raises(BadUsage, match="正文太长"):
        store_typed(office, wang, 1, 1, TypedArticle("长" * LONGEST, "", ()))
    assert typed_by(office, wang, 1) is None


def test_what_another_version_stored_in_another_form_is_as_if_it_were_not_there(office: Office, wang: int) -> None:
    with office.ledger.writing() as ledger:
        keep_unsaved(ledger, wang, 1, 1, '{"words": "甲"}', at=office.now())
    assert typed_by(office, wang, 1) is None
    store_typed(office, wang, 1, 1, FIRST)
    assert typed_by(office, wang, 1) is not None
