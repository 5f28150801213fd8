"""Issues as the typesetter sets them, as lines of style and text."""

from __future__ import annotations

from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.issues import TEMPLATE, no_picture
from tests.support.projection import projection
from values.issue import Issue

FRONT = [
    "Masthead|章贡区“五型”政府建设 工作简报",
    "IssueNumber|第70期",
    "IssueLine|区“五型”政府建设领导小组办公室 ⇥ 2022年11月8日",
]

BACK = [
    "ImprintTable|报：区政府区长、副区长 / 发：各镇、街道，全区政府系统部门（单位）",
    "ImprintTable|区“五型”政府建设领导小组办公室编 / 电话：8199917 / 欢迎大家积极投稿！ / 投稿邮箱：zgqwxzfb@163.com",
]


def lines(made: Issue, template: bytes = TEMPLATE) -> list[str]:
    """The projection of the issue, which must be a sound file."""
    data = typeset(made, template, no_picture)
    assert violations(data) == []
    return projection(data).splitlines()


def body(made: Issue) -> list[str]:
    """The lines between masthead and imprint."""
    return [line for line in lines(made) if line not in FRONT and line not in BACK]
