"""What an official document carries around its text, and what stays in print."""

from __future__ import annotations

import pytest

from intake.read.structure.document_furniture import (
    contact_at_end,
    is_contact,
    is_copy_line,
    is_furniture_table,
    is_imprint,
    is_remark,
)
from tests.support.docx_reading import tbl, tc, tr
from tests.support.manuscripts import BODY, TITLE, large, parts_of, plain, read
from values.manuscript import Cell, Table


@pytest.mark.parametrize(
    "line",
    [
        "（此页无正文）",
        "(此页无正文)",
        "此页无正文",
        "（以下无正文）",
        "（此件公开发布）",
        "（此件主动公开）",
        "（此件依申请公开）",
        "（此件不予公开）",
        "（此件发至乡镇级）",
        "（信息公开形式：主动公开）",
        "公开方式：主动公开",
        "主题词：民政　救助　通知",
        "（共印100份）",
        "— 12 —",
        "-1-",
        "第1页 共3页",
    ],
)
def test_remarks_and_page_numbers_are_recognised(line: str) -> None:
    assert is_remark(line)


@pytest.mark.parametrize(
    "line",
    [
        BODY,
        "第1页的内容",
        "此件非常重要",
        "1",
        "公开发布会",
        "（三）主动公开政府信息",
        "2022年11月3日",
        "-1",
        "共建共享",
    ],
)
def test_text_is_no_remark(line: str) -> None:
    assert not is_remark(line)


@pytest.mark.parametrize(
    "line",
    [
        "区民政局办公室　　　2022年11月3日印发",
        "区民政局办公室 二〇二二年十一月三日印制",
        "2022年11月3日印发（共印100份）",
    ],
)
def test_imprint_names_a_day(line: str) -> None:
    assert is_imprint(line)


def test_sentence_about_an_imprint_is_none() -> None:
    assert not is_imprint("办法已经印发")
    assert not is_imprint("2022年11月3日印发了《办法》，组织学习。")


@pytest.mark.parametrize(
    "line", ["抄送：区委办公室，区政府办公室。", "抄 送：区委办。", "抄报：市民政局", "分送：各镇。"]
)
def test_list_of_units_that_get_a_copy(line: str) -> None:
    assert is_copy_line(line)


@pytest.mark.parametrize(
    "contact",
    [
        "（联系人：张敏，联系电话：8190001）",
        "（联系人：张敏；联系电话：0797-8190001、8190002）",
        "（联系人及电话：张敏 8190001）",
        "(联系人:张敏,电话:8190001)",
        "（区民政局联系人：张敏（办公室），电话：8190001）",
    ],
)
def test_bracket_that_names_whom_to_call(contact: str) -> None:
    assert is_contact(contact)
    assert contact_at_end(f"{BODY}{contact}") == contact
    assert parts_of(read(large(TITLE) + plain(f"{BODY}{contact}"))) == ((TITLE,), None, [BODY], (contact,))


def test_bracket_within_a_sentence_stays() -> None:
    assert contact_at_end("请与我局（联系人：张敏）联系。") == ""


def test_version_record_at_the_end_is_kept_on_record() -> None:
    lines = (
        "抄送：区委办公室，区政府办公室，区人大常委会办公室，",
        "区政协办公室。",
        "区民政局办公室　2022年11月3日印发",
    )
    assert parts_of(read(large(TITLE) + plain(BODY, *lines))) == ((TITLE,), None, [BODY], lines)


def test_tables_of_a_record_and_of_an_approval_are_taken_out_of_print() -> None:
    record = tbl(tr(tc("抄送：区委办公室。")) + tr(tc("区民政局办公室"), tc("2022年11月3日印发")), grid="4000 4000")
    form = tbl(
        tr(tc("签发"), tc("同意。张敏")) + tr(tc("核稿"), tc("刘建军")) + tr(tc("拟稿单位"), tc("办公室")),
        grid="4000 4000",
    )
    result = read(form + large(TITLE) + plain(BODY) + record)
    assert parts_of(result)[:3] == ((TITLE,), None, [BODY])
    assert result.manuscript.lines == (BODY,)
    assert "抄送：区委办公室。" in result.manuscript.house_lines


def test_table_of_figures_and_empty_form_stay() -> None:
    figures = Table(tuple(tuple(map(Cell, row)) for row in (("社区", "户数", "备注"), ("甲社区", "12", ""))))
    form = Table(tuple(tuple(map(Cell, row)) for row in (("姓名", "", "联系电话", ""), ("单位意见", "", "日期", ""))))
    assert not is_furniture_table(figures)
    assert not is_furniture_table(form)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (plain("抄送：区委办公室。"), ("抄送：区委办公室。",)),
        (plain("一、主要做法……1", "二、工作成效……3"), ("一、主要做法……1", "二、工作成效……3")),
        (
            tbl(tr(tc("签发"), tc("同意。")) + tr(tc("核稿"), tc("已核，请签。")), grid="4000 4000"),
            ("签发\t同意。", "核稿\t已核，请签。"),
        ),
    ],
    ids=["copies", "contents", "form of an approval"],
)
def test_file_of_nothing_else_keeps_it(body: str, lines: tuple[str, ...]) -> None:
    result = read(body, "发文稿纸.docx").manuscript
    assert (result.title_lines, result.lines) == (("发文稿纸",), lines)
