"""The named styles of the Word template that the typesetter uses.

Word in Chinese may rewrite style ids when the office saves the template ("ArticleTitle" becomes "a3"), but never the
names. So a style is looked up by our id first, and then by its Chinese name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Final

from lxml import etree

from assembler.wordml import W

CONTENTS_DEPARTMENT: Final = "ContentsDepartment"
CONTENTS_TITLE: Final = "ContentsTitle"
EDITORS_NOTE: Final = "EditorsNote"
SECTION_HEADING: Final = "SectionHeading"
ARTICLE_TITLE: Final = "ArticleTitle"
BYLINE: Final = "Byline"
BODY: Final = "BodyText"
HEADINGS: Final = ("Heading1", "Heading2", "Heading3", "Heading4")
TABLE_TEXT: Final = "TableText"
TABLE_CENTRED: Final = "TableCentred"
TABLE_HEADER: Final = "TableHeader"
PICTURE: Final = "PictureLine"
CAPTION: Final = "PictureCaption"
TABLE: Final = "BulletinTable"

NAMES: Final[Mapping[str, str]] = {
    CONTENTS_DEPARTMENT: "目录单位",
    CONTENTS_TITLE: "目录标题",
    EDITORS_NOTE: "按语",
    SECTION_HEADING: "栏目",
    ARTICLE_TITLE: "文章标题",
    BYLINE: "署名单位",
    BODY: "简报正文",
    HEADINGS[0]: "一级标题",
    HEADINGS[1]: "二级标题",
    HEADINGS[2]: "三级标题",
    HEADINGS[3]: "四级标题",
    TABLE_TEXT: "表格文字",
    TABLE_CENTRED: "表格居中",
    TABLE_HEADER: "表头文字",
    PICTURE: "图片",
    CAPTION: "图题",
    TABLE: "简报表格",
}
"""Our style ids, and the names under which Word shows them."""

_STAND_INS: Final[Mapping[str, str]] = {CAPTION: PICTURE, EDITORS_NOTE: BODY}
"""The style used in place of one that older templates do not have."""


@dataclass(frozen=True, slots=True)
class TemplateStyles:
    """The styles of one template. `styles[ours]` is the id that one of NAMES has in it."""

    ids: Mapping[str, str]
    """The template's id by our id."""
    missing: tuple[str, ...]
    """Our ids of the styles that the template lacks; those with a stand-in are never missing."""

    def __getitem__(self, style: str) -> str:
        """Raises KeyError for a style that the template lacks."""
        return self.ids[style]


def find_styles(root: etree._Element | None) -> TemplateStyles:
    """The styles of a template. root: its w:styles, None when it has no such part; then all are missing."""
    by_id: dict[tuple[str, str], str] = {}
    by_name: dict[tuple[str, str], str] = {}
    for style in () if root is None else root.iterchildren(W + "style"):
        kind, style_id = style.get(W + "type", ""), style.get(W + "styleId", "")
        name = style.find(W + "name")
        by_id[kind, style_id] = style_id
        if name is not None:
            by_name.setdefault((kind, name.get(W + "val", "")), style_id)
    ids: dict[str, str] = {}
    for ours, chinese in NAMES.items():
        kind = "table" if ours == TABLE else "paragraph"
        own_id = by_id.get((kind, ours)) or by_name.get((kind, chinese))
        if own_id:
            ids[ours] = own_id
    for ours, stand_in in _STAND_INS.items():
        if stand_in in ids:
            ids.setdefault(ours, ids[stand_in])
    return TemplateStyles(ids, tuple(ours for ours in NAMES if ours not in ids and ours not in _STAND_INS))


@dataclass(frozen=True, slots=True)
class CommentStyles:
    """The ids of the styles of comments in one template; "" where no comment is to be written."""

    reference: str
    """The character style of a comment's mark in the text."""
    text: str
    """The paragraph style of a comment's own text."""


def comment_styles(root: etree._Element) -> CommentStyles:
    """The styles of comments in `root`, a w:styles. Looked up by Word's built-in names, which are the same in every
    language; added to `root` where the template lacks them."""
    reference = _built_in(root, "character", "CommentReference", "annotation reference")
    return CommentStyles(reference, _built_in(root, "paragraph", "CommentText", "annotation text"))


def _built_in(root: etree._Element, kind: str, our_id: str, name: str) -> str:
    """The id of a built-in style; adds the style, in 10.5 points, where the template lacks it."""
    ids = set()
    for style in root.iterchildren(W + "style"):
        ids.add(style.get(W + "styleId", ""))
        named = style.find(W + "name")
        if style.get(W + "type") == kind and named is not None and named.get(W + "val", "").lower() == name:
            return style.get(W + "styleId", "")
    free = next(id for number in count() if (id := f"{our_id}{number or ''}") not in ids)
    added = etree.SubElement(root, W + "style", {W + "type": kind, W + "styleId": free})
    etree.SubElement(added, W + "name", {W + "val": name})
    size = etree.SubElement(added, W + "rPr")
    for tag in ("sz", "szCs"):
        etree.SubElement(size, W + tag, {W + "val": "21"})
    return free
