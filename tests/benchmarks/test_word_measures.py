"""The measures of benchmarks/reading.py, on files whose loss is known."""

from __future__ import annotations

from benchmarks.word_measures import measure, own_text
from intake.read.docx.reader import read_docx
from tests.support.docx_reading import p, r, tbl, tc, tr
from tools.docx_builder import docx, paragraph

_LIST = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def test_text_that_both_show_and_we_do_not_is_lost() -> None:
    data = docx(paragraph("甲乙") + paragraph("丙"))
    measures = measure(read_docx(docx(paragraph("甲"))), "甲乙\n丙丁\n", own_text(data))
    assert (measures.expected, dict(measures.lost), measures.extra.total()) == (3, {"乙": 1, "丙": 1}, 0)


def test_text_that_neither_shows_is_extra_but_a_common_label_is_not() -> None:
    data = docx(paragraph("甲", properties=_ITEM) + paragraph("乙丙"), numbering=_LIST)
    measures = measure(read_docx(data), "    1. 甲\n乙\n", "甲乙")
    assert (measures.lost.total(), dict(measures.extra)) == (0, {"丙": 1})
    assert [(pair.ours, pair.theirs, pair.equal) for pair in measures.labelled] == [("1.", "1.", True)]


def test_labels_that_differ_are_reported_with_their_text() -> None:
    data = docx(paragraph("甲", properties=_ITEM) + paragraph("乙丙") + paragraph("丁"), numbering=_LIST)
    measures = measure(read_docx(data), "2. 甲\n（一）乙丙\n丁\n", "甲乙丙丁")
    assert [(pair.ours, pair.theirs, pair.text) for pair in measures.labelled if not pair.equal] == [
        ("1.", "2.", "甲"),
        ("", "(一)", "乙丙"),
    ]


def test_own_text_leaves_out_what_is_not_shown() -> None:
    gone = "<w:del><w:r><w:t>删</w:t></w:r></w:del>" + r("隐", "<w:vanish/>")
    row = tr(tc("去"), properties="<w:del/>")
    assert own_text(docx(p(r("甲") + gone) + tbl(row, tr(tc("乙"))))) == "甲乙"
    assert own_text(b"no zip") == ""
