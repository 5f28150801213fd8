"""The core properties of an issue, read as XML: what Word shows under 文件 › 信息."""

from __future__ import annotations

from lxml import etree

from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.editing import members
from tests.support.issues import IMPRINT, MASTHEAD, TEMPLATE, article, issue, no_picture
from values.issue import Masthead

CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"
TERMS = "http://purl.org/dc/terms/"


def properties(made: bytes) -> dict[str, str | None]:
    return {str(one.tag): one.text for one in etree.fromstring(members(made)["docProps/core.xml"])}


def test_properties_are_the_issues_own_each_in_its_namespace() -> None:
    dated = "2022-11-08T00:00:00Z"
    assert properties(typeset(issue(article()), TEMPLATE, no_picture)) == {
        f"{{{DC}}}title": "章贡区“五型”政府建设工作简报第70期",
        f"{{{DC}}}subject": "第70期",
        f"{{{DC}}}creator": MASTHEAD.office,
        f"{{{CP}}}lastModifiedBy": MASTHEAD.office,
        f"{{{CP}}}revision": "1",
        f"{{{TERMS}}}created": dated,
        f"{{{TERMS}}}modified": dated,
    }


def test_a_name_longer_than_word_shows_is_cut_and_none_becomes_markup() -> None:
    masthead = Masthead("<名>&" * 100, "简报", MASTHEAD.number, "办\x00公室", MASTHEAD.dated)
    made = typeset(issue(article(), masthead=masthead, imprint=IMPRINT), TEMPLATE, no_picture)
    assert violations(made) == []
    assert properties(made)[f"{{{DC}}}title"] == ("<名>&" * 100)[:255]
    assert properties(made)[f"{{{DC}}}creator"] == "办公室"
