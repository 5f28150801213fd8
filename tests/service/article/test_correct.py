"""更正: an erratum of a printed article, made by an editor or of what the department has sent."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from archive import articles, issues
from archive.articles import ArticleRecord
from archive.changes import changes_of
from archive.corrections import CorrectionState, corrections_of, write_correction
from assembler.contents import listed
from service.article.correct import make_correction, printed_article, separate_correction
from service.article.decide import DecisionRequest, decide
from service.article.erratum import WrongWords
from service.figures.statistics import statistics_of
from service.issue.assemble import assemble
from service.issue.past_issues import past_issue
from service.issue.planning import next_issue
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.endorsed import print_articles
from tests.support.ledger_rows import add_article, new_article
from tests.support.offices import Clock, hand_in
from values.errors import BadUsage, NotThere
from values.issue import ArticleStatus
from values.manuscript import Manuscript, Paragraph
from values.period import month_of

PRINTED = Manuscript(("推进工作",), "区民政局", (Paragraph("全区共有94个项目，其中54个已完工。"),))
LATER = Manuscript(("推进工作",), "区民政局", (Paragraph("全区共有93个项目，其中54个已完工。"),))
WORDS = [WrongWords("94个", "93个")]


@pytest.fixture
def printed(office: Office) -> int:
    """An article with a wrong figure, in 第70期."""
    office.raws.put("letter with 甲.docx".encode())
    with office.ledger.writing() as ledger:
        article = add_article(ledger, new_article("甲", manuscript=PRINTED, received_at=office.now()))
    sign(office, 70)
    return article


def sign(office: Office, number: int) -> None:
    assemble(office, office.bulletin(None), office.local(office.now()).date())
    sign_off(office, office.bulletin(None), number, "王编辑")


def correct(office: Office, article: int, words: list[WrongWords] = WORDS) -> ArticleRecord:
    return make_correction(office, office.bulletin(None), article, words, who="王编辑")


def state_of(office: Office, article: int) -> list[CorrectionState]:
    with office.ledger.reading() as ledger:
        return [link.state for link in corrections_of(ledger, [article]).get(article, ())]


def sent_correction(office: Office, printed: int) -> int:
    """What intake.settle makes of a department's correction of a printed article."""
    office.raws.put("letter with 更正.docx".encode())
    with office.ledger.writing() as ledger:
        article = add_article(ledger, new_article("更正", manuscript=LATER, received_at=office.now()))
        write_correction(ledger, article, printed, made_by="", at=office.now())
    return article


def test_an_erratum_is_adopted_for_the_next_issue_in_a_section_of_its_own_at_the_end(
    office: Office, printed: int
) -> None:
    erratum = correct(office, printed)
    assert (erratum.status, erratum.section, erratum.department) == (ArticleStatus.ADOPTED, "更正", None)
    assert "刊发的《推进工作》一文中，“94个”应为“93个”" in erratum.manuscript.text
    hand_in(office, "乙")
    with office.ledger.reading() as ledger:
        planned = next_issue(ledger, office.bulletin(None), office.now().date())
    assert [section.name for section in planned.issue.sections] == ["", "更正"]
    assert [article.id for article in listed(planned.issue)] == [erratum.id + 1]


def test_the_printed_article_is_marked_when_the_erratum_waits_and_when_it_is_printed(
    office: Office, printed: int
) -> None:
    correct(office, printed)
    assert state_of(office, printed) == [CorrectionState.WAITING]
    with office.ledger.reading() as ledger:
        before = issues.signed_off_issue_of(ledger, printed)
    sign(office, 71)
    assert state_of(office, printed) == [CorrectionState.PRINTED]
    with office.ledger.reading() as ledger:
        [link] = corrections_of(ledger, [printed])[printed]
        assert issues.signed_off_issue_of(ledger, printed) == before
        assert next(change.summary for change in changes_of(ledger, "article", printed)) == (
            f"《推进工作》编了更正（稿件 {link.article}）"
        )
    assert link.in_words == "已在第71期更正"
    past = past_issue(office, office.bulletin(None), 1)
    assert past is not None
    assert [link.article for link in past.corrections[printed]] == [link.article]


def test_the_manifest_of_the_erratums_issue_names_what_it_corrects_and_the_earlier_one_stays(
    office: Office, printed: int
) -> None:
    [first] = (office.data_dir / "issues/wuxing/70").glob("manifest.json")
    before = first.read_bytes()
    erratum = correct(office, printed)
    sign(office, 71)
    [second] = (office.data_dir / "issues/wuxing/71").glob("manifest.json")
    assert json.loads(second.read_bytes())["corrects"] == [
        {"article": erratum.id, "corrects": printed, "label": "第70期"}
    ]
    assert first.read_bytes() == before


