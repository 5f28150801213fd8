"""上级采用: recorded by hand or from a 通报, and statistics of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from archive import article_changes, letters
from archive.changes import changes_of
from archive.letters import KeptLetter
from archive.upper_adoptions import NewUpperAdoption, UpperAdoption
from service.article.original import OriginalViewer
from service.figures.statistics import statistics_of
from service.figures.upper_adoption import (
    LARGEST_NOTICE,
    NoticeSource,
    matches_in,
    record_upper_adoptions,
    remove_upper_adoption,
    upper_adoptions_in,
)
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.endorsed import print_articles
from tests.support.offices import SHANGHAI, bulletin, config, hand_in, office_at, write_config
from values.errors import BadUsage, NeedsEditor, NotThere
from values.letter import Verdict
from values.period import Period
from values.upper_adoption import AdoptedAs

TITLE = "推进“五型”政府建设落地见效"
DAY = date(2022, 11, 8)
NOVEMBER = Period(date(2022, 11, 1), date(2022, 11, 30))
OCTOBER = Period(date(2022, 10, 1), date(2022, 10, 31))


def new(number: int, **more: object) -> NewUpperAdoption:
    return replace(NewUpperAdoption(number, "市级", "《赣州信息》", DAY), **more)  # type: ignore[arg-type]


def recorded(office: Office) -> list[UpperAdoption]:
    return list(upper_adoptions_in(office, office.bulletin(None), date(2022, 1, 1), date(2022, 12, 31)))


def record(office: Office, *adoptions: NewUpperAdoption) -> int:
    return record_upper_adoptions(office, office.bulletin(None), adoptions, who="王编辑")


def test_an_adoption_is_recorded_once_and_removed_with_a_reason(office: Office) -> None:
    [article] = print_articles(office, "甲")
    assert record(office, new(article), new(article)) == 1
    assert record(office, new(article), new(article, level="省级")) == 1
    first, second = recorded(office)
    with pytest.raises(BadUsage, match="写明原因"):
        remove_upper_adoption(office, office.bulletin(None), article, first.id, who="李", why=" ")
    remove_upper_adoption(office, office.bulletin(None), article, first.id, who="李", why="记错了")
    assert recorded(office) == [second]
    with pytest.raises(NotThere):
        remove_upper_adoption(office, office.bulletin(None), article, first.id, who="李", why="记错了")
    with office.ledger.reading() as ledger:
        summaries = {change.summary for change in changes_of(ledger, "article", article)}
    assert {"《甲》登记市级采用（《赣州信息》，2022-11-08）", "《甲》删除市级采用（《赣州信息》）"} <= summaries


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"level": "县级"}, "没有“县级”这一级采用；配置里有：市级、省级、国家级"),
        ({"publication": " "}, "哪份刊物"),
        ({"publication": "刊" * 121}, "最多 120 个字"),
        ({"dated": date(2022, 11, 9)}, "还没有到"),
        ({"article": 2}, "还没有刊发"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_nothing_of_it_is_kept(
    office: Office, changed: dict[str, object], reason: str
) -> None:
    [article] = print_articles(office, "甲")
    hand_in(office, "乙")
    with pytest.raises(BadUsage, match=reason):
        record(office, new(article), new(article, **changed))
    assert recorded(office) == []
    with pytest.raises(NotThere):
        record(office, new(99))


def test_adoptions_are_statistics_of_their_own_by_the_day_of_the_paper(office: Office) -> None:
    [article] = print_articles(office, "甲")
    before = statistics_of(office, office.bulletin(None), NOVEMBER).total
    record(office, new(article), new(article, level="省级"), new(article, dated=date(2022, 10, 9)))
    total = statistics_of(office, office.bulletin(None), NOVEMBER).total
    assert (total.upper, total.upper_adoptions) == ({"市级": 1, "省级": 1}, 2)
    assert replace(total, upper={}) == before
    october = statistics_of(office, office.bulletin(None), OCTOBER)
    assert (october.total.upper, october.is_empty) == ({"市级": 1}, False)


@pytest.mark.parametrize(
    ("scheme", "points"),
    [
        ("", Decimal(0)),
        ("[bulletin.points]\nadopted = 2", Decimal(1)),
        ('[bulletin.points]\nadopted = 2\nupper = { "市级" = 5 }\njoint = "share"', Decimal("3.5")),
        ('[bulletin.points]\nadopted = 2\njoint = 1\nupper = { "市级" = 5 }', Decimal(6)),
    ],
)
def test_adoptions_score_only_where_the_office_says_so_and_joint_work_shares(
    tmp_path: Path, scheme: str, points: Decimal
) -> None:
    schools = '[[bulletin.department]]\nname = "区教体局"\n'
    scheme = scheme if "joint" in scheme or not scheme else scheme + '\njoint = "share"'
    text = config(bulletin() + f"{scheme}\n" + schools)
    with office_at(write_config(tmp_path / "office", text), datetime(2022, 11, 8, 16, tzinfo=SHANGHAI)) as office:
        hand_in(office, "甲")
        with office.ledger.writing() as ledger:
            article_changes.assign_jointly(ledger, 1, ["区民政局", "区教体局"])

        assemble(office, office.bulletin(None), DAY)
        sign_off(office, office.bulletin(None), 70, "王编辑")
        record(office, new(1))
        lines = {line.department: line for line in statistics_of(office, office.bulletin(None), NOVEMBER).lines}
        assert [lines[name].upper for name in ("区民政局", "区教体局")] == [{"市级": 1}] * 2
        assert [lines[name].points for name in ("区民政局", "区教体局")] == [points] * 2


@pytest.fixture
def viewer(office: Office) -> Iterator[OriginalViewer]:
    with closing(OriginalViewer(office)) as opened:
        yield opened


NOTICE = f"序号\t单位\t标题\t采用方式\n1\t民政局\t{TITLE}\t综合\n2\t南康区\t家具产业集群加快发展\t全文\n"


@pytest.mark.parametrize("source", [NoticeSource(pasted=NOTICE), NoticeSource(file=("通报.txt", NOTICE.encode()))])
def test_a_list_is_compared_and_nothing_is_recorded_before_it_is_taken(
    office: Office, viewer: OriginalViewer, source: NoticeSource
) -> None:
    [article] = print_articles(office, TITLE)
    matches = matches_in(office, viewer, office.bulletin(None), source)
    [proposal] = matches.proposals
    assert (proposal.printed.article, proposal.percent, proposal.item.adopted_as) == (article, 100, AdoptedAs.COMBINED)
    assert [item.title for item in matches.unmatched] == ["家具产业集群加快发展"]
    assert recorded(office) == []


def test_a_mailed_list_is_read_unless_its_letter_is_sealed(office: Office, viewer: OriginalViewer) -> None:
    [article] = print_articles(office, TITLE)
    raw = f"From: a@example.org\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n1. {TITLE}\r\n".encode()
    sha256 = office.raws.put(raw)
    with office.ledger.writing() as ledger:
        letters.keep(ledger, "wuxing", [KeptLetter(sha256, len(raw), False, office.now(), None)], at=office.now())
        letter = letters.letter_id(ledger, "wuxing", sha256)
        letters.settle(ledger, letter, Verdict.QUESTION, "", at=office.now())
    source = NoticeSource(letter=letter)
    [proposal] = matches_in(office, viewer, office.bulletin(None), source).proposals
    assert proposal.printed.article == article
    with office.ledger.writing() as ledger:
        letters.settle(ledger, letter, Verdict.SEALED, "", at=office.now())
    with pytest.raises(NeedsEditor, match="封存"):
        matches_in(office, viewer, office.bulletin(None), source)
    with pytest.raises(NotThere):
        matches_in(office, viewer, office.bulletin(None), NoticeSource(letter=99))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (NoticeSource(), "请粘贴"),
        (NoticeSource(pasted="各单位：\n现将情况通报如下。"), "没有读出标题"),
        (NoticeSource(file=("a.xlsx", b"PK\x03\x04")), "另存为"),
        (NoticeSource(file=("a.txt", b"1" * (LARGEST_NOTICE + 1))), "不像一份通报"),
    ],
)
def test_a_list_that_is_none_is_refused(
    office: Office, viewer: OriginalViewer, source: NoticeSource, reason: str
) -> None:
    with pytest.raises(BadUsage, match=reason):
        matches_in(office, viewer, office.bulletin(None), source)
