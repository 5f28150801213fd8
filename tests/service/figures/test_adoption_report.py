"""采用情况通报 as an article of the next issue."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from archive import article_changes, articles, letters, revisions
from archive.articles import ArticleRecord
from archive.changes import changes
from archive.revisions import NewEdit
from intake.pool import ReadingPool
from service.figures.adoption_report import AdoptionReport, report_adoption
from service.figures.statistics import statistics_of
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.invariants import broken_promises
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI, bulletin, config, hand_in, office_at, write_config
from tests.support.projection import projection
from values.errors import BadUsage
from values.issue import ArticleStatus
from values.letter import Verdict
from values.period import month_of, year_of

TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)
NOVEMBER = month_of(TUESDAY.date())
MORE = """
[[bulletin.department]]
name = "区教体局"

[[bulletin.department]]
name = "区“五型”办"
full_name = "区“五型”政府建设领导小组办公室"
"""


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(bulletin() + MORE), TUESDAY)


def report(office: Office) -> AdoptionReport:
    return report_adoption(office, office.bulletin(None), NOVEMBER, who="王编辑")


def everything(office: Office) -> list[ArticleRecord]:
    with office.ledger.reading() as ledger:
        return list(articles.articles(ledger))


def change_status(office: Office, article_id: int, to: ArticleStatus) -> None:
    with office.ledger.writing() as ledger:
        article_changes.change_status(
            ledger, articles.article_named(ledger, article_id), to, who="王编辑", note="", at=office.now()
        )


def test_report_counts_the_departments_without_ranking_them(office: Office) -> None:
    hand_in(office, "甲", "乙")
    assemble(office, office.bulletin(None), TUESDAY.date())
    sign_off(office, office.bulletin(None), 70, "王编辑")
    hand_in(office, "丙")
    article = report(office).article
    assert article.manuscript.title == "2022年11月信息采用情况通报"
    assert (article.section, article.manuscript.byline) == ("情况通报", "区“五型”政府建设领导小组办公室")
    assert article.manuscript.lines == (
        "2022年11月，各单位共报送信息3条，采用2条，采用率66.7%。现将有关情况通报如下。",
        "序号\t单位\t报送\t采用\t采用率",
        "1\t区民政局\t3\t2\t66.7%",
        "2\t区教体局\t0\t0\t—",
        "3\t区“五型”办\t0\t0\t—",
        "\t合计\t3\t2\t66.7%",
    )
    assert broken_promises(office.data_dir) == []


def test_report_goes_into_the_next_issue_and_is_typeset(office: Office) -> None:
    hand_in(office, "甲")
    report(office)
    made = assemble(office, office.bulletin(None), TUESDAY.date())
    assert made is not None
    text = projection((office.data_dir / made.issue.draft).read_bytes())
    assert "2022年11月信息采用情况通报" in text
    assert "合计" in text


def test_its_letter_is_kept_like_any_other_and_nobody_reads_it_again(office: Office) -> None:
    hand_in(office, "甲")
    article = report(office).article
    message = message_from_bytes(office.raws.read(article.letter_sha256), policy=default)
    assert message["From"] == "wuxing@example.org"
    assert message["Subject"] == "2022年11月信息采用情况通报"
    assert "区民政局\t1\t0\t0%" in message.get_content()
    with office.ledger.reading() as ledger:
        [letter] = letters.letters_named(ledger, article.letter_sha256)
    assert (letter.verdict, letter.articles) == (Verdict.ARTICLE, (article.id,))
    with ReadingPool(workers=1) as pool:
        read = LetterReceiver(office, pool).read(office.bulletin(None))
    assert read.total() == 1  # the letter of 甲, which is none: this one is read no more


def test_same_numbers_again_change_nothing(office: Office) -> None:
    hand_in(office, "甲")
    first, second = report(office), report(office)
    assert (first.changed, first.created) == (True, True)
    assert (second.changed, second.created, second.article) == (False, False, first.article)
    assert len(everything(office)) == 2
    with office.ledger.reading() as ledger:
        assert [change.summary for change in changes(ledger)] == ["生成《2022年11月信息采用情况通报》"]


def test_newer_numbers_are_a_further_revision_of_the_same_article(office: Office) -> None:
    hand_in(office, "甲")
    first = report(office).article
    hand_in(office, "乙")
    second = report(office)
    assert (second.changed, second.created) == (True, False)
    assert (second.article.id, second.article.revision) == (first.id, 2)
    assert "1\t区民政局\t2\t0\t0%" in second.article.manuscript.lines
    assert broken_promises(office.data_dir) == []


def test_report_itself_is_nobodys_submission(office: Office) -> None:
    hand_in(office, "甲")
    report(office)
    total = statistics_of(office, office.bulletin(None), NOVEMBER).total
    assert (total.received, total.adopted) == (1, 0)
    assemble(office, office.bulletin(None), TUESDAY.date())
    sign_off(office, office.bulletin(None), 70, "王编辑")
    total = statistics_of(office, office.bulletin(None), NOVEMBER).total
    assert (total.received, total.adopted, total.notices) == (1, 1, 0)


def test_printed_report_is_not_touched(office: Office) -> None:
    hand_in(office, "甲")
    report(office)
    assemble(office, office.bulletin(None), TUESDAY.date())
    sign_off(office, office.bulletin(None), 70, "王编辑")
    with pytest.raises(BadUsage, match="已在第70期刊发"):
        report(office)
    assert broken_promises(office.data_dir) == []


def test_edited_report_stays_until_there_are_newer_numbers(office: Office) -> None:
    hand_in(office, "甲")
    first = report(office).article
    with office.ledger.writing() as ledger:
        revisions.add_edit(ledger, first, NewEdit(first.manuscript, (), "0" * 64, "王编辑"), at=office.now())
    assert not report(office).changed
    hand_in(office, "乙")
    again = report(office)
    assert (again.changed, again.article.id, again.article.revision) == (True, first.id, 3)


def test_report_that_was_turned_down_comes_back_when_it_is_asked_for(office: Office) -> None:
    hand_in(office, "甲")
    first = report(office).article
    change_status(office, first.id, ArticleStatus.REJECTED)
    again = report(office)
    assert (again.changed, again.article.status) == (True, ArticleStatus.DRAFT)


def test_nothing_to_report_is_reported(office: Office) -> None:
    with pytest.raises(BadUsage, match="2022年11月没有来稿，也没有刊发"):
        report(office)
    assert broken_promises(office.data_dir) == []


def test_reports_of_two_periods_are_two_articles(office: Office) -> None:
    hand_in(office, "甲")
    ours = office.bulletin(None)
    reports = [report_adoption(office, ours, period, who="王编辑") for period in (NOVEMBER, year_of(TUESDAY.date()))]
    assert [report.article.manuscript.title for report in reports] == [
        "2022年11月信息采用情况通报",
        "2022年信息采用情况通报",
    ]
    assert broken_promises(office.data_dir) == []


def test_bulletin_without_that_section_prints_it_among_the_ordinary_articles(tmp_path: Path) -> None:
    text = config(bulletin(more='sections = [""]'))
    with office_at(write_config(tmp_path / "office", text), TUESDAY) as office:
        hand_in(office, "甲")
        assert report(office).article.section == ""
