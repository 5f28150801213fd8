"""A list of departments as it is copied out of a spreadsheet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from archive.changes import changes
from service.register.department_import import DepartmentImport, import_departments
from service.register.departments import retire_department
from service.register.register import active_departments
from tests.support.offices import SHANGHAI, office_at, write_config
from values.department import Department
from values.errors import BadUsage

BOTH = ("jtj@example.org", "@jtj.example.org")
TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)


def pasted(home: Path, text: str, retired: str = "") -> tuple[DepartmentImport, tuple[Department, ...], int]:
    """What came of it, the register afterwards, and how many changes were recorded."""
    with office_at(write_config(home / "office"), TUESDAY) as office:
        ours = office.bulletin(None)
        if retired:
            retire_department(office, ours, retired, who="王编辑")
        done = import_departments(office, ours, text, who="王编辑")
        with office.ledger.reading() as ledger:
            return done, active_departments(ledger, ours), len(changes(ledger))


def test_new_departments_are_added_and_known_ones_get_what_they_lack(tmp_path: Path) -> None:
    text = (
        "简称\t全称\t别名\t投稿地址\r\n"
        "区教体局\t章贡区教育体育局\t区教育局、区体育局\tjtj@example.org；@jtj.example.org\r\n"
        "\r\n"
        "区民政局\t章贡区民政局\t\tmzj@example.org\r\n"
        "沙石镇"
    )
    done, register, recorded = pasted(tmp_path, text)
    assert done == DepartmentImport(("区教体局", "沙石镇"), ("区民政局",), 0, ())
    assert register == (
        Department("区民政局", "章贡区民政局", (), ("mzj@example.org",), position=0, version=1),
        Department(
            "区教体局",
            "章贡区教育体育局",
            ("区教育局", "区体育局"),
            ("jtj@example.org", "@jtj.example.org"),
            position=1,
            version=1,
        ),
        Department("沙石镇", position=2, version=1),
    )
    assert recorded == 3


def test_line_that_cannot_be_used_is_reported_and_the_others_are_done(tmp_path: Path) -> None:
    text = (
        "沙石镇\t\t\tss#example\n\t没有简称\n水东镇\t章贡区水东镇\nx\t1\t2\t3@x.example.org\t5\t6\n水南镇\t\t水东镇\n"
    )
    done, register, _ = pasted(tmp_path, text)
    assert done.added == ("水东镇",)
    assert [problem.partition("：")[0] for problem in done.problems] == ["第 1 行", "第 2 行", "第 4 行", "第 5 行"]
    assert "单位名称“水东镇”已经属于“水东镇”" in done.problems[3]
    assert [one.name for one in register] == ["区民政局", "水东镇"]


def test_same_list_again_changes_nothing(tmp_path: Path) -> None:
    done, _, recorded = pasted(tmp_path, "区民政局\n民政局\n")
    assert done == DepartmentImport(("民政局",), (), 1, ())
    assert recorded == 1


def test_retired_department_is_not_brought_back_by_a_list(tmp_path: Path) -> None:
    done, register, _ = pasted(tmp_path, "区民政局", retired="区民政局")
    assert "请在名录里恢复它" in done.problems[0]
    assert register == ()


NOTHING = "没有粘贴内容"


@pytest.mark.parametrize(("text", "said"), [(" \n", NOTHING), ("简称\t全称", NOTHING), ("甲\n" * 501, "最多 500 行")])
def test_nothing_and_too_much_are_reported(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadUsage, match=said):
        pasted(tmp_path, text)
