"""署名: which unit signs, told from a line that holds nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake.read.house_lines import without_date
from values.department import KnownDepartment, department_called, names_longest_first, plain_name

_LABEL: Final = re.compile(r"(?:供稿单位|报送单位|投稿单位|撰稿单位|来稿单位|信息来源|供稿|报送|来源|单位)\s?[:：]")
_BRACKETS: Final = {"（": "）", "(": ")", "【": "】", "[": "]", "〔": "〕"}
_SEPARATORS: Final = " \t\u3000\u00a0/|"
_BETWEEN: Final = re.compile(r"[\s、，,/]+")
_NAME: Final = r"(?:[\u4e00-\u9fff·]{2,4}|[\u4e00-\u9fff]\s+[\u4e00-\u9fff])"
_PEOPLE: Final = re.compile(rf"{_NAME}(?:[\s、，,/]+{_NAME}){{0,3}}")
_OFFICE: Final = re.compile(r"(?:[\u4e00-\u9fff]{0,6}[科室股办]|供稿|报送)")
_UNIT: Final = re.compile(
    r"[\u4e00-\u9fff“”]{2,20}(?:局|委|办|中心|镇|乡|街道|办事处|院|公司|分局|大队|学校|集团|支队|办公室)"
)
_LONGEST: Final = 60
_WRITERS: Final = re.compile(rf"[（(]?(?:(?:图文|文图|文)\s?[/／:：]\s?)?({_PEOPLE.pattern})[）)]?")
_SURNAMES: Final = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁"
    "单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀惠曲封储靳井段富巫乌焦巴牧山谷车侯全班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司"
    "韶黎蓟薄印宿白怀蒲卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀浦尚农温庄晏柴瞿阎慕连茹习艾鱼容"
    "古易慎戈廖终居衡步都耿满匡国文寇广欧沃利蔚越隆师巩聂晁勾敖融冷辛阚那简饶曾沙丰关查游竺权盖付肖闫涂赖代兰覃揭"
)
"""The usual first characters of names. 基本情况 and 主要做法 begin with none of them."""
_DOUBLE_SURNAMES: Final = ("欧阳", "上官", "司马", "诸葛", "司徒", "东方", "夏侯", "皇甫", "尉迟", "公孙")


@dataclass(frozen=True, slots=True)
class Byline:
    """text: the unit as signed. department: its canonical name, None when the register does not know it.

    with_people: the line also names persons, so that the whole line belongs on record. date: the date beside the unit,
    "" for none.
    """

    text: str
    department: str | None
    with_people: bool = False
    date: str = ""


def byline_of(line: str, departments: Sequence[KnownDepartment], *, expected: bool = False) -> Byline | None:
    """The byline that the line is. None for every other line.

    expected: the line stands where bylines stand and is set like one, so that a unit nobody registered will do.
    """
    if len(line) > _LONGEST:
        return None
    text, marked = _bare(line)
    text, date = without_date(text)
    byline = _registered(text, departments, marked)
    if byline is None and (expected or marked or date):
        byline = _unregistered(text)
    return replace(byline, date=date) if byline else None


def is_writers_line(line: str) -> bool:
    """Whether the line may be one to four names of persons and nothing else: 张敏, 张 敏　刘建军, 文/张敏."""
    found = _WRITERS.fullmatch(line) if len(line) <= _LONGEST else None
    return found is not None and all(_is_name(name) for name in _names(found[1]))


def _names(text: str) -> list[str]:
    """The names; one of two characters may have a gap inside."""
    return ["".join(name.split()) for name in re.findall(_NAME, text)]


def _is_name(name: str) -> bool:
    return name[0] in _SURNAMES and (len(name) <= 3 or name[:2] in _DOUBLE_SURNAMES)


def _bare(line: str) -> tuple[str, bool]:
    """The line without brackets and label; whether it had any."""
    text = line.strip()
    if _BRACKETS.get(text[:1]) == text[-1:] and len(text) > 2:
        return _LABEL.sub("", text[1:-1].strip(), count=1).strip(), True
    label = _LABEL.match(text)
    return (text[label.end() :].strip(), True) if label else (text, False)


def _registered(text: str, departments: Sequence[KnownDepartment], marked: bool) -> Byline | None:
    whole = department_called(text, departments)
    if whole is not None:
        return Byline("".join(text.split()), whole.name)
    parts = [part for part in _BETWEEN.split(text) if part]
    signers = [department_called(part, departments) for part in parts]
    if len(parts) > 1 and all(signers) and signers[0] is not None:
        return Byline(text, signers[0].name)
    plain = plain_name(text)
    for name, department in names_longest_first(departments):
        if name and plain.startswith(name):
            return _with_rest(text, name, department, marked)
    return None


def _with_rest(text: str, name: str, department: KnownDepartment, marked: bool) -> Byline | None:
    """A unit followed by an office of its own (区教体局办公室) or, set off from it, by persons."""
    end = next((at for at in range(1, len(text) + 1) if plain_name(text[:at]) == name), None)
    if end is None:
        return None
    signed, rest = "".join(text[:end].split()), text[end:]
    people = rest.strip(_SEPARATORS + "（）()：:、，,")
    if _OFFICE.fullmatch(people):
        return Byline(signed if people in ("供稿", "报送") else signed + people, department.name)
    apart = marked or rest[:1] in _SEPARATORS + "（("
    if apart and _PEOPLE.fullmatch(people):
        return Byline(signed, department.name, with_people=True)
    return None


def _unregistered(text: str) -> Byline | None:
    plain = "".join(text.split())
    return Byline(plain, None) if _UNIT.fullmatch(plain) else None
