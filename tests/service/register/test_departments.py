"""The register as editors keep it at the desk, over that of config.toml."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from archive import articles, senders
from archive.changes import Change, changes
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from service.register.departments import (
    add_department,
    change_department,
    forget_sender,
    move_department,
    move_sender,
    order_departments,
    restore_department,
    retire_department,
)
from service.register.register import active_departments, all_departments, register_of
from settings.departments import department_written
from settings.model import BulletinSettings
from tests.support.invariants import broken_promises
from tests.support.ledger_rows import BULLETIN, add_article, new_article
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI, bulletin, config, office_at, write_config
from tests.support.projection import projection
from values.department import Department, department_called, department_of_sender
from values.errors import BadUsage, Changed

TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)
TWO_MORE = """
[[bulletin.department]]
name = "区教体局"
full_name = "章贡区教育体育局"
aliases = ["区教育局"]
senders = ["jtj@example.org", "@jtj.example.org"]

[[bulletin.department]]
name = "区人社局"
senders = ["rsj@example.org"]
"""


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(bulletin() + TWO_MORE), TUESDAY)


@pytest.fixture
def ours(office: Office) -> BulletinSettings:
    return office.bulletin(None)


def register(office: Office) -> list[str]:
    with office.ledger.reading() as ledger:
        return [one.name for one in active_departments(ledger, office.bulletin(None))]


def known(office: Office, name: str) -> Department:
    with office.ledger.reading() as ledger:
        departments = register_of(office, ledger, office.bulletin(None)).departments
    found = department_called(name, departments)
    assert found is not None
    return found


def owner(office: Office, address: str) -> list[str]:
    with office.ledger.reading() as ledger:
        departments = register_of(office, ledger, office.bulletin(None)).departments
    return [one.name for one in department_of_sender(address, departments)]


def version(office: Office, name: str) -> int:
    with office.ledger.reading() as ledger:
        return next(one.version for one in all_departments(ledger, office.bulletin(None)) if one.name == name)


def told(office: Office) -> list[str]:
    with office.ledger.reading() as ledger:
        return [one.summary for one in reversed(changes(ledger))]


def last_change(office: Office) -> Change:
    with office.ledger.reading() as ledger:
        return changes(ledger)[0]


def article_of(office: Office, name: str, department: str) -> int:
    office.raws.put(f"letter with {name}.docx".encode())
    with office.ledger.writing() as ledger:
        return add_article(ledger, new_article(name, department=department))


def learn(office: Office, address: str, department: str) -> None:
    with office.ledger.writing() as ledger:
        senders.learn(ledger, BULLETIN, address, department, who="李编辑", at=TUESDAY)


def test_register_is_that_of_the_configuration_until_somebody_changes_it(
    office: Office, ours: BulletinSettings
) -> None:
    assert register(office) == ["区民政局", "区教体局", "区人社局"]
    with office.ledger.reading() as ledger:
        assert active_departments(ledger, ours) == ours.departments


def test_added_department_comes_last_and_its_address_is_known(office: Office, ours: BulletinSettings) -> None:
    add_department(office, ours, Department("沙石镇", "", (), ("@ss.example.org",)), who="王编辑")
    assert register(office)[-1] == "沙石镇"
    assert owner(office, "office@ss.example.org") == ["沙石镇"]
    change = last_change(office)
    assert (change.who, change.subject, change.subject_id) == ("王编辑", "department", "沙石镇")
    assert change.summary == "新增单位“沙石镇”，投稿地址 @ss.example.org"


def test_row_of_the_desk_stands_for_the_department_of_the_configuration(office: Office, ours: BulletinSettings) -> None:
    wanted = Department("区人社局", "章贡区人力资源和社会保障局", ("区人保局",), ("new@example.org",))
    assert change_department(office, ours, "区人社局", wanted, who="王编辑", seen=0)
    assert register(office) == ["区民政局", "区教体局", "区人社局"]
    assert owner(office, "new@example.org") == ["区人社局"]
    assert owner(office, "rsj@example.org") == []
    assert told(office) == [
        "修改单位“区人社局”：全称由“”改为“章贡区人力资源和社会保障局”；添别名“区人保局”；"
        "添投稿地址“new@example.org”；去掉投稿地址“rsj@example.org”"
    ]


def test_change_that_changes_nothing_is_not_recorded(office: Office, ours: BulletinSettings) -> None:
    same = Department("区人社局", "", (), ("rsj@example.org",))
    assert not change_department(office, ours, "区人社局", same, who="王编辑")
    assert told(office) == []


def test_renamed_department_is_one_and_keeps_what_it_sent(office: Office, ours: BulletinSettings) -> None:
    waiting = article_of(office, "甲", "区教体局")
    learn(office, "somebody@qq.example.com", "区教体局")
    wanted = Department("区教育体育局", "章贡区教育体育局", (), ("jtj@example.org",))
    change_department(office, ours, "区教体局", wanted, who="王编辑")
    assert register(office) == ["区民政局", "区教育体育局", "区人社局"]
    assert known(office, "区教体局").name == "区教育体育局"
    assert owner(office, "somebody@qq.example.com") == ["区教育体育局"]
    with office.ledger.reading() as ledger:
        assert articles.article_named(ledger, waiting).department == "区教育体育局"


def test_printed_article_keeps_the_name_it_was_printed_under(office: Office, ours: BulletinSettings) -> None:
    printed = article_of(office, "甲", "区教体局")
    assemble(office, ours, TUESDAY.date())
    sign_off(office, ours, 70, "王编辑")
    change_department(office, ours, "区教体局", Department("区教育体育局"), who="王编辑")
    with office.ledger.reading() as ledger:
        assert articles.article_named(ledger, printed).department == "区教体局"
    assert broken_promises(office.data_dir) == []


def test_old_name_that_the_configuration_still_has_cannot_be_dropped(office: Office, ours: BulletinSettings) -> None:
    change_department(office, ours, "区教体局", Department("区教育体育局"), who="王编辑")
    with pytest.raises(BadUsage, match="配置文件里还有单位“区教体局”"):
        change_department(office, ours, "区教育体育局", Department("区教育体育局"), who="王编辑")


def test_retired_department_neither_matches_nor_is_missed_until_it_is_restored(
    office: Office, ours: BulletinSettings
) -> None:
    retire_department(office, ours, "区人社局", who="王编辑", why="并入区民政局")
    assert register(office) == ["区民政局", "区教体局"]
    assert owner(office, "rsj@example.org") == []
    assert last_change(office).why == "并入区民政局"
    restore_department(office, ours, "区人社局", who="王编辑")
    assert register(office) == ["区民政局", "区教体局", "区人社局"]
    assert told(office) == ["停用单位“区人社局”", "恢复单位“区人社局”"]


def test_another_may_take_over_what_a_retired_department_had(office: Office, ours: BulletinSettings) -> None:
    retire_department(office, ours, "区人社局", who="王编辑")
    change_department(
        office, ours, "区民政局", Department("区民政局", "", ("区人社局",), ("rsj@example.org",)), who="王编辑"
    )
    assert owner(office, "rsj@example.org") == ["区民政局"]
    assert known(office, "区人社局").name == "区民政局"
    with pytest.raises(BadUsage, match="“区人社局”已经属于“区民政局”"):
        restore_department(office, ours, "区人社局", who="王编辑")


def test_departments_may_share_an_address(office: Office, ours: BulletinSettings) -> None:
    add_department(office, ours, Department("沙石镇", "", (), ("rsj@example.org",)), who="王编辑")
    assert sorted(owner(office, "rsj@example.org")) == ["区人社局", "沙石镇"]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Department("区教育局"), "单位名称“区教育局”已经属于“区教体局”"),
        (Department("沙石镇", "章贡区教育体育局"), "单位名称“章贡区教育体育局”已经属于“区教体局”"),
        (Department("沙石镇", "", ("区 民政局",)), "单位名称“区 民政局”已经属于“区民政局”"),
        (Department("沙石镇", "", (), ("x@qq.example.com",)), "认领来信时已记为“区民政局”的地址"),
    ],
)
def test_name_or_learned_address_of_another_is_refused(
    office: Office, ours: BulletinSettings, wanted: Department, said: str
) -> None:
    learn(office, "x@qq.example.com", "区民政局")
    with pytest.raises(BadUsage) as refused:
        add_department(office, ours, wanted, who="王编辑")
    assert said in str(refused.value)
    assert "沙石镇" not in register(office)


def test_name_of_a_retired_department_is_not_given_again(office: Office, ours: BulletinSettings) -> None:
    retire_department(office, ours, "区人社局", who="王编辑")
    with pytest.raises(BadUsage, match="已停用的单位，请在名录里恢复它"):
        add_department(office, ours, Department("区人社局"), who="王编辑")


def test_second_change_of_the_same_version_is_refused(office: Office, ours: BulletinSettings) -> None:
    seen = version(office, "区民政局")
    change_department(office, ours, "区民政局", Department("区民政局", "章贡区民政局"), who="甲", seen=seen)
    with pytest.raises(Changed, match="刚被别人改过"):
        change_department(office, ours, "区民政局", Department("区民政局", "民政局"), who="乙", seen=seen)
    with pytest.raises(Changed):
        retire_department(office, ours, "区民政局", who="乙", seen=seen)
    assert known(office, "区民政局").full_name == "章贡区民政局"


def test_order_of_the_register_is_that_of_the_contents_page(office: Office, ours: BulletinSettings) -> None:
    first = article_of(office, "甲", "区民政局")
    second = article_of(office, "乙", "区人社局")
    assert order_departments(office, ours, ["区人社局", "区教体局", "区民政局"], who="王编辑")
    assert register(office) == ["区人社局", "区教体局", "区民政局"]
    made = assemble(office, ours, TUESDAY.date())
    assert made is not None
    assert [id for id, _ in made.issue.articles] == [second, first]
    assert [id for id, _ in sign_off(office, ours, 70, "王编辑").articles] == [second, first]


def test_draft_is_not_signed_off_in_an_order_that_nobody_has_seen(office: Office, ours: BulletinSettings) -> None:
    article_of(office, "甲", "区民政局")
    article_of(office, "乙", "区人社局")
    assemble(office, ours, TUESDAY.date())
    order_departments(office, ours, ["区人社局", "区教体局", "区民政局"], who="王编辑")
    with pytest.raises(BadUsage, match="请先重新生成送审稿"):
        sign_off(office, ours, 70, "王编辑")


def test_department_moves_by_a_place_and_stops_at_the_ends(office: Office, ours: BulletinSettings) -> None:
    assert move_department(office, ours, "区人社局", -1, who="王编辑")
    assert register(office) == ["区民政局", "区人社局", "区教体局"]
    assert move_department(office, ours, "区民政局", 1, who="王编辑")
    assert register(office) == ["区人社局", "区民政局", "区教体局"]
    assert not move_department(office, ours, "区人社局", -1, who="王编辑")
    assert last_change(office).subject_id == "区民政局"
    assert told(office)[0] == "单位“区人社局”在名录里由第 3 位移到第 2 位"


def test_departments_moved_at_the_same_time_all_move(office: Office, ours: BulletinSettings) -> None:
    """Each move reads the order that the move before it has written; none is refused, none is lost."""
    with ThreadPoolExecutor(4) as editors:
        moves = [editors.submit(move_department, office, ours, "区人社局", by, who="甲") for by in (-9, 9) * 8]
        moved = sum(move.result() for move in moves)
    assert sum("区人社局" in summary for summary in told(office)) == moved
    assert sorted(register(office)) == sorted(["区民政局", "区人社局", "区教体局"])


def test_order_of_a_list_that_is_not_the_register_any_more_is_refused(office: Office, ours: BulletinSettings) -> None:
    add_department(office, ours, Department("沙石镇"), who="甲")
    with pytest.raises(Changed):
        order_departments(office, ours, ["区人社局", "区教体局", "区民政局"], who="乙")


def test_department_added_to_the_configuration_later_has_its_place(tmp_path: Path) -> None:
    home = tmp_path / "office"
    with office_at(write_config(home), TUESDAY) as office:
        add_department(office, office.bulletin(None), Department("沙石镇"), who="王编辑")
    with office_at(write_config(home, config(bulletin() + TWO_MORE)), TUESDAY) as office:
        assert register(office) == ["区民政局", "沙石镇", "区教体局", "区人社局"]


def test_missing_departments_of_a_draft_are_those_of_the_register(office: Office, ours: BulletinSettings) -> None:
    article_of(office, "甲", "区民政局")
    retire_department(office, ours, "区教体局", who="王编辑")
    add_department(office, ours, Department("沙石镇"), who="王编辑")
    made = assemble(office, ours, TUESDAY.date())
    assert made is not None
    cover = projection((office.data_dir / made.issue.draft).read_bytes())
    [missing] = [line for line in cover.splitlines() if "区人社局" in line]
    assert "沙石镇" in missing
    assert "区教体局" not in cover


def test_learned_address_can_be_forgotten_or_moved(office: Office, ours: BulletinSettings) -> None:
    learn(office, "x@qq.example.com", "区民政局")
    move_sender(office, ours, "x@qq.example.com", "区人社局", who="王编辑")
    assert owner(office, "x@qq.example.com") == ["区人社局"]
    forget_sender(office, ours, "x@qq.example.com", who="王编辑")
    assert owner(office, "x@qq.example.com") == []
    assert told(office) == [
        "地址 x@qq.example.com 由“区民政局”改归“区人社局”",
        "不再记住 x@qq.example.com 是“区人社局”的地址",
    ]
    with pytest.raises(BadUsage, match="没有记住过"):
        forget_sender(office, ours, "x@qq.example.com", who="王编辑")


def test_written_department_is_cleaned_and_every_mistake_named() -> None:
    assert department_written(
        " 沙石镇 ", "", ["沙石", "沙石", " ", "沙石镇"], ["A@B.example.org", "a@b.example.org"]
    ) == (Department("沙石镇", "", ("沙石",), ("a@b.example.org",)))
    with pytest.raises(BadUsage) as refused:
        department_written(" ", "", [], ["沙石镇", "ss@"])
    assert str(refused.value) == (
        "简称：不能为空；投稿地址：沙石镇 不是邮箱地址，也不是整个域；应如 jtj@example.org 或 @jtj.example.org；"
        "投稿地址：ss@ 不是邮箱地址，也不是整个域；应如 jtj@example.org 或 @jtj.example.org。"
    )
    with pytest.raises(BadUsage, match="最多 100 个字"):
        department_written("长" * 101, "", [], [])
