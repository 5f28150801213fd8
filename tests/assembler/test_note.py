"""按语 stands where the template has its mark, in a style of its own, and leaves no trace where there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assembler.template import check_template
from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.drafts import draft_of
from tests.support.editing import members, replaced
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tests.support.libreoffice import ToPdf
from tests.support.ooxml_schemas import schema_errors
from tests.support.page_measures import sheets
from tests.support.projection import projection
from tools.make_template import FOLDER, LOOKS
from values.issue import Issue

NOTE = ("现将各单位的做法刊发如下。", "请结合实际学习借鉴。")
MARK = '<w:t xml:space="preserve">{{ editors_note }}</w:t>'
LABEL = "<w:t>【编者按】</w:t>"


def with_note(*note: str) -> Issue:
    return replace(issue(article(1), article(2, section="情况通报")), editors_note=note)


def lines(made: Issue, template: bytes = TEMPLATE) -> list[str]:
    docx = typeset(made, template, no_picture)
    assert violations(docx) + schema_errors(docx) == []
    return projection(docx).splitlines()


def without_mark() -> bytes:
    """A template as it was before there was a 按语."""
    parts = members(TEMPLATE)
    body = parts["word/document.xml"].decode()
    start = body.index('<w:p><w:pPr><w:pStyle w:val="EditorsNote"/>')
    mark = body[start : body.index("</w:p>", start) + len("</w:p>")]
    old = replaced(TEMPLATE, mark, "")
    return replaced(
        old,
        'w:styleId="EditorsNote"><w:name w:val="按语"/>',
        'w:styleId="x"><w:name w:val="x"/>',
        member="word/styles.xml",
    )


@pytest.mark.parametrize("name", LOOKS)
def test_the_note_stands_below_the_contents_in_its_own_style(name: str) -> None:
    shown = lines(with_note(*NOTE), (FOLDER / f"{name}.docx").read_bytes())
    at = shown.index("EditorsNote|【编者按】现将各单位的做法刊发如下。")
    assert shown[at - 1].startswith("ContentsTitle|")
    assert shown[at + 1] == "EditorsNote|请结合实际学习借鉴。"
    assert shown[at + 2].startswith("ArticleTitle|")


def test_the_note_begins_the_page_on_which_the_articles_would_begin() -> None:
    document = members(typeset(with_note(*NOTE), TEMPLATE, no_picture))["word/document.xml"].decode()
    note = document.index('<w:pStyle w:val="EditorsNote"/><w:pageBreakBefore/>')
    assert note < document.index("ArticleTitle")
    assert document.count("pageBreakBefore") == 1
    memo = typeset(with_note(*NOTE), (FOLDER / "memo.docx").read_bytes(), no_picture)
    assert b"pageBreakBefore" not in members(memo)["word/document.xml"]


@pytest.mark.libreoffice
def test_the_note_is_printed_in_size_three_two_characters_in_above_the_first_title(to_pdf: ToPdf) -> None:
    """GB/T 9704: 3号 is 16 pt, 15.75 with the characters set closer; the measure begins 28 mm from the edge."""
    front, second, *_ = sheets(to_pdf(typeset(with_note(*NOTE), TEMPLATE, no_picture)))
    first, further, title = second.lines[:3]
    assert not any("编者按" in line.text for line in front.lines)
    assert (first.text, further.text) == ("【编者按】现将各单位的做法刊发如下。", "请结合实际学习借鉴。")
    assert title.text.startswith("普惠金融改革")
    assert {round(line.size) for line in (first, further)} == {16}
    assert further.left == pytest.approx(28 + 2 * 16 / 72 * 25.4, abs=1)
    assert further.baseline - first.baseline == pytest.approx(579 / 20 / 72 * 25.4, abs=0.3)


def test_an_issue_without_a_note_shows_no_trace_of_it() -> None:
    assert not any("编者按" in line or line.startswith("EditorsNote") for line in lines(with_note()))
    plain = typeset(with_note(), TEMPLATE, no_picture)
    assert b"EditorsNote" not in members(plain)["word/document.xml"]
    old = typeset(with_note(), without_mark(), no_picture)
    assert members(old)["word/document.xml"] == members(plain)["word/document.xml"]


def test_a_template_without_mark_and_style_has_the_note_before_the_articles_as_body_text() -> None:
    assert check_template(without_mark()) == ()
    shown = lines(with_note(*NOTE), without_mark())
    at = shown.index("BodyText|【编者按】现将各单位的做法刊发如下。")
    assert shown[at - 1].startswith("ContentsTitle|")
    assert shown[at + 2].startswith("ArticleTitle|")


def test_the_label_is_worded_by_the_template_and_keeps_its_looks() -> None:
    in_one_run = replaced(replaced(TEMPLATE, LABEL, "<w:t></w:t>"), "{{ editors_note }}", "按语：{{ editors_note }}")
    assert "EditorsNote|按语：现将各单位的做法刊发如下。" in lines(with_note(*NOTE), in_one_run)
    document = members(typeset(with_note(*NOTE), TEMPLATE, no_picture))["word/document.xml"].decode()
    label = document[: document.index("【编者按】")].rpartition("<w:r>")[2]
    assert 'w:eastAsia="黑体"' in label


def test_a_mark_quite_alone_gets_the_usual_label() -> None:
    assert "EditorsNote|【编者按】现将各单位的做法刊发如下。" in lines(
        with_note(*NOTE), replaced(TEMPLATE, LABEL, "<w:t></w:t>")
    )


@pytest.mark.parametrize("own", ["编者按：各单位做法如下。", "【按语】各单位做法如下。", "[编者的话] 各单位做法如下。"])
def test_a_note_that_brings_its_own_label_has_no_second_one(own: str) -> None:
    assert f"EditorsNote|{own}" in lines(with_note(own))


def test_the_editors_words_are_text_whatever_they_are() -> None:
    shown = lines(with_note('{{ title }} {% if x %} <w:p> & "引号"', "a\x0bb\x00c\ue000contents\ue000"))
    assert 'EditorsNote|【编者按】{{ title }} {% if x %} <w:p> & "引号"' in shown
    assert "EditorsNote|abc\ue000contents\ue000" in shown


def test_a_draft_shows_the_note_too() -> None:
    made = with_note(*NOTE)
    docx = typeset(made, TEMPLATE, no_picture, draft=draft_of(made))
    assert violations(docx) == []
    assert "EditorsNote|请结合实际学习借鉴。" in projection(docx).splitlines()


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("{{ editors_note }}{{ editors_note }}", "出现了 2 次"),
        ("{%p if editors_note %}", "的位置不对"),
        ("{{ editors_note }}（完）", "的位置不对"),
        ("{{ title }}{{ editors_note }}", "的位置不对"),
        ("{{ editor_note }}", "是否应为 {{ editors_note }}"),
    ],
)
def test_check_template_says_what_is_wrong_with_the_mark(written: str, why: str) -> None:
    [problem, *_] = check_template(replaced(TEMPLATE, "{{ editors_note }}", written))
    assert why in problem