def test_what_a_department_has_sent_becomes_the_erratum_itself(office: Office, printed: int) -> None:
    sent = sent_correction(office, printed)
    shown = printed_article(office, office.bulletin(None), printed)
    assert (shown.sent is not None, shown.proposed) == (True, (WrongWords("94", "93"),))
    erratum = correct(office, printed, list(shown.proposed))
    assert (erratum.id, erratum.revision, erratum.status) == (sent, 2, ArticleStatus.ADOPTED)
    assert (erratum.department, erratum.section) == ("区民政局", "更正")
    assert state_of(office, printed) == [CorrectionState.WAITING]
    with office.ledger.reading() as ledger:
        assert articles.revision_numbered(ledger, sent, 1).manuscript == LATER


def test_neither_kind_of_erratum_is_counted_as_sent_or_printed(office: Office, printed: int) -> None:
    november = month_of(office.now().date())
    before = statistics_of(office, office.bulletin(None), november).total
    sent_correction(office, printed)
    assert statistics_of(office, office.bulletin(None), november).total == before
    correct(office, printed)
    sign(office, 71)
    correct(office, printed, [WrongWords("54个", "53个")])
    sign(office, 72)
    assert statistics_of(office, office.bulletin(None), november).total == before
    assert state_of(office, printed) == [CorrectionState.PRINTED, CorrectionState.PRINTED]


def test_an_article_that_is_no_correction_after_all_is_counted_again(office: Office, printed: int) -> None:
    november = month_of(office.now().date())
    sent = sent_correction(office, printed)
    separate_correction(office, office.bulletin(None), sent, who="王编辑")
    assert statistics_of(office, office.bulletin(None), november).total.received == 2
    assert state_of(office, printed) == []
    with pytest.raises(NotThere):
        separate_correction(office, office.bulletin(None), sent, who="王编辑")


def test_a_printed_erratum_stays_one(office: Office, printed: int) -> None:
    erratum = correct(office, printed)
    sign(office, 71)
    with pytest.raises(BadUsage, match="已作为更正刊发"):
        separate_correction(office, office.bulletin(None), erratum.id, who="王编辑")


REFUSED = [
    ([], "没有写明错在哪里"),
    ([WrongWords("93个", "94个")], "刊发的文字里没有“93个”"),
    ([WrongWords("", "补的字")], "刊发的文字里没有“”"),
    ([WrongWords("94个", "94 个")], "改前改后一样"),
    ([WrongWords("94个", "字" * 201)], "最多 200 个字"),
    (WORDS * 11, "最多 10 处"),
]


@pytest.mark.parametrize(("words", "reason"), REFUSED)
def test_words_that_cannot_be_corrected_are_refused(
    office: Office, printed: int, words: list[WrongWords], reason: str
) -> None:
    with pytest.raises(BadUsage, match=reason):
        correct(office, printed, words)
    assert state_of(office, printed) == []


def test_a_second_erratum_waits_for_the_first_and_may_follow_a_rejected_one(office: Office, printed: int) -> None:
    erratum = correct(office, printed)
    with pytest.raises(BadUsage, match=f"已有一篇待刊的更正（稿件 {erratum.id}）"):
        correct(office, printed)

    decide(office, DecisionRequest(erratum.id, ArticleStatus.REJECTED, "王编辑", note="不用更正"))
    assert state_of(office, printed) == [CorrectionState.DROPPED]
    assert isinstance(office.now, Clock)
    office.now.now += timedelta(minutes=1)
    again = correct(office, printed)
    assert again.id != erratum.id
    assert state_of(office, printed) == [CorrectionState.DROPPED, CorrectionState.WAITING]


def test_an_article_that_is_not_printed_is_changed_itself(office: Office) -> None:
    [article] = hand_in(office, "甲")
    with pytest.raises(BadUsage, match="还没有刊发，直接修改就可以"):
        correct(office, article)
    with pytest.raises(NotThere):
        correct(office, article + 1)
    with pytest.raises(NotThere):
        printed_article(office, office.bulletin(None), article + 1)


def test_several_printed_articles_have_their_own_errata(office: Office) -> None:
    first, second = print_articles(office, "甲", "乙")
    words = [WrongWords("甲", "丙")]
    assert correct(office, first, words).id != correct(office, second, [WrongWords("乙", "丙")]).id
    assert (state_of(office, first), state_of(office, second)) == ([CorrectionState.WAITING],) * 2
