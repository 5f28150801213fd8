"""The empty document of an article: valid, with every style that an article needs."""

from __future__ import annotations

from assembler.plain_document import plain_document
from assembler.styles import NAMES, find_styles
from assembler.wordml import paragraph, runs
from tests.support.docx_rules import violations


def test_document_is_valid_and_has_the_styles_of_articles() -> None:
    package = plain_document("".join(paragraph(id, runs("甲")) for id in ("ArticleTitle", "BodyText")))
    assert violations(package.save()) == []
    style_ids = find_styles(package.root(next(iter(package.related("styles")))))
    assert style_ids.missing == ()
    assert all(style_ids[name] == name for name in NAMES if name in style_ids.ids and name != "EditorsNote")
