"""What must hold between keys, each on the smallest document that breaks it."""

from __future__ import annotations

import pytest

from tests.support.configs import (
    BULLETIN,
    MAILBOX,
    read,
    reason,
    with_bulletin,
    with_departments,
    with_top,
)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ('name = "甲局"', 'name = "甲局"', "name：单位名称“甲局”已经属于 甲局"),
        ('name = "甲局"\naliases = ["老甲局"]', 'name = "老甲局"', "name：单位名称“老甲局”已经属于 甲局"),
        ('name = "甲局"', 'name = "乙局"\naliases = ["丙局", "甲局"]', "aliases[1]：单位名称“甲局”已经属于 甲局"),
        ('name = "甲局"', 'name = "乙局"\nfull_name = "甲局"', "full_name：单位名称“甲局”已经属于 甲局"),
    ],
)
def test_two_departments_cannot_share_a_name(first: str, second: str, said: str) -> None:
    assert reason(with_departments(first, second)).startswith(f"bulletin[0].department[1].{said}")


def test_two_departments_may_share_an_address() -> None:
    settings = read(with_departments('name = "甲局"\nsenders = ["a@b"]', 'name = "乙局"\nsenders = ["A@B"]'))
    assert [department.senders for department in settings.bulletins[0].departments] == [("a@b",), ("a@b",)]


def test_department_may_repeat_its_own_name() -> None:
    settings = read(with_departments('name = "甲局"\nfull_name = "甲局"\naliases = ["甲局"]'))
    assert settings.bulletins[0].departments[0].full_name == "甲局"


def test_departments_of_two_bulletins_may_share_names() -> None:
    one = with_departments('name = "甲局"\nsenders = ["a@b"]')
    two = one.replace("wuxing", "other").replace("zgqwxzfb", "other")
    assert len(read(one + two).bulletins) == 2


@pytest.mark.parametrize(("folder", "same"), [("inbox", True), ("投稿", False)])
def test_two_bulletins_cannot_share_a_folder(folder: str, same: bool) -> None:
    text = BULLETIN + MAILBOX + (BULLETIN + MAILBOX).replace("wuxing", "other") + f'folder = "{folder}"\n'
    if same:
        assert "两份简报不能收同一个文件夹" in reason(text)
    else:
        assert [bulletin.mailbox.folder for bulletin in read(text).bulletins] == ["INBOX", folder]


def test_sections_have_a_place_for_ordinary_articles_and_no_repeats() -> None:
    assert reason(with_bulletin('sections = ["情况通报"]')).startswith('bulletin[0].sections：要有一个空栏目 ""')
    assert reason(with_bulletin('sections = ["", "通报", "通报"]')) == "bulletin[0].sections[2]：栏目“通报”写了两次"


def test_letters_out_need_an_address() -> None:
    named = with_top('[smtp]\nhost = "smtp.example.org"\nusername = "编辑@example.org"')
    assert reason(named).startswith("smtp.sender：")
    assert reason(with_top('[smtp]\nhost = "smtp.example.org"\nusername = "jianbao"')).startswith("smtp.sender：")
    settings = read(with_top('[smtp]\nhost = "smtp.example.org"\nusername = "a@example.org"'))
    assert settings.smtp.username == "a@example.org"


def test_a_user_header_needs_a_proxy_that_is_trusted() -> None:
    assert reason(with_top('[desk]\nuser_header = "X-Remote-User"')).startswith(
        "desk.user_header：要先在 trusted_proxies"
    )
    assert reason(with_top('[desk]\nuser_header = "X Remote"\ntrusted_proxies = ["::1"]')).startswith(
        "desk.user_header：应是"
    )
    desk = read(with_top('[desk]\nuser_header = "X-Remote-User"\ntrusted_proxies = ["::1"]')).desk
    assert desk.user_header == "X-Remote-User"


def test_report_goes_to_a_section_that_there_is() -> None:
    said = reason(with_bulletin('sections = [""]\nreport_section = "通报"'))
    assert said == "bulletin[0].report_section：sections 里没有栏目“通报”；请在 sections 里添上，或改写这里"


def with_approval(*steps: str, desk: str = "", editors: str = "") -> str:
    """A document whose bulletin has these steps."""
    tables = "".join(f"\n[[bulletin.approval]]\n{step}\n" for step in steps)
    return desk + with_bulletin(f"editors = [{editors}]") + tables


def test_steps_of_approval_are_read_with_names_and_addresses() -> None:
    text = with_approval(
        'step = "审核"\npeople = ["Leader@Office.Example", "\\"张 主任\\" <z@office.example>"]',
        'step = "签发"\npeople = ["<c@office.example>"]\nneed = "all"',
    )
    steps = read(text).bulletins[0].approval_steps
    assert [(step.name, step.need) for step in steps] == [("审核", "any"), ("签发", "all")]
    assert [(person.address, person.shown) for step in steps for person in step.people] == [
        ("leader@office.example", "leader@office.example"),
        ("z@office.example", "张 主任"),
        ("c@office.example", "c@office.example"),
    ]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (['step = "审核"\npeople = []'], "bulletin[0].approval[0].people：至少要写一个"),
        (['step = "审核"\npeople = ["张主任"]'], "bulletin[0].approval[0].people[0]：张主任 不是邮箱地址"),
        (['step = "审核"\npeople = [3]'], "bulletin[0].approval[0].people[0]：应是文字"),
        (
            ['step = "审核"\npeople = ["a@b.c"]', 'step = "审核"\npeople = ["d@b.c"]'],
            "bulletin[0].approval[1].step：步骤“审核”写了两次",
        ),
        (
            ['step = "审核"\npeople = ["a@b.c", "张 <A@b.c>"]'],
            "bulletin[0].approval[0].people[1]：a@b.c 在这一步里写了",
        ),
    ],
)
def test_steps_that_nobody_can_take_are_refused(steps: list[str], expected: str) -> None:
    assert reason(with_approval(*steps)).startswith(expected)


def test_with_separated_duties_an_editor_is_no_approver() -> None:
    step, editors = 'step = "审核"\npeople = ["Wang@b.c"]', '"wang@b.c"'
    separated = "[desk]\nseparation_of_duties = true\n"
    assert read(with_approval(step, editors=editors)).bulletins[0].approval_steps
    assert "三员分立" in reason(with_approval(step, desk=separated, editors=editors))
