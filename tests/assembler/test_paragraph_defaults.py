"""Whatever the template leaves open: no mark hangs out, and running text leaves no single line on a page."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from lxml import etree

from assembler import styles
from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.editing import members, replaced
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tests.support.projection import W

NORMAL = '<w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr>'


def settings_of(template: bytes, name: str) -> Mapping[str, str]:
    """The value of a setting of paragraphs by the id of the style that has it."""
    made = typeset(issue(article()), template, no_picture)
    assert violations(made) == []
    root = etree.fromstring(members(made)["word/styles.xml"])
    found = {style.get(W + "styleId", ""): style.find(f"{W}pPr/{W}{name}") for style in root.iter(W + "style")}
    return {style: setting.get(W + "val", "1") for style, setting in found.items() if setting is not None}


def in_styles(old: str, new: str) -> bytes:
    return replaced(TEMPLATE, old, new, member="word/styles.xml")


def test_marks_hang_out_nowhere_unless_the_template_says_so() -> None:
    assert settings_of(TEMPLATE, "overflowPunct") == {"Normal": "0"}
    hanging = in_styles(NORMAL, NORMAL.replace("<w:jc", '<w:kinsoku/><w:overflowPunct w:val="1"/><w:jc'))
    assert settings_of(hanging, "overflowPunct") == {"Normal": "1"}
    everywhere = in_styles("<w:pPrDefault/>", "<w:pPrDefault><w:pPr><w:overflowPunct/></w:pPr></w:pPrDefault>")
    assert settings_of(everywhere, "overflowPunct") == {}


@pytest.mark.parametrize("paragraph", ["", "<w:pPr/>", '<w:pPr><w:snapToGrid w:val="0"/></w:pPr>'])
def test_a_style_that_others_build_on_gets_the_setting_in_its_place(paragraph: str) -> None:
    assert settings_of(in_styles(NORMAL, paragraph), "overflowPunct") == {"Normal": "0"}


def test_running_text_leaves_no_single_line_unless_its_own_style_allows_it() -> None:
    running = {styles.BODY: "1", styles.EDITORS_NOTE: "1"}
    assert settings_of(TEMPLATE, "widowControl") == {"Normal": "0", **running}
    indent = '<w:spacing w:line="579" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc'
    allowed = in_styles(f"<w:pPr>{indent}", f'<w:pPr><w:widowControl w:val="0"/>{indent}')
    assert settings_of(allowed, "widowControl")[styles.BODY] == "0"
