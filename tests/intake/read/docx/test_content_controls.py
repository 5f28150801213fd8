"""Content controls that nobody has filled in: their prompt is no text."""

from __future__ import annotations

import pytest

from tests.support.docx_reading import lines, omissions, p, r, tables, tbl, tc, tr
from tools.docx_builder import docx, paragraph

PROMPT = "<w:sdt><w:sdtPr><w:showingPlcHdr{}/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


def test_prompt_of_a_block_and_of_a_run_is_left_out_and_reported() -> None:
    body = PROMPT.format("", paragraph("单击此处输入文字。")) + p(
        r("甲") + PROMPT.format("", r("单击选择日期")) + r("乙")
    )
    assert lines(docx(body)) == ["甲乙"]
    message = "有 2 处内容控件没有填写，其中的提示文字没有收入：“单击此处输入文字。”。"
    assert omissions(docx(body)) == {"placeholder": (message, True)}


def test_filled_content_control_is_read() -> None:
    assert lines(docx(PROMPT.format(' w:val="0"', paragraph("已填")))) == ["已填"]


def test_cell_that_nobody_filled_in_is_empty() -> None:
    [table] = tables(docx(tbl(tr(tc("姓名"), PROMPT.format("", tc("单击输入"))), grid="2000 2000")))
    assert [cell.text for cell in table.rows[0]] == ["姓名", ""]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("<w:checkBox><w:default/></w:checkBox>", "☒"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "☐"),
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "☒"),
        ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>', "乙"),
        ('<w:ddList><w:default w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>', "乙"),
        ('<w:ddList><w:listEntry w:val="甲"/></w:ddList>', "甲"),
        ('<w:ddList><w:result w:val="9"/><w:listEntry w:val="甲"/></w:ddList>', ""),
        ("<w:textInput/>", ""),
    ],
)
def test_form_field_shows_its_choice(form: str, shown: str) -> None:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{form}</w:ffData></w:fldChar></w:r>'
    rest = '<w:r><w:instrText>FORM</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert lines(docx(p(r("选：") + begin + rest + r("。")))) == [f"选：{shown}。"]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r"eq \o(\s\up 5(民政),\s\do 2(教育))", "民政教育"),
        (r"EQ \o (\s\up5(民政), \s\do 2 (教育))", "民政教育"),
        (r'EQ \* jc0 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(mín),民)', "民"),
    ],
)
def test_characters_set_together_are_read(code: str, shown: str) -> None:
    field = "".join(
        f"<w:r>{inner}</w:r>"
        for inner in (
            '<w:fldChar w:fldCharType="begin"/>',
            f"<w:instrText>{code}</w:instrText>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    assert lines(docx(p(r("由") + field + r("办")))) == [f"由{shown}办"]
    assert "unknown-field" not in omissions(docx(p(r("由") + field + r("办"))))


def test_cell_whose_deletion_is_tracked_is_left_out() -> None:
    deleted = tc("旧", '<w:cellDel w:id="1" w:author="a"/>')
    data = docx(tbl(tr(tc("甲"), deleted) + tr(tc("乙"), deleted), grid="2000 2000"))
    assert [[cell.text for cell in row if cell.text] for row in tables(data)[0].rows] == [["甲"], ["乙"]]
    assert "tracked-deletion" in omissions(data)
