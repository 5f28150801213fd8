"""Articles like one are found among those of the months around it."""

from __future__ import annotations

from datetime import timedelta

from archive import articles
from service.article.similar import similar_to
from service.office import Office
from tests.support.ledger_rows import AT, add_article, new_article
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


def test_articles_of_the_months_around_are_found_the_most_alike_first(office: Office) -> None:
    wanted = written(office, "甲", TEXT, 0)
    before, after = written(office, "乙", LIKE, -300), written(office, "丙", TEXT, 300)
    written(office, "丁", OTHER, 1)
    written(office, "戊", TEXT, -500)
    written(office, "己", TEXT, 500)
    with office.ledger.reading() as ledger:
        found = similar_to(office, articles.article_named(ledger, wanted))
    assert [(one.id, one.percent) for one in found] == [(after, 100), (before, 97)]
