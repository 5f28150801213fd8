"""Recognises what an official document carries around its text: 附注, 抄送, 印发, page numbers, the person to call.

All of it is recorded and never printed (GB/T 9704-2012 7.3.7, 7.4, 7.5).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from intake.read.source import SourceBlock, SourceParagraph
from intake.read.structure.annexes import is_annex_line, is_annex_note
from intake.read.structure.house_lines import is_house_line
from values.manuscript import Table, marks_within

_LONGEST: Final = 60
"""Characters of a remark or an imprint."""
_LONGEST_CONTACT: Final = 150
"""Characters of a bracket that names persons and telephones."""
_LONGEST_COPIES: Final = 400
"""Characters of a list of units that get a copy."""
_MOST_AFTER_COPIES: Final = 10
"""Blocks at the end of a file among which 报：, 送： and 发： are lists of units."""
_MOST_CONTINUED: Final = 3
"""Lines by which a list of units that its author broke by hand goes on."""
_REMARK: Final = re.compile(
    r"[（(]?(?:此页无正文|本页无正文|以下无正文|此页以下无正文|此页空白|以下空白)[）)]?。?"
    r"|[（(]?(?:此|本)(?:件|文|页)(?:(?:主动|依申请|不予|不宜|不|可|非|予以|全文|删减后)?(?:向社会)?公开(?:发布|发表|见报|属性)?.{0,12}|发至.{1,20}|不公开)[）)]?。?"
    r"|[（(]?(?:信息)?公开(?:方式|形式|选项|属性|类别|类型)[:：].{0,12}[）)]?"
    r"|[（(]?是否(?:宜)?公开[:：]?.{0,8}[）)]?"
    r"|[（(](?:主动公开|依申请公开|不予公开|公开发布|公开)[）)]"
    r"|主题词[:：].{1,50}"
    r"|[（(]?(?:共|此件共|本文共)印\d{1,5}份[）)]?"
    r"|[（(](?:此页|本页)无正文[，,].{1,100}[）)]"
    r"|(?:[【\[〖（(]?(?:打印本页|打印此页|打印|关闭窗口|关闭本页|关闭|返回顶部|收藏本页|收藏|分享本页|分享到?|字体|大|中|小|保护视力色)"
    r"[】\]〗）)]?[:：|｜/]?){2,}|【(?:打印|关闭|收藏|分享).{0,4}】|分享到?[:：]|扫一扫.{0,20}|(?:上|下)一[篇条][:：].*"
)
_MAY_REMARK: Final = re.compile("[无白公至题印页分扫篇条字关\\-—－─–]")
"""Characters of which each remark has one: most lines have none and need not be looked at further."""
_OPENS_REMARK: Final = ("（此页无正文", "（本页无正文")
_PRINTED: Final = re.compile(r"印\s*(?:发|制)|翻\s*印|日\s*印")
_PAGE_NUMBER: Final = re.compile(
    r"[-—－─–]+\d{1,4}[-—－─–]+|第\d{1,4}页(?:[，,/]?共\d{1,4}页)?|共\d{1,4}页[，,]?第\d{1,4}页"
)
_NUMERAL: Final = "[一二三四五六七八九十]"
_DAY: Final = (
    r"(?:\d{4}年\d{1,2}月\d{1,2}日|[二〇○零一三四五六七八九OoＯ0]{4}年"
    + _NUMERAL
    + "{1,2}月"
    + _NUMERAL
    + "{1,3}日|年月日)"
)
_IMPRINT: Final = re.compile(rf".{{0,40}}?(?:{_DAY}?(?:印发|印制|翻印)|{_DAY}印)(?:[（(]?共印\d{{1,5}}份[）)]?)?")
_DATED: Final = re.compile(_DAY)
_OPENS_COPIES: Final = ("抄", "分", "主")
"""The first characters of such a list: most lines begin with none and need not be looked at further."""
_COPIES: Final = re.compile(r"(?:抄\s*送|抄\s*报|分\s*送|主\s*送|抄\s*发)(?:机关|单位)?\s*[:：].+")
_LIST: Final = re.compile(r"(?:报|送|发|呈|呈报|呈送|分发|发送)\s*[:：].+")
"""The 版记 of a 简报 (报：区领导)."""
_CONTACT: Final = re.compile(
    r"[（(](?:[\u4e00-\u9fff]{0,12})?(?:联\s?系\s?人|联系方式|联系电话|咨询电话|联系单位|经办人)(?:及(?:联系)?(?:电话|方式))?\s?[:：][^（）()]*"
    r"(?:[（(][^（）()]*[）)][^（）()]*)*[）)]"
)
_CONTACT_LAST: Final = re.compile(rf"(?<=[。！？；])\s*({_CONTACT.pattern})[。]?$")

NEAR_AN_END: Final = 4
"""Blocks from either end within which a table for the office may be; one in the middle belongs to the text."""
_LONGEST_FORM: Final = 800
"""Characters of such a table: opinions of a few lines, the list of units that get a copy."""
_MOST_IMPRINT_CELLS: Final = 8
"""Cells of a 版记: copies, imprint, date, number of copies, each with its label."""
_LEAST_LABELS: Final = 2
"""Labels of an approval that make a table its form; one may stand in a form of an annex."""
_FORM_LABEL: Final = re.compile(
    r"(?:签发|审核|核稿|核签|会签|审签|复核|校对|校核|拟稿|缮印|用印|印数|份数|密级|紧急程度|缓急|主送|抄送|抄报|文号|发文字号|发文机关|"
    r"发文日期|成文日期|发布日期|发布机构|生成日期|索引号|主题分类|主题词|公开(?:方式|属性|形式|类别)|有效性|报送时间|报送人|发布栏目|发布渠道|"
    r"(?:审核|签发|会签|核稿|拟稿|科室|分管领导|主要领导|单位|领导|办公室|编辑部?|股室|部门)(?:审核|审批|审签)?意见|拟稿(?:单位|部门|科室|人)|(?:撰|供|投)稿(?:单位|人)?|信息标题|稿件标题)"
    r"(?:人|单位|部门|科室|意见|日期|时间)?(?:[（(].{0,8}[）)])?(?:[:：]|$)"
)
_SURE_LABEL: Final = re.compile(
    r"(?:科室|股室|分管领导|主要领导|编辑部?)(?:审核|审批|审签)?意见|签发|核稿|拟稿|审签|校对|主送|抄送|文号|发文|索引号|公开|撰稿|投稿|供稿"
)
"""One of these at least: 审核 and 用印 alone may be of any form."""


def is_remark(text: str) -> bool:
    """Whether the line is a remark about the document, an imprint or a page number: （此件公开发布）, …印发, — 2 —."""
    if len(text) > 2 * _LONGEST or _MAY_REMARK.search(text) is None:
        return False
    plain = _plain(text)
    if len(plain) > _LONGEST and not plain.startswith(_OPENS_REMARK):
        return False
    return _REMARK.fullmatch(plain) is not None or _PAGE_NUMBER.fullmatch(plain) is not None or is_imprint(text)


def is_imprint(text: str) -> bool:
    """Whether the line names who printed a document and when: 区民政局办公室　2022年11月3日印发."""
    plain = _plain(text) if len(text) <= 2 * _LONGEST and _PRINTED.search(text) else ""
    return _IMPRINT.fullmatch(plain) is not None and _DATED.search(plain) is not None


def is_copy_line(text: str) -> bool:
    """Whether the line lists the units that get a copy: 抄送：区委办公室，区政府办公室。"""
    return len(text) <= _LONGEST_COPIES and _COPIES.match(text.strip("　 ")) is not None


def is_contact(text: str) -> bool:
    """Whether the paragraph is only a bracket that names whom to call: （联系人：张敏，电话：8190001）."""
    return len(text) <= _LONGEST_CONTACT and text[:1] in "（(" and _CONTACT.fullmatch(text.rstrip("。")) is not None


def contact_at_end(text: str) -> str:
    """Such a bracket after the last sentence of a paragraph; "" for none."""
    bracket = None
    if text.rstrip("。")[-1:] in ("）", ")"):
        bracket = _CONTACT_LAST.search(text, max(0, len(text) - _LONGEST_CONTACT))
    return bracket[1] if bracket else ""


def without_furniture(blocks: Sequence[SourceBlock]) -> tuple[list[SourceBlock], list[str]]:
    """The blocks without remarks, page numbers and brackets that name whom to call, wherever they are, and without the
    版记 at the end; and the lines taken out."""
    copies = _copies(blocks)
    kept: list[SourceBlock] = []
    taken: list[str] = []
    for at, block in enumerate(blocks):
        if isinstance(block, SourceParagraph) and at in copies:
            taken.append(block.text)
        elif isinstance(block, Table) and _is_near_an_end(at, len(blocks)) and is_furniture_table(block):
            taken += filter(None, ("　".join(filter(None, row)) for row in _rows(block)))
        elif not isinstance(block, SourceParagraph):
            kept.append(block)
        elif is_remark(block.text) or is_contact(block.text):
            taken.append(block.text)
        elif contact := contact_at_end(block.text):
            taken.append(contact)
            text = block.text[: block.text.rindex(contact)].rstrip()
            kept.append(replace(block, text=text, marks=marks_within(block.marks, 0, len(text))))
        else:
            kept.append(block)
    return kept, taken


def _is_near_an_end(at: int, count: int) -> bool:
    return at < NEAR_AN_END or at >= count - NEAR_AN_END


def _copies(blocks: Sequence[SourceBlock]) -> frozenset[int]:
    """The indexes of the lists of units that get a copy, also above an annex, with the lines that continue them and the
    imprint below. 报：, 送： and 发： are such lists only at the end of the file."""
    taken: set[int] = set()
    last = len(blocks) - _MOST_AFTER_COPIES
    for at, block in enumerate(blocks):
        if at in taken or not isinstance(block, SourceParagraph):
            continue
        if block.text.lstrip("　 ")[:1] in _OPENS_COPIES and is_copy_line(block.text):
            taken.update(range(at, _end_of_copies(blocks, at)))
        elif at >= last and _LIST.match(block.text) and _end_of_copies(blocks, at) == len(blocks):
            taken.update(range(at, len(blocks)))
    return frozenset(taken)


def _end_of_copies(blocks: Sequence[SourceBlock], start: int) -> int:
    """The index after the lists that begin at `start`, and what belongs to them."""
    is_open = True
    continued = 0
    for at in range(start, len(blocks)):
        line = blocks[at]
        if not isinstance(line, SourceParagraph) or len(line.text) > _LONGEST_COPIES:
            return at
        if is_copy_line(line.text) or _LIST.match(line.text):
            is_open, continued = line.text[-1] != "。", 0
        elif is_remark(line.text) or is_house_line(line.text):
            is_open = False
        elif is_open and continued < _MOST_CONTINUED and _continues_list(line):
            is_open, continued = line.text[-1] != "。", continued + 1
        else:
            return at
    return len(blocks)


def _continues_list(line: SourceParagraph) -> bool:
    set_off = line.centred or line.page_break_before or is_annex_line(line.text) or is_annex_note(line.text)
    return (
        not set_off
        and (line.text[-1] == "。" or any(mark in line.text for mark in "，、,"))
        and "。" not in line.text[:-1]
    )


def is_furniture_table(table: Table) -> bool:
    """Whether a table at an end of the file is a 版记 or the form on which a document was approved (发文稿纸)."""
    texts = ["".join(cell.text.split()) for row in table.rows for cell in row if cell.text.strip()]
    if not texts or sum(map(len, texts)) > _LONGEST_FORM:
        return False
    copies = any(is_copy_line(text) for text in texts) or any(is_imprint("".join(row)) for row in _rows(table))
    labels = [text for text in texts if _FORM_LABEL.match(text)]
    sure = len(labels) >= _LEAST_LABELS and any(map(_SURE_LABEL.match, labels))
    return (copies and len(texts) <= _MOST_IMPRINT_CELLS) or (sure and 4 * len(labels) >= len(texts))


def _rows(table: Table) -> list[list[str]]:
    return [["".join(cell.text.split()) for cell in row] for row in table.rows]


def _plain(text: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return plain.replace("(", "（").replace(")", "）")
