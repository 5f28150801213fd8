"""What lies in the package beside the text: told to the editor, never opened further, never copied."""

from __future__ import annotations

import re
from typing import Final

from intake.read.docx.package import SourcePackage
from intake.read.docx.tags import T, w
from intake.read.docx.tally import Tally
from values import rules

_COMMENT: Final = w("comment")
# Page numbers are no text: "- 1 -", "第 1 页 共 3 页".
_PAGE_NUMBER: Final = re.compile(r"[\s\d\-–—－·.,/|第页共of]*", re.IGNORECASE)
_HARMLESS: Final = frozenset({"hyperlink"})
# Another scheme than file:, a host after it, or a Windows share (\\\\server\\templates).
_REMOTE: Final = re.compile(r"(?!file:)[a-z][\w+.-]+:|(?:file:///)?(?:\\\\|//)|file://(?:[^/]|//)", re.IGNORECASE)


def report_unread(package: SourcePackage, tally: Tally) -> None:
    """Count macros, external links, templates, comments, and the text of headers and footers."""
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
    for name in package.related("comments"):
        root = package.xml(name)
        for comment in () if root is None else root.iter(_COMMENT):
            tally.add(rules.COMMENT, "".join(text.text or "" for text in comment.iter(T)))


def _report_headers(package: SourcePackage, tally: Tally) -> None:
    for name in sorted({*package.related("header"), *package.related("footer")}):
        root = package.xml(name)
        text = "" if root is None else "".join(element.text or "" for element in root.iter(T))
        if not _PAGE_NUMBER.fullmatch(text):
            tally.add(rules.HEADER_FOOTER, text)
