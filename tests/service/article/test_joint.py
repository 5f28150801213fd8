"""联合署名 by hand: departments are added and removed until the article is printed."""

from __future__ import annotations

import pytest

from archive.articles import ArticleRecord, article_named
from archive.changes import changes_of
from service.article.joint import JointRequest, change_departments
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.ledger_rows import AT, add_article, new_article
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin, hand_in
from values.errors import BadUsage, Changed, NotThere

MORE = """
[[bulletin.department]]
name = "区教体局"
full_name = "章贡区教育体育局"

[[bulletin.department]]
name = "区城管局"
"""


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin() + MORE)


def request(*add: str, remove: tuple[str, ...] = (), seen: int | None = None) -> JointRequest:
    return JointRequest(1, "王编辑", add, remove, seen)


def now(office: Office) -> ArticleRecord:
    with office.ledger.reading() as ledger:
        return article_named(ledger, 1)


def test_departments_are_added_in_their_order_and_removed(office: Office) -> None:
    hand_in(office, "甲")
    shared = change_departments(office, request("章贡区教育体育局", "区城管局", "区民政局"))
    assert shared.departments == ("区民政局", "区教体局", "区城管局")
    assert (shared.department, shared.status, shared.revision) == ("区民政局", now(office).status, 1)
    assert change_departments(office, request(remove=("区民政局",))).departments == ("区教体局", "区城管局")
    alone = change_departments(office, request(remove=("区城管局",), seen=now(office).version))
    assert (alone.department, alone.departments) == ("区教体局", ("区教体局",))
    with office.ledger.reading() as ledger:
        last, *_, first = changes_of(ledger, "article", 1)
    assert (first.who, first.summary) == ("王编辑", "《甲》的单位由区民政局改为区民政局、区教体局、区城管局")
    assert last.summary == "《甲》的单位由区教体局、区城管局改为区教体局"


def test_the_same_departments_change_nothing(office: Office) -> None:
    hand_in(office, "甲")
    before = now(office)
    assert change_departments(office, request("区民政局")) == before
    assert now(office).version == before.version


def test_what_is_refused_changes_nothing(office: Office) -> None:
    hand_in(office, "甲")
    before = now(office)
    with pytest.raises(BadUsage, match="名录里没有“区交通局”"):
        change_departments(office, request("区教体局", "区交通局"))
    with pytest.raises(BadUsage, match="单位里没有“区城管局”，现有：区民政局"):
        change_departments(office, request("区教体局", remove=("区城管局",)))
    with pytest.raises(BadUsage, match="至少要有一个单位"):
        change_departments(office, request(remove=("区民政局",)))
    with pytest.raises(Changed):
        change_departments(office, request("区教体局", seen=before.version + 1))
    with pytest.raises(NotThere):
        change_departments(office, JointRequest(9, "王编辑", ["区教体局"]))
    assert now(office) == before


def test_an_unconfirmed_article_and_a_printed_one_keep_their_departments(office: Office) -> None:
    with office.ledger.writing() as ledger:
        add_article(ledger, new_article("甲", confirmed=False))
    with pytest.raises(BadUsage, match="还没有认领"):
        change_departments(office, request("区教体局"))
    [printed] = hand_in(office, "乙")
    assemble(office, office.bulletin(None), AT.date())
    sign_off(office, office.bulletin(None), 70, "王编辑")
    with pytest.raises(BadUsage, match="已在第70期刊发，单位不能再改"):
        change_departments(office, JointRequest(printed, "王编辑", ["区教体局"]))


def test_a_department_that_left_the_register_is_removed_by_the_articles_name_for_it(office: Office) -> None:
    with office.ledger.writing() as ledger:
        add_article(ledger, new_article("甲", department="区旧局"))
    assert change_departments(office, request("区教体局", remove=("区旧局",))).departments == ("区教体局",)
