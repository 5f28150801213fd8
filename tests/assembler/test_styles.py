"""Styles of a template, by our id or by their Chinese name."""

from __future__ import annotations

import re

from assembler import styles
from assembler.template import check_template
from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.editing import members, replaced
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tests.support.projection import projection
from tools.docx_builder import zipped


def test_check_template_names_missing_styles_in_chinese_and_by_id() -> None:
    without = replaced(
        TEMPLATE,
        'w:styleId="Byline"><w:name w:val="署名单位"/>',
        'w:styleId="x"><w:name w:val="x"/>',
        member="word/styles.xml",
    )
    without = replaced(
        without,
        'w:styleId="BulletinTable"><w:name w:val="简报表格"/>',
        'w:styleId="y"><w:name w:val="y"/>',
        member="word/styles.xml",
    )
    assert check_template(without) == (
        "模板缺少样式“署名单位”（Byline）：请从原模板复制回来。",
        "模板缺少样式“简报表格”（BulletinTable）：请从原模板复制回来。",
    )


def test_typeset_finds_styles_by_name_when_word_has_rewritten_their_ids() -> None:
    """Word in Chinese saves custom styles as a, a3, a4, …"""
    parts = members(TEMPLATE)
    ids = dict(zip(styles.NAMES, (f"a{number}" for number in range(50)), strict=False))
    rewritten = {
        name: re.sub(
            r'(?<=")(\w+)(?=")', lambda found: ids.get(found.group(), found.group()), parts[name].decode()
        ).encode()
        for name in ("word/document.xml", "word/styles.xml")
    }
    template = zipped(parts | rewritten)
    assert check_template(template) == ()
    made = typeset(issue(article()), template, no_picture)
    assert violations(made) == []
    assert f"{ids[styles.BODY]}|一是加大服务供给。" in projection(made).splitlines()
