"""The office's Word template: checking it, and filling in the tags of its masthead and imprint.

The only module that uses docxtpl (and through it python-docx and Jinja). Only the template's own words and the
configuration pass through Jinja, in a sandbox; the text of articles is inserted later and never does.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from assembler.dates import arabic, chinese
from assembler.package import MAIN_TYPE, DocxPackage, NotAPackage, open_package
from assembler.properties import set_properties
from assembler.resaved import resaved_problems, with_known_core_properties
from assembler.styles import NAMES, find_styles
from assembler.tags import MARKS, TAGS, TemplateParagraph, tag_problems, template_environment
from assembler.wordml import W_NS, W, clean
from values.errors import BadTemplate
from values.issue import Issue

_DATE_FORMS: Final = {"arabic": arabic, "chinese": chinese}
_RENDER_ERRORS: Final = (
    TemplateError,
    OpcError,
    PythonDocxError,
    etree.XMLSyntaxError,
    AttributeError,  # docxtpl meets a structure it does not expect, such as a table without a grid
    LookupError,
    TypeError,
    ValueError,
)


def check_template(data: bytes) -> tuple[str, ...]:
    """What is wrong with a template, in Chinese, one line each; empty when an issue can be typeset with it."""
    problems = _problems(data)
    if problems:
        return problems
    try:
        _rendered(data, dict.fromkeys(TAGS, "试排"))
    except _RENDER_ERRORS as error:
        return (_trial_failed(error),)
    return ()


def fill_template(data: bytes, issue: Issue) -> DocxPackage:
    """The template with masthead and imprint filled in. Each mark has become a paragraph with the text in MARKS.

    Raises BadTemplate with all problems when the template cannot be used.
    """
    problems = _problems(data)
    if problems:
        raise BadTemplate(problems)
    try:
        package = open_package(_rendered(data, tag_values(issue)))
    except _RENDER_ERRORS as error:
        raise BadTemplate((_trial_failed(error),)) from error
    set_properties(package, issue)
    return package


def tag_values(issue: Issue) -> dict[str, str]:
    """The words for each of TAGS in this issue. Lists are joined with “；”; what is not configured is ""."""
    masthead, imprint = issue.masthead, issue.imprint
    dated = masthead.dated
    return {
        "title": masthead.title,
        "kind": masthead.kind,
        "label": masthead.number.label,
        "number": str(masthead.number.number),
        "total": f"总第{masthead.total}期" if masthead.total else "",
        "year": str(masthead.number.year),
        "marking": masthead.marking,
        "registration": masthead.registration,
        "office": masthead.office,
        "date": _DATE_FORMS[masthead.date_form](dated),
        "report_to": "；".join(imprint.report_to),
        "copy_to": "；".join(imprint.copy_to),
        "issue_to": "；".join(imprint.issue_to),
        "edited_by": imprint.office,
        "responsible_editor": imprint.responsible_editor,
        "signed_by": imprint.signed_by,
        "copies": str(imprint.copies or ""),
        "phone": imprint.phone,
        "call_for_papers": imprint.call_for_papers,
        "mailbox": imprint.mailbox,
    }


def _trial_failed(error: Exception) -> str:
    remedy = "请检查 {{ }} 和 {% %} 是否成对，{%p if … %} 与 {%p endif %} 是否各占一段。"
    return f"模板的标记无法填写：{error}。{remedy}"


def _problems(data: bytes) -> tuple[str, ...]:
    """The problems that show without filling the template in."""
    try:
        package = open_package(data)
    except NotAPackage:
        return ("模板不是 Word 文档，或已损坏：请用 Word 或 WPS 打开后另存为“Word 文档（*.docx）”。",)
    try:
        document = package.root(package.document)
        styles = [package.root(part) for part in package.related("styles")]
        margins = [package.root(part) for part in dict.fromkeys(package.related("header", "footer"))]
    except etree.XMLSyntaxError as error:
        return (f"模板已损坏（{error}）：请用 Word 或 WPS 打开后另存为“Word 文档（*.docx）”。",)
    body = document.find(W + "body")
    kind = package.content_type(package.document)
    if body is None or kind != MAIN_TYPE or document.nsmap.get("w") != W_NS:
        return ("模板要存为普通的“Word 文档（*.docx）”，不要存为 .dotx、.docm 或“严格 Open XML 文档”。",)
    lines = [*_lines(body), *(line for part in margins for line in _lines(part))]
    absent = find_styles(styles[0] if styles else None).missing
    missing = tuple(f"模板缺少样式“{NAMES[ours]}”（{ours}）：请从原模板复制回来。" for ours in absent)
    return (*tag_problems(lines), *missing, *resaved_problems(document))


def _lines(part: etree._Element) -> list[TemplateParagraph]:
    """The paragraphs of a part, those in tables and text boxes included; the text of a text box is not repeated in the
    paragraph around it."""
    return [
        TemplateParagraph(
            "".join(
                text.text or "" for text in paragraph.iter(W + "t") if next(text.iterancestors(W + "p")) is paragraph
            ),
            paragraph.getparent() is part and part.tag == W + "body",
        )
        for paragraph in part.iter(W + "p")
    ]


def _rendered(data: bytes, values: Mapping[str, str]) -> bytes:
    filled = DocxTemplate(io.BytesIO(with_known_core_properties(data)))
    context = {name: clean(value) for name, value in values.items()} | dict(MARKS)
    filled.render(context, template_environment(), autoescape=True)
    out = io.BytesIO()
    filled.save(out)
    return out.getvalue()
