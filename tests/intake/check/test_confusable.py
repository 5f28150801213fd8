"""Words that are mistaken for each other."""

from __future__ import annotations

import pytest

from tests.support.proofs import marked_findings, words


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
    found = [(quote, suggestion) for _, quote, suggestion in marked_findings(text, rule="confusable-word")]
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
    assert marked_findings(text, rule="confusable-word") == []


def test_two_words_for_one_thing_are_pointed_out_where_both_stand() -> None:
    assert words("研究制定方案。", "为老人制订计划。", rule="mixed-words") == ["制订"]
    assert words("为老人制订计划。", rule="mixed-words") == []
