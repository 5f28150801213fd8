"""The comments of a .docx as a reader of the file's XML finds them: on which characters, and what they say."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {_W + "br": "\n", _W + "tab": "\t"}


def remarks(docx: bytes) -> list[tuple[str, str]]:
    """(the characters, the comment) in the order of the comments' ids; lines of a comment are joined with " / "."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        if "word/comments.xml" not in archive.namelist():
            return []
        document = etree.fromstring(archive.read("word/document.xml"))
        comments = etree.fromstring(archive.read("word/comments.xml"))
    open_now: set[str] = set()
    under: dict[str, str] = {}
    for element in document.iter():
        id = element.get(_W + "id", "")
        if element.tag == _W + "commentRangeStart":
            open_now.add(id)
            under[id] = ""
        elif element.tag == _W + "commentRangeEnd":
            open_now.remove(id)
        elif element.tag in (_W + "t", *_SIGNS):
            for id in open_now:
                under[id] += _SIGNS.get(str(element.tag)) or element.text or ""
    return [(under[comment.get(_W + "id", "")], _text_of(comment)) for comment in comments]


def _text_of(comment: etree._Element) -> str:
    return " / ".join("".join(t.text or "" for t in p.iter(_W + "t")) for p in comment.iter(_W + "p"))
