"""Articles like one are found among those of the months around it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from archive import articles
from archive.current_texts import current_texts
from archive.schema import revision
from service.article.similar import TextSketches, similar_to
from service.office import Office
from tests.support.articles import rewrite
from tests.support.ledger_rows import AT, BULLETIN, add_article, new_article
from values.manuscript import Manuscript, Paragraph

TEXT = "全区新建老年食堂十二家，覆盖三个街道，每天为五百多位老人送餐，群众反映良好。"
LIKE = TEXT.replace("十二", "十三")
OTHER = "区金融服务中心举办银企对接会，三十家企业当场签约，授信金额四亿元。"


def written(office: Office, name: str, text: str, days: int) -> int:
    """Received so many days after `AT`."""
    new = new_article(
        name, manuscript=Manuscript((name,), None, (Paragraph(text),)), received_at=AT + timedelta(days=days)
    )
    with office.ledger.writing() as ledger:
        return add_article(ledger, new)


def revise(office: Office, article: int, text: str) -> None:
    rewrite(office, article, Manuscript(("改",), None, (Paragraph(text),)))


def similar(office: Office, article: int, sketches: TextSketches) -> list[tuple[int, int]]:
    with office.ledger.reading() as ledger:
        record = articles.article_named(ledger, article)
    return [(other.id, other.percent) for other in similar_to(office, record, sketches)]


def test_articles_of_the_months_around_are_found_the_most_alike_first(office: Office) -> None:
    wanted = written(office, "甲", TEXT, 0)
    before, after = written(office, "乙", LIKE, -300), written(office, "丙", TEXT, 300)
    written(office, "丁", OTHER, 1)
    written(office, "戊", TEXT, -500)
    written(office, "己", TEXT, 500)
    assert similar(office, wanted, TextSketches()) == [(after, 100), (before, 97)]


@pytest.mark.parametrize("most", [0, 1, 100])
def test_texts_changed_and_added_since_the_last_search_are_found(office: Office, most: int) -> None:
    sketches = TextSketches(most)
    wanted, changed = written(office, "甲", TEXT, 0), written(office, "乙", OTHER, 1)
    assert similar(office, wanted, sketches) == []
    revise(office, changed, LIKE)
    added = written(office, "丙", TEXT, 2)
    assert similar(office, wanted, sketches) == [(added, 100), (changed, 97)]
    revise(office, changed, OTHER)
    assert similar(office, wanted, sketches) == [(added, 100)]


def test_a_text_is_read_once(office: Office) -> None:
    """Sketches of texts that were compared before are there although the ledger has the texts no more."""
    sketches = TextSketches()
    ids = [written(office, name, TEXT, 0) for name in "甲乙丙"]
    since, until = AT - timedelta(days=1), AT + timedelta(days=1)
    with office.ledger.reading() as ledger:
        texts = current_texts(ledger, BULLETIN, since, until, most=9)
        first = sketches.of(ledger, texts)
    with office.ledger.writing() as ledger:
        ledger.sql.execute(update(revision).values(manuscript="{}"))
        assert sketches.of(ledger, texts) == first
    assert {id for id, _ in first} == set(ids)
