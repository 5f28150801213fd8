"""署名: recognises the line that names the signing unit and holds nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake.read.structure.house_lines import without_date
from intake.read.structure.persons import is_person
from values.department import Department, department_called, names_longest_first, plain_name

_LABEL: Final = re.compile(
    r"(?:供稿单位|报送单位|投稿单位|撰稿单位|来稿单位|作者单位|(?:信息|稿件|文章)?来源|供稿|报送|单位)\s?[:：|丨｜]"
)
_BRACKETS: Final = {"（": "）", "(": ")", "【": "】", "[": "]", "〔": "〕"}
_SEPARATORS: Final = " \t\u3000\u00a0/|"
_BETWEEN: Final = re.compile(r"[\s、，,/]+")
_NAME: Final = r"(?:[\u4e00-\u9fff·]{2,4}|[\u4e00-\u9fff]\s+[\u4e00-\u9fff])"
_PEOPLE: Final = re.compile(rf"{_NAME}(?:[\s、，,/]+{_NAME}){{0,3}}")
_OFFICE: Final = re.compile(r"(?:[\u4e00-\u9fff]{0,6}[科室股办]|供稿|报送)")
_UNIT: Final = re.compile(
    r"[\u4e00-\u9fff“”]{2,20}(?:局|委|办|中心|镇|乡|街道|办事处|院|公司|分局|大队|学校|集团|支队|办公室|居委会|村委会|委员会|管委会|联合会|妇联|团委|"
    r"幼儿园|小学|中学|医院|卫生院|派出所|司法所)"
)
_LONGEST: Final = 60
"""Characters of a byline: a full name has up to 25, and some lines name two units or add writers and a date."""
_WRITERS: Final = re.compile(rf"[（(]?(?:(?:图文|文图|文)\s?[/／:：]\s?)?({_PEOPLE.pattern})[）)]?")


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline."""

    text: str
    """The unit as signed."""
    department: str | None
    """The canonical name of the unit, None when it is not registered."""
    with_people: bool = False
    """Whether the line also names persons, so that all of it is kept on record."""
    date: str = ""
    """The date beside the unit, "" for none."""


def byline_of(line: str, departments: Sequence[Department], *, expected: bool = False) -> Byline | None:
    """The byline in a line; None for any other line.

    expected: the line is where bylines are expected and formatted like one, so that an unregistered unit is accepted.
    """
    if len(line) > _LONGEST:
        return None
    text, marked = _bare(line)
    text, date = without_date(text)
    text, labelled = _bare(text) if date else (text, False)
    marked = marked or labelled
    byline = _registered(text, departments, marked)
    if byline is None and (expected or marked or date):
        byline = _unregistered(text)
    return replace(byline, date=date) if byline else None


def is_writers_line(line: str) -> bool:
    """Whether the line may be one to four names of persons and nothing else: 张敏, 张 敏　刘建军, 文/张敏."""
    writers = _WRITERS.fullmatch(line) if len(line) <= _LONGEST else None
    return writers is not None and all(is_person(name) for name in _names(writers[1]))


def _names(text: str) -> list[str]:
    """The names in the text; a name of two characters may have a gap inside (张 敏)."""
    return ["".join(name.split()) for name in re.findall(_NAME, text)]


def _bare(line: str) -> tuple[str, bool]:
    """The line without brackets and label, and whether it had any."""
    text = line.strip()
    if _BRACKETS.get(text[:1]) == text[-1:] and len(text) > 2:
        return _LABEL.sub("", text[1:-1].strip(), count=1).strip(), True
    label = _LABEL.match(text)
    return (text[label.end() :].strip(), True) if label else (text, False)


def _registered(text: str, departments: Sequence[Department], marked: bool) -> Byline | None:
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


def _with_rest(text: str, name: str, department: Department, marked: bool) -> Byline | None:
    """A unit followed by one of its offices (区教体局办公室) or, separated from it, by persons. None otherwise."""
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
