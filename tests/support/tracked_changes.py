"""What accepting and refusing every tracked change of a document of ours leaves, without a word processor."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def settled(document: bytes, *, accepted: bool) -> bytes:
    """The document.xml with all changes accepted, or refused (ECMA-376 17.13.5)."""
    root = etree.fromstring(document)
    gone, kept = ("del", "ins") if accepted else ("ins", "del")
    for row in list(root.iter(W + "tr")):
        if row.find(f"{W}trPr/{W}{gone}") is not None:
            _parent(row).remove(row)
    for paragraph in list(root.iter(W + "p")):
        marked = paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None
        if marked and not _shown(paragraph, gone):
            _parent(paragraph).remove(paragraph)
    for element in list(root.iter(W + gone)):
        _parent(element).remove(element)
    for element in list(root.iter(W + kept)):
        parent = _parent(element)
        for child in reversed(list(element)):
            element.addnext(child)
        parent.remove(element)
    for text in root.iter(W + "delText"):
        text.tag = W + "t"
    for table in list(root.iter(W + "tbl")):
        if table.find(W + "tr") is None:
            _parent(table).remove(table)
    return etree.tostring(root)


def lines(document: bytes) -> list[str]:
    """The text of each paragraph that has any."""
    root = etree.fromstring(document)
    texts = ("".join(text.text or "" for text in paragraph.iter(W + "t")) for paragraph in root.iter(W + "p"))
    return [text for text in texts if text]


def _shown(paragraph: etree._Element, gone: str) -> bool:
    """Whether something of the paragraph stays."""
    runs = (run for run in paragraph.iter(W + "r") if run.find(W + "commentReference") is None)
    return any(next(run.iterancestors(W + gone), None) is None for run in runs)


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent
