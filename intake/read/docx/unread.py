"""What the package holds besides the text: reported to the editor, never opened or copied."""

from __future__ import annotations

import re
from typing import Final

from intake.read.docx.custom_properties import custom_property
from intake.read.docx.package import SourcePackage
from intake.read.docx.tags import T, w
from intake.read.docx.tally import Tally
from values import rules
from values.marked_copy import COPY_AUTHORS, COPY_PROPERTY

_COMMENT: Final = w("comment")
_AUTHOR: Final = w("author")
_PAGE_NUMBER: Final = re.compile(r"[\s\d\-–—－·.,/|第页共of]*", re.IGNORECASE)
"""A header or footer that is only a page number: "- 1 -", "第 1 页 共 3 页"."""
_HARMLESS: Final = frozenset({"hyperlink"})
_REMOTE: Final = re.compile(r"(?!file:)[a-z][\w+.-]+:|(?:file:///)?(?:\\\\|//)|file://(?:[^/]|//)", re.IGNORECASE)
"""A template on another machine: a scheme other than file:, a host after it, or a Windows share."""


def report_unread(package: SourcePackage, tally: Tally) -> None:
    """Counts macros, external links, templates, comments, and the text of headers and footers in `tally`.

    Raises UnreadableManuscript when a part is damaged.
    """
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in package.names):
        tally.add(rules.MACRO)
    _report_links(package, tally)
    _report_comments(package, tally)
    _report_headers(package, tally)


def _report_links(package: SourcePackage, tally: Tally) -> None:
    for name in sorted(package.names):
        folder, mark, rest = name.rpartition("_rels/")
        if not mark or not rest.endswith(".rels") or rest == ".rels":
            continue
        for relationship in package.relationships(folder + rest.removesuffix(".rels")).values():
            if not relationship.external or relationship.kind in _HARMLESS:
                continue
            if relationship.kind != "attachedTemplate":
                tally.add(rules.EXTERNAL_LINK, relationship.target)
            elif _REMOTE.match(relationship.target):
                tally.add(rules.REMOTE_TEMPLATE, relationship.target)
            else:
                tally.add(rules.ATTACHED_TEMPLATE)


def _report_comments(package: SourcePackage, tally: Tally) -> None:
    """Our own comments in a file that we have sent are nothing that its editor has not seen."""
    own = COPY_AUTHORS if custom_property(package, COPY_PROPERTY) else ()
    for name in package.related("comments"):
        root = package.xml(name)
        for comment in () if root is None else root.iter(_COMMENT):
            if comment.get(_AUTHOR, "") in own:
                continue
            tally.add(rules.COMMENT, "".join(text.text or "" for text in comment.iter(T)))


def _report_headers(package: SourcePackage, tally: Tally) -> None:
    for name in sorted({*package.related("header"), *package.related("footer")}):
        root = package.xml(name)
        text = "" if root is None else "".join(element.text or "" for element in root.iter(T))
        if not _PAGE_NUMBER.fullmatch(text):
            tally.add(rules.HEADER_FOOTER, text)
