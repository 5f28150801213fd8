"""The issue lists what begins and ends no line (GB/T 15834), and no address stretches one."""

from __future__ import annotations

from typing import Final

import pytest
from lxml import etree

from assembler.line_breaking import stretches
from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.editing import members, replaced
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tests.support.projection import W
from values.line_ends import NOT_FIRST, NOT_LAST

LISTS: Final = {"noLineBreaksAfter": NOT_LAST, "noLineBreaksBefore": NOT_FIRST}


def lists_of(template: bytes) -> dict[str, str]:
    made = typeset(issue(article()), template, no_picture)
    assert violations(made) == []
    settings = etree.fromstring(members(made)["word/settings.xml"])
    return {name: element.get(W + "val", "") for name in LISTS for element in settings.iter(W + name)}


def test_every_issue_lists_what_begins_and_ends_no_line() -> None:
    assert lists_of(TEMPLATE) == LISTS
    bare = replaced(TEMPLATE, '<w:characterSpacingControl w:val="doNotCompress"/>', "", member="word/settings.xml")
    assert lists_of(bare) == LISTS


def test_lists_that_the_template_has_for_chinese_stay_and_others_do_not() -> None:
    for language, expected in (("zh-CN", {"noLineBreaksBefore": "。"}), ("ja-JP", LISTS)):
        own = f'<w:noLineBreaksBefore w:lang="{language}" w:val="。"/><w:compat>'
        assert lists_of(replaced(TEMPLATE, "<w:compat>", own, member="word/settings.xml")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("网址http://www.example.gov.cn/a/b，请登录查看。", True),
        ("电话0797-8199917。", True),
        ("2022年新增贷款20412.9万元，GDP增长5.6%。", False),
        ("", False),
    ],
)
def test_an_address_or_telephone_number_is_what_stretches_a_line(text: str, expected: bool) -> None:
    assert stretches(text) is expected
