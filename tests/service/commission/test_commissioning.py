"""A commission is made of departments and groups, judged by editors, and keeps with a renamed department."""

from __future__ import annotations

import pytest

from archive import commissions
from archive.changes import changes_of
from archive.departments import transfer_department
from service.commission.commissioning import cancel, commission, extend, link, unlink
from service.office import Office
from tests.support.commissioned_office import DUE, EDITOR, MONDAY, TOPIC, ask, config, now
from tests.support.ledger_rows import BULLETIN
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import hand_in
from values.errors import BadUsage, NotThere

GROUPED = """
[[bulletin.department]]
name = "水东镇"
group = "乡镇"

[[bulletin.department]]
name = "水西镇"
group = "乡镇"
"""


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config() + GROUPED, MONDAY)


def test_groups_and_other_names_become_departments_in_the_order_of_the_register(office: Office) -> None:
    made = ask(office, TOPIC, "乡镇", "区民政局", "水西镇", send=False)
    assert made.departments == ("区民政局", "水东镇", "水西镇")
    assert (made.due_at, made.made_by, made.made_at) == (DUE, EDITOR, MONDAY)
    with office.ledger.reading() as ledger:
        assert (
            changes_of(ledger, "commission", 1)[0].summary == f"约稿 1号：约稿 3 个单位：{TOPIC}，2022-11-10 18:00 截稿"
        )


def test_an_article_is_linked_and_unlinked_by_an_editor(office: Office) -> None:
    ask(office, send=False)
    bulletin, [article] = office.bulletin(None), hand_in(office, "甲")
    assert [answer.article for answer in link(office, bulletin, 1, article, who=EDITOR).counted] == [article]
    assert unlink(office, bulletin, 1, article, who=EDITOR).answers == ()
    with pytest.raises(BadUsage, match="没有算作约稿 1号"):
        unlink(office, bulletin, 1, article, who=EDITOR)
    with pytest.raises(NotThere, match="没有编号为 9 的稿件"):
        link(office, bulletin, 1, 9, who=EDITOR)
    with pytest.raises(NotThere, match="没有约稿 7号"):
        link(office, bulletin, 7, article, who=EDITOR)


def test_what_is_cancelled_is_not_changed_any_more(office: Office) -> None:
    ask(office, send=False)
    bulletin = office.bulletin(None)
    cancel(office, bulletin, 1, who=EDITOR)
    with pytest.raises(BadUsage, match="已经取消"):
        cancel(office, bulletin, 1, who=EDITOR)
    with pytest.raises(BadUsage, match="已经取消"):
        extend(office, bulletin, 1, "12月1日", who=EDITOR)


def test_a_renamed_department_keeps_what_it_was_asked(office: Office) -> None:
    ask(office, TOPIC, "区民政局", "区教体局")
    ask(office, "另一题", "区民政局", send=False)
    with office.ledger.writing() as ledger:
        transfer_department(ledger, BULLETIN, "区民政局", "区教体局")
        letters = commissions.letters_about(ledger, 1)
    assert (now(office, 1).departments, now(office, 2).departments) == (("区教体局",), ("区教体局",))
    assert {letter.department for letter in letters} == {"区教体局"}


def test_a_commission_of_another_bulletin_is_not_there(office: Office) -> None:
    commission(office, office.bulletin(None), TOPIC, "", ["区民政局"], "11月10日", who=EDITOR)
    with office.ledger.reading() as ledger:
        assert commissions.commission_numbered(ledger, "dangjian", 1) is None
        assert commissions.has_commissions(ledger, "dangjian") is False
