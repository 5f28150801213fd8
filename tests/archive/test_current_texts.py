"""Which texts the articles of some months have, and the texts themselves."""

from __future__ import annotations

import json
from datetime import timedelta

from archive.current_texts import current_manuscripts, current_texts
from service.office import Office
from tests.support.articles import rewrite
from tests.support.ledger_rows import AT, BULLETIN, add_article, new_article
from values.manuscript import Manuscript, Paragraph


def test_the_latest_articles_come_with_the_number_of_their_text(office: Office) -> None:
    with office.ledger.writing() as ledger:
        ids = [
            add_article(ledger, new_article(name, received_at=AT + timedelta(days=days)))
            for days, name in enumerate("甲乙丙")
        ]
    rewrite(office, ids[1], Manuscript(("改过",), None, (Paragraph("新的正文。"),)))
    with office.ledger.reading() as ledger:
        texts = current_texts(ledger, BULLETIN, AT, AT + timedelta(days=1), most=9)
        assert [(text.article, text.revision, text.issue) for text in texts] == [(ids[1], 2, ""), (ids[0], 1, "")]
        [latest] = current_texts(ledger, BULLETIN, AT, AT + timedelta(days=9), most=1)
        assert latest.article == ids[2]


def test_texts_are_those_of_now_and_of_the_named_articles_alone(office: Office) -> None:
    with office.ledger.writing() as ledger:
        ids = [add_article(ledger, new_article(name)) for name in "甲乙"]
    rewrite(office, ids[0], Manuscript(("改过",), None, (Paragraph("新的正文。"),)))
    with office.ledger.reading() as ledger:
        texts = current_manuscripts(ledger, ids[:1])
        assert {id: json.loads(text)["title_lines"] for id, text in texts.items()} == {ids[0]: ["改过"]}
        assert current_manuscripts(ledger, ()) == {}
