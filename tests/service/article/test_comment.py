"""留言 and 责任编辑: what is refused."""

from __future__ import annotations

import pytest

from archive.article_comments import comments_on
from service.article.comment import comment_on, set_article_editor
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.ledger_rows import AT
from tests.support.offices import hand_in
from values.errors import BadUsage, NotThere


@pytest.mark.parametrize(("text", "refusal"), [(" \n", "留言是空的"), ("长" * 2001, "最多 2000 个字")])
def test_a_comment_has_some_words_and_not_too_many(office: Office, text: str, refusal: str) -> None:
    hand_in(office, "甲")
    with pytest.raises(BadUsage, match=refusal):
        comment_on(office, 1, text, "王编辑")
    with pytest.raises(NotThere):
        comment_on(office, 2, "好", "王编辑")
    with office.ledger.reading() as ledger:
        assert comments_on(ledger, 1) == []


def test_a_printed_article_takes_comments_and_keeps_its_editor(office: Office) -> None:
    hand_in(office, "甲")
    set_article_editor(office, 1, "李编辑", "王编辑")
    assemble(office, office.bulletin(None), AT.date())
    sign_off(office, office.bulletin(None), 70, "王编辑")
    with pytest.raises(BadUsage, match="已在第70期刊发，责任编辑不能再改"):
        set_article_editor(office, 1, "王编辑", "王编辑")
    comment_on(office, 1, "读者来电", "王编辑")
    with office.ledger.reading() as ledger:
        assert [(comment.who, comment.text) for comment in comments_on(ledger, 1)] == [("王编辑", "读者来电")]


def test_a_name_has_at_most_forty_characters(office: Office) -> None:
    hand_in(office, "甲")
    with pytest.raises(BadUsage, match="姓名最多 40 个字"):
        set_article_editor(office, 1, "长" * 41, "王编辑")
    assert set_article_editor(office, 1, "王", "王编辑").responsible_editor == "王"
    assert set_article_editor(office, 1, "", "王编辑").responsible_editor == ""
