"""The office's word list, its leaders, and the names of its departments."""

from __future__ import annotations

import pytest

from tests.support.manuscripts import TITLE
from tests.support.proofs import findings_in, marked_findings
from values.department import Department
from values.word_list import Forbidden, Leader, Preferred, WordList

OWN = WordList(
    preferred=(Preferred("五型政府", "“五型”政府"), Preferred("登陆平台", "登录平台"), Preferred("互联网", "互联网+")),
    forbidden=(Forbidden("残废人", "应称残疾人"),),
    leaders=(Leader("张三", ("区委书记",)), Leader("李四", ("区委副书记", "区长")), Leader("王五", ("副区长",))),
)


def test_words_of_the_offices_list_are_found_in_text_and_title() -> None:
    found = marked_findings("建设五型政府，帮扶残废人，“互联网+”和互联网。", rule="office-word", word_list=OWN)
    assert [one[1:] for one in found] == [
        ("五型政府", "“五型”政府"),
        ("残废人", "请删去或换一种说法。"),
        ("互联网", "互联网+"),
    ]
    [finding] = findings_in("内容充实。", title=f"五型政府{TITLE}", word_list=OWN)
    assert (finding.paragraph, finding.suggestion) == (None, "“五型”政府")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区长张三到会。", ["张三"]),
        ("李四副区长到会，副区长李四讲话。", ["李四", "李四"]),
        ("区委书记张三、区长李四，区委副书记李四，王五副区长到会。", []),
        ("张三到会。", []),
        ("区委书记赵六、张三到会。", []),
    ],
)
def test_leader_with_another_title_is_found(text: str, expected: list[str]) -> None:
    assert [one[1] for one in marked_findings(text, rule="leader-title", word_list=OWN)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("李四、张三到会。", ["张三"]),
        ("区长李四、区委书记张三到会。", ["张三"]),
        ("张三、李四、王五到会。", []),
        ("李四主持会议，张三讲话。", []),
    ],
)
def test_leaders_in_another_order_are_found(text: str, expected: list[str]) -> None:
    assert [one[1] for one in marked_findings(text, rule="leader-order", word_list=OWN)] == expected


def test_alias_of_a_department_in_the_text_is_pointed_out() -> None:
    assert marked_findings("区教育局和区教体局、章贡区教育体育局联合发文。") == [
        ("department-name", "区教育局", "区教体局")
    ]
    ours = (Department("区教体局", aliases=("教育局",)),)
    found = findings_in("市教育局来访，教育局陪同。", departments=ours)
    assert [(one.rule.name, one.start) for one in found] == [("department-name", 7)]
