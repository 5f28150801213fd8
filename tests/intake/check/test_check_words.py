"""Words: those confused, those repeated, the office's own; and personal data."""

from __future__ import annotations

import pytest

from tests.support.manuscripts import TITLE
from tests.support.proofs import found_in, told, words
from values.department import Department
from values.finding import Severity
from values.word_list import Forbidden, Leader, Preferred, WordList


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("群众登陆网上办事平台，用户登陆后查询。", [("登陆", "登录"), ("登陆", "登录")]),
        ("截止2022年10月，截止目前，报名截止10月31日。", [("截止目前", "截至目前"), ("截止", "截至")]),
        ("建立台帐，布署工作，全面复盖。", [("台帐", "台账"), ("布署", "部署"), ("复盖", "覆盖")]),
        ("己经完成，作好准备，做为一项任务，急待解决。",
         [("己经", "已经"), ("作好", "做好"), ("做为", "作为"), ("急待", "亟待")]),
        ("群众反应的问题，有效的推动了工作，办的更好。",
         [("反应", "反映"), ("的", "地"), ("的更", "得更")]),
    ],
)  # fmt: skip
def test_confused_words_are_found_by_their_neighbours(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(quote, suggestion) for _, quote, suggestion in told(text, rule="confusable-word")]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "台风登陆福建，登陆点在平潭。",
        "报名截止10月31日，截止日期不变。",
        "公布署名，反复盖章，知己经常来，来自已建成的小区。",
        "应当做为民服务的好干部，工作好准备少，应急待命。",
        "化学反应的情况，积极的推动作用，做的事情更多。",
        "过渡假期，严峻工作形势，叫做为民办事。",
    ],
)
def test_right_words_beside_other_words_pass(text: str) -> None:
    assert told(text, rule="confusable-word") == []


def test_two_words_for_one_thing_are_pointed_out_where_both_stand() -> None:
    assert words("研究制定方案。", "为老人制订计划。", rule="mixed-words") == ["制订"]
    assert words("为老人制订计划。", rule="mixed-words") == []


def test_repeated_words_and_sentences_are_found() -> None:
    assert words("进一步进一步提高的的效能，完成了了任务，我们我们一起。", rule="repeated-word") == [
        "进一步进一步",
        "的的",
        "了了",
        "我们我们",
    ]
    sentence = "坚持定期进行年度办园水平督导评估工作"
    assert words(f"{sentence}。又及，{sentence}。", f"{sentence}。", rule="repeated-sentence") == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        "的的确确，有的的士，以此为目的的活动。",
        "为了了解情况，不了了之，除了了却心愿。",
        "一是是否到位，是是非非，正在在建。",
    ],
)
def test_characters_that_meet_by_chance_are_no_repeated_word(text: str) -> None:
    assert told(text, rule="repeated-word") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份证号11010519491231002X，已核对。", ["11010519491231002X"]),
        ("编号110105194912310021不是证件。", []),
        ("电话13800138000，或138-0013-8000。", ["13800138000", "138-0013-8000"]),
        ("电话0797-8199917，投资13800138000元，产值1.3800138000。", []),
        ("卡号6222 0212 3456 7890 127。", []),
        ("卡号4111111111111111，已办结。", ["4111111111111111"]),
    ],
)
def test_personal_data_are_errors(text: str, expected: list[str]) -> None:
    assert words(text, rule="personal-data") == expected


def test_message_about_personal_data_does_not_repeat_it() -> None:
    [finding] = found_in("联系电话13800138000。")
    assert finding.severity is Severity.ERROR
    assert finding.message == "正文里有手机号码（138…00），印发前应删去或遮盖。"


OWN = WordList(
    preferred=(Preferred("五型政府", "“五型”政府"), Preferred("登陆平台", "登录平台"), Preferred("互联网", "互联网+")),
    forbidden=(Forbidden("残废人", "应称残疾人"),),
    leaders=(Leader("张三", ("区委书记",)), Leader("李四", ("区委副书记", "区长")), Leader("王五", ("副区长",))),
)


def test_words_of_the_offices_list_are_found_in_text_and_title() -> None:
    found = told("建设五型政府，帮扶残废人，“互联网+”和互联网。", rule="office-word", word_list=OWN)
    assert [one[1:] for one in found] == [
        ("五型政府", "“五型”政府"),
        ("残废人", "请删去或换一种说法。"),
        ("互联网", "互联网+"),
    ]
    [finding] = found_in("内容充实。", title=f"五型政府{TITLE}", word_list=OWN)
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
    assert [one[1] for one in told(text, rule="leader-title", word_list=OWN)] == expected


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
    assert [one[1] for one in told(text, rule="leader-order", word_list=OWN)] == expected


def test_alias_of_a_department_in_the_text_is_pointed_out() -> None:
    assert told("区教育局和区教体局、章贡区教育体育局联合发文。") == [("department-name", "区教育局", "区教体局")]
    ours = (Department("区教体局", aliases=("教育局",)),)
    found = found_in("市教育局来访，教育局陪同。", departments=ours)
    assert [(one.rule.name, one.start) for one in found] == [("department-name", 7)]


def test_title_has_limits_and_no_title_marks() -> None:
    rules = [one.rule.name for one in found_in("内容充实。", title="《" + "长" * 50 + "》")]
    assert rules == ["title-length", "title-marks"]
