"""A copy of a department's .docx with findings as comments: each at its characters, and the file still sound."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.annotated import NothingToAnnotate, annotated
from tests.support.docx_rules import violations
from tests.support.editing import members
from tests.support.libreoffice import saved_as
from tests.support.manuscripts import BODY, TITLE, centred, large, plain, table
from tests.support.ooxml_schemas import schema_errors
from tests.support.remarks import remarks
from tools.docx_builder import docx, paragraph
from values import rules
from values.finding import Finding, Severity
from values.manuscript import Cell, Manuscript, Paragraph, Table

DATED = date(2022, 11, 8)
LINES = ("建立台帐，做好准备。", BODY)


def manuscript(*lines: str) -> Manuscript:
    return Manuscript((TITLE,), "区教体局", tuple(map(Paragraph, lines)))


def on(paragraph: int | None, start: int | None, end: int | None, message: str = "？") -> Finding:
    return Finding(rules.CONFUSABLE_WORD, Severity.WARNING, message, paragraph, start, end)


def word_file(body: str = "", **parts: Any) -> bytes:
    return docx(body or large(TITLE) + centred("区教体局") + plain(*LINES), **parts)


def copy_of(data: bytes, findings: Sequence[Finding], *lines: str) -> bytes:
    return annotated(data, manuscript(*(lines or LINES)), findings, DATED)


def test_finding_is_a_comment_on_its_very_characters() -> None:
    finding = Finding(rules.CONFUSABLE_WORD, Severity.WARNING, "“台帐”应为“台账”。", 0, 2, 4, "台账")
    made = copy_of(word_file(), [finding])
    assert remarks(made) == [("台帐", "【疑问】“台帐”应为“台账”。 / 建议：台账")]
    assert violations(made) == []
    [comment] = python_docx.Document(io.BytesIO(made)).comments
    assert comment.author == "审校"


def test_characters_may_be_spread_over_runs_with_formats_and_fields() -> None:
    body = (
        large(TITLE)
        + '<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>建立台</w:t></w:r><w:hyperlink w:anchor="a"><w:r><w:t>帐，做</w:t></w:r>'
        '</w:hyperlink><w:r><w:t xml:space="preserve">好 </w:t><w:tab/><w:t>准备。</w:t></w:r></w:p>'
    )
    data = word_file(body)
    made = copy_of(data, [on(0, 2, 4), on(0, 5, 9)], "建立台帐，做好准备。")
    assert [characters for characters, _ in remarks(made)] == ["台帐", "做好 \t准备"]
    assert len(schema_errors(made)) == len(schema_errors(data))


def test_findings_may_overlap_and_touch() -> None:
    findings = [on(0, 0, 4, "甲"), on(0, 2, 4, "乙"), on(0, 4, 5, "丙"), on(0, 3, 7, "丁"), on(0, 0, 10, "戊")]
    made = copy_of(word_file(), findings)
    assert {text[4:]: characters for characters, text in remarks(made)} == {
        "甲": "建立台帐",
        "乙": "台帐",
        "丙": "，",
        "丁": "帐，做好",
        "戊": "建立台帐，做好准备。",
    }
    assert violations(made) == []


def test_finding_about_the_whole_is_at_the_title_and_one_in_a_table_in_its_cell() -> None:
    body = large(TITLE) + plain(BODY) + table(["甲镇", "12"], ["合计", "13"])
    rows = ((Cell("甲镇"), Cell("12")), (Cell("合计"), Cell("13")))
    read = Manuscript((TITLE,), None, (Paragraph(BODY), Table(rows)))
    data = word_file(body)
    made = annotated(data, read, [on(None, None, None), on(2, 3, 5)], DATED)
    assert [characters for characters, _ in remarks(made)] == [TITLE, "13"]
    assert len(schema_errors(made)) == len(schema_errors(data))


def test_own_comments_stay_and_ids_are_not_used_twice() -> None:
    own = '<w:comment w:id="4" w:author="王" w:initials="W"><w:p><w:r><w:t>请核</w:t></w:r></w:p></w:comment>'
    marked = (
        '<w:p><w:commentRangeStart w:id="4"/><w:r><w:t>建立台帐</w:t></w:r><w:commentRangeEnd w:id="4"/><w:r>'
        '<w:commentReference w:id="4"/></w:r><w:r><w:t>，做好准备。</w:t></w:r></w:p>'
    )
    made = copy_of(docx(large(TITLE) + marked, stories={"comments": own}), [on(0, 2, 4)], LINES[0])
    assert remarks(made) == [("建立台帐", "请核"), ("台帐", "【疑问】？")]


def test_automatic_number_and_characters_that_are_not_there_do_not_hinder() -> None:
    made = copy_of(word_file(), [on(0, 4, 6), on(0, 0, 2, "序号"), on(1, 0, 3)], "一、" + LINES[0], BODY)
    assert [characters for characters, _ in remarks(made)] == [TITLE, "台帐", BODY[:3]]
    assert "原文：一、" in remarks(made)[0][1]


def test_untouched_parts_keep_their_bytes() -> None:
    data = word_file(numbering='<w:abstractNum w:abstractNumId="0"/>', stories={"header": paragraph("页眉")})
    before, after = members(data), members(copy_of(data, [on(0, 2, 4)]))
    assert {name for name in before if after[name] == before[name]} == {
        "_rels/.rels",
        "word/header.xml",
        "word/numbering.xml",
    }


def test_document_without_text_is_refused() -> None:
    with pytest.raises(NothingToAnnotate):
        copy_of(word_file(paragraph("")), [on(None, None, None)])


def test_libreoffice_keeps_every_comment(soffice: Path, tmp_path: Path) -> None:
    findings = [on(None, None, None), on(0, 2, 4), on(0, 0, 8), on(1, 0, 3)]
    saved = saved_as(soffice, "docx", copy_of(word_file(), findings), tmp_path, by="docx:MS Word 2007 XML")
    assert len(list(python_docx.Document(io.BytesIO(saved)).comments)) == len(findings)


runs = st.lists(st.text("甲乙丙 ", min_size=1, max_size=4), min_size=1, max_size=5)
spans = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 8)), max_size=6)


@settings(deadline=None, max_examples=80)
@given(runs, spans)
def test_any_spans_of_any_runs_are_marked_as_they_are(texts: list[str], places: list[tuple[int, int]]) -> None:
    line = "".join(texts)
    body = "".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    chosen = [(start, min(start + length, len(line))) for start, length in places if start < len(line)]
    chosen = [(start, end) for start, end in chosen if line[start:end].strip()]
    findings = [on(0, start, end, str(number)) for number, (start, end) in enumerate(chosen)]
    made = copy_of(word_file(large(TITLE) + f"<w:p>{body}</w:p>"), findings, line)
    expected = {str(number): line[start:end].strip() for number, (start, end) in enumerate(chosen)}
    assert {text[4:]: characters.strip() for characters, text in remarks(made)} == expected
    assert violations(made) == []
