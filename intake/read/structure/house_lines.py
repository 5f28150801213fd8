"""Recognises lines for the office only (撰稿、审核、联系电话), salutations, and a 简报头. They are recorded, never
printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from intake.read.structure.persons import is_person
from values.ordinals import label_of

_ROLES: Final = (
    "(?:本报|特约|本刊)?(?:记者|通讯员)|撰稿人?|供稿人?|投稿人|作者|拟稿人?|执笔人?|审核人?|审稿人?|[初复终一二三]审(?:[初复终一二三]校)?|[一二三]校|审签人?|审批|"
    "审定|签发人?|签批|核发|核稿人?|校对人?|校核|责任编辑|责任校对|责编|值班(?:编辑|主任|领导|总编)|编辑|编审|编校|副?主编|总编辑?|监制|"
    "排版|图文|文图|文字|图片|摄影|供图|联系人|报送人|填报人"
)
_LABELS: Final = (
    f"{_ROLES}|联系人及(?:联系)?(?:电话|方式)|联系电话|联系方式|办公电话|电话|手机号?码?|邮箱|电子邮箱|微信号?|传真|(?:单位|联系)?地址|邮政编码|"
    "邮编|(?:报送|填报|投稿|撰稿|上报|发布)(?:时间|日期)|分管领导|单位负责人|负责人|主要领导|(?:审核|审批|领导)意见|字数|"
    "(?:信息|稿件|文章)?来源|(?:供稿|报送|投稿|撰稿|来稿|填报|作者|拟稿|发文|发布)单位|索引号|发文机关|发布机构|发文字号|(?:发文|成文|生成)日期|"
    "(?:发稿|更新|录入|刊发)(?:时间|日期)|时间(?=[:：]\\d{4}\\D\\d{1,2}\\D\\d{1,2}.*来源)|(?:浏览|阅读|点击|访问)(?:次数|量|数)?|字体(?:大小)?|字号|"
    "发布(?:人|者)|录入(?:人|员)?|信息员|(?:内容|资料)来源|"
    "主题分类|主题词|(?:信息)?公开(?:方式|形式|属性|类别)|紧急程度|有效性|印数|单位(?=[（(]?(?:盖章|公章))|[Tt][Ee][Ll]|[Qq]{2}"
)
_SIGNED: Final = "(?:[（(]?(?:签[字名]|盖章|公章)[）)]?)?"
_LABEL: Final = re.compile(rf"(?:{_LABELS}){_SIGNED}[:：]")
_BARE_LABEL: Final = re.compile(rf"(?:{_LABELS}){_SIGNED}[:：]?")
_PHONE: Final = re.compile(r"(?:联系电话|电话|手机)[\d\-、，,/（）()]{7,40}")
_PARTS: Final = re.compile(r"[\s、，,/／|丨｜:：（）()【】]+")
_ROLE: Final = re.compile(f"(?:文|图|{_ROLES})")
_CALLED: Final = re.compile("(?:(?:本报|特约|本刊)?(?:记者|通讯员))(?=.)")
_NUMBER_OF_PHONE: Final = re.compile(r"[\d-]{7,15}")
_REMARK: Final = re.compile(
    r"[（(](?:作者(?:系|为|单位).{2,24}|(?:全文)?共?约?\d{2,5}字|[\u4e00-\u9fff]{2,30}代章)[）)]"
)
_LONGEST_NAME: Final = 4
"""Characters of a person's name, with a surname of two."""
_VALUE: Final = re.compile(r"[\x21-\x7e（）、，；：]")
_DAY: Final = (
    r"(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月|\d{4}[-./]\d{1,2}[-./]\d{1,2}|"
    r"[二〇○零一三四五六七八九OoＯ0]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_DATED: Final = re.compile(rf"^{_DAY}(?:\d{{1,2}}[:：]\d{{2}})?(?=\D)")
_OPEN_DATE: Final = re.compile(r"(?:[12]\d{3}|[Xx×*]{2,4}|)年[\dXx×*]{0,2}月[\dXx×*]{0,2}日")
"""A date of which the day, or more, is left to be filled in: 2022年11月　日."""
_DATE: Final = re.compile(_DAY)
_DATE_LAST: Final = re.compile(rf"[\s（(，,|/]*({_DAY.replace('年', '年 ?').replace('月', '月 ?')})[）)]?$")
_DATE_FIRST: Final = re.compile(rf"({_DAY})[\s|]*(?=\D)")
_LONGEST: Final = 80
"""Characters of such a line: four labels with their values. The expressions are tried on no more than twice as many."""
_LONGEST_VALUE: Final = 12
"""Chinese characters after one label: names, a unit, a post. More is a sentence."""
_LONGEST_DATED: Final = 60
"""Characters of a line with a date at its end; as for a byline."""

_ADDRESSEE: Final = re.compile(
    r"(?:尊敬的|敬爱的)?[\u4e00-\u9fff“”\"、，（）()]{1,20}"
    r"(?:办|局|委|部|科|股|中心|编辑|领导|主任|同志|老师|政府|小组|办公室|编辑部|办公厅)(?:[:：]|(?:[:：，,]?[您你]好)[！!。：:，,]?)"
)
_GREETING: Final = re.compile(r"(?:各位.{0,6}|大家|您|你)好[！!。：:，,]?")
_COVER: Final = re.compile(
    r"(?:[您你大家]{1,2}好[！!。，,])?(?:现|兹|随信).{0,40}(?:报送|呈报|投稿|发送|上报|报上|送上|呈上|附上).{0,20}请.{0,8}(?:审|查收|收|采用|采纳|指正).{0,6}[。！]?"
)
_ATTACHED: Final = re.compile(
    r"附件[\d一二三四五六七八九十]{0,2}[:：]?|(?:简报|信息)?(?:投稿|来稿|稿件)|(?:简报|信息)稿"
)
_LONGEST_PREFACE: Final = 60
"""Characters of a line that speaks to the office; two lines of a letter."""

_COUNT: Final = r"(?:第|总第)[\d一二三四五六七八九十百〇零]{1,5}[期次]"
_NUMBER: Final = re.compile(
    rf"(?:\d{{4}}年)?[（(]?{_COUNT}[）)]?(?:[（(]?{_COUNT}[）)]?)?|[〔\[（(]\d{{4}}[〕\]）)](?:第?\d{{1,4}}[期号])"
)
_KIND: Final = re.compile(r".{0,20}(?:简报|快报|专报|快讯|信息|动态|通讯|专刊|要情|纪要)")
_MINUTES: Final = re.compile(r".{0,30}纪要")
"""The mark of minutes (GB/T 9704-2012 10.3), which are also their title where no other follows."""
_SURE_KIND: Final = re.compile(r".{0,12}(?:简报|快报|专报|快讯)")
_OFFICE_NAME: Final = re.compile(r"[\u4e00-\u9fff“”\"]{2,25}(?:局|委|办|室|中心|镇|乡|街道|院|组|集团|支队|大队)编?印?")
_IMPRINT: Final = re.compile(r"内部资料.{0,10}|(?:主办|编印|编发|承办)(?:单位)?[:：].{2,30}")
_MOST_ABOVE_NUMBER: Final = 4
"""Lines of a masthead above the number of the issue."""
_LONGEST_MASTHEAD_LINE: Final = 40
"""Characters of a line of a masthead; those of the printed sample issue have up to 16."""


@dataclass(frozen=True, slots=True)
class SourceMasthead:
    """The 简报头 of a department's own bulletin, above an article."""

    length: int
    """How many lines it has."""
    certain: bool
    """Whether it has several lines, among them a kind (工作简报) and a number."""


def is_house_line(text: str) -> bool:
    """Whether the line consists of labels with short values (撰稿：张敏 审核：刘建军), or of a remark such as
    （作者系…）."""
    plain = "".join(text[: 2 * _LONGEST].split())
    if _REMARK.fullmatch(plain):
        return True
    plain = plain[1:-1] if plain[:1] in "（(【" and plain[-1:] in "）)】" else plain
    plain = _DATED.sub("", plain, count=1)
    if not plain or len(plain) > _LONGEST or any(mark in plain for mark in "。！？"):
        return False
    if _PHONE.fullmatch(plain) or _names_roles(text):
        return True
    before, *values = _LABEL.split(plain)
    return not before and bool(values) and all(len(_VALUE.sub("", value)) <= _LONGEST_VALUE for value in values)


def _names_roles(text: str) -> bool:
    """Whether the line lists roles without colons, each with its persons: 撰稿 张敏　审核 刘建军, 记者张敏, 文/张
    敏."""
    names = 0
    in_role = False
    for part in _joined([part for part in _PARTS.split(text) if part]):
        if _ROLE.fullmatch(part):
            in_role, names = True, 0
            continue
        called = _CALLED.match(part)
        in_role = in_role or called is not None
        name = part[called.end() :] if called else part
        if not in_role or not (_NUMBER_OF_PHONE.fullmatch(name) or (len(name) <= _LONGEST_NAME and is_person(name))):
            return False
        names += 1
    return names > 0


def _joined(parts: Sequence[str]) -> list[str]:
    """The parts, with names that have a gap inside (张 敏) put together."""
    whole: list[str] = []
    for part in parts:
        if len(part) == 1 and whole and len(whole[-1]) == 1 and part not in "文图":
            whole[-1] += part
        else:
            whole.append(part)
    return whole


def is_date_line(text: str) -> bool:
    """Whether the line is only a date: 2022年11月1日, 二〇二二年十一月一日, with or without brackets."""
    if len(text) > _LONGEST_DATED:
        return False
    plain = "".join(unicodedata.normalize("NFKC", text).split()).strip("（）()")
    return len(plain) <= 20 and (_DATE.fullmatch(plain) is not None or _OPEN_DATE.fullmatch(plain) is not None)


def without_date(text: str) -> tuple[str, str]:
    """A line without the date at its end or beginning, and that date, "" when it has none: 区教体局　2022年11月8日."""
    if len(text) > _LONGEST_DATED:
        return text, ""
    if last := _DATE_LAST.search(text):
        return text[: last.start()].strip(), last[1]
    first = _DATE_FIRST.match(text)
    return (text[first.end() :], first[1]) if first else (text, "")


def is_preface(text: str) -> bool:
    """Whether a line above the title speaks to the office: 区五型办：, 您好！, 现报送稿件一篇，请审阅。, 附件1."""
    plain = "".join(text.split())
    if len(plain) > _LONGEST_PREFACE or label_of(plain):
        return False
    return any(form.fullmatch(plain) for form in (_ADDRESSEE, _GREETING, _COVER, _ATTACHED))


def house_cells(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The lines of a small table for the office: 撰稿 | 张敏 or 撰稿：张敏. () when any cell is something else.

    rows: the texts of the cells. A row of labels above a row of as many values is read in pairs.
    """
    filled = [[text for cell in row for text in _cell_lines(cell)] for row in rows]
    filled = [row for row in filled if row]
    if len(filled) == 2 and len(filled[0]) == len(filled[1]) and all(map(_BARE_LABEL.fullmatch, filled[0])):
        filled = [[cell for pair in zip(*filled, strict=True) for cell in pair]]
    lines = tuple(line for row in filled for line in _paired(row))
    return lines if all(is_house_line(line) or is_date_line(line) for line in lines) else ()


def _cell_lines(cell: str) -> list[str]:
    """The lines of a cell that consists of lines for the office; otherwise its whole text as one line."""
    lines = [text for line in cell.split("\n") if (text := " ".join(line.split()))]
    return lines if all(map(is_house_line, lines)) else [" ".join(lines)]


def _paired(cells: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for cell in cells:
        if lines and _BARE_LABEL.fullmatch("".join(lines[-1].split())) and not _BARE_LABEL.match("".join(cell.split())):
            lines[-1] = lines[-1].rstrip(":：") + "：" + cell
        else:
            lines.append(cell)
    return [line + "：" if _BARE_LABEL.fullmatch(line) and line[-1] not in ":：" else line for line in lines]


def is_issue_number(text: str) -> bool:
    """Whether the line is the number of an issue, with or without its name and date: 工作简报（第12期）."""
    plain, _ = without_date(_plain(text))
    if len(plain) > _LONGEST_MASTHEAD_LINE:
        return False
    plain = plain[1:-1] if plain[:1] in "（(" and plain[-1:] in "）)" else plain
    number = _NUMBER.search(plain)
    if number is None:
        return False
    before, after = plain[: number.start()], plain[number.end() :]
    return (not before or _KIND.fullmatch(before) is not None) and (
        not after or _OFFICE_NAME.fullmatch(after) is not None
    )


def masthead_of(lines: Sequence[str]) -> SourceMasthead | None:
    """The 简报头 at the beginning of the lines: 工作简报, 第12期, 章贡区教育体育局办公室　2022年11月5日. None without
    one."""
    last = next((at for at, line in enumerate(lines[: _MOST_ABOVE_NUMBER + 1]) if is_issue_number(line)), None)
    numbered = last is not None
    if last is None and len(lines) > 1 and _SURE_KIND.fullmatch(_plain(lines[0])) and _is_dated_office(lines[1]):
        last = 1
    if last is None or any(len(line) > _LONGEST_MASTHEAD_LINE or line[-1] in "。；" for line in lines[:last]):
        return None
    end = last + 1
    while end < len(lines) and _continues_masthead(lines[end], lines[end + 1] if end + 1 < len(lines) else ""):
        end += 1
    named = any(_KIND.match(_plain(line)) for line in lines[: last + 1])
    minutes = any(_MINUTES.fullmatch(_plain(line)) for line in lines[: last + 1])
    return SourceMasthead(end, certain=numbered and named and end > 1 and not minutes)


def _continues_masthead(line: str, below: str) -> bool:
    if is_date_line(line) or is_issue_number(line) or is_house_line(line) or _IMPRINT.fullmatch(_plain(line)):
        return True
    return _is_dated_office(line) or (is_date_line(below) and _OFFICE_NAME.fullmatch(_plain(line)) is not None)


def _is_dated_office(line: str) -> bool:
    office, date = without_date(line)
    return bool(date) and _OFFICE_NAME.fullmatch(_plain(office)) is not None


def _plain(text: str) -> str:
    return "".join(text[: 2 * _LONGEST].split())
