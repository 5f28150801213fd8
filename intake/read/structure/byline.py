"""署名: recognises the line that names the signing units and holds nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake.read.structure.house_lines import without_date
from intake.read.structure.persons import is_person
from values.department import Department, department_called, names_longest_first, plain_name

_LABEL: Final = re.compile(
    r"(?:供稿单位|报送单位|投稿单位|撰稿单位|来稿单位|作者单位|(?:信息|稿件|文章)?来源|供稿|报送|单位)\s?(?:[（(](?:盖章|公章|签章)[）)])?\s?[:：|丨｜]"
)
_MARKS: Final = re.compile(r"\W+")
_DASHES: Final = re.compile(r"^[—―─－-]{1,4}")
_LABELLED: Final = re.compile(rf"(?:^|[\s；;，,（(]){_LABEL.pattern}\s*([\u4e00-\u9fff、]{{2,30}})")
"""A label and the units behind it, anywhere in a line."""
_BRACKETS: Final = {"（": "）", "(": ")", "【": "】", "[": "]", "〔": "〕"}
_SEPARATORS: Final = " \t\u3000\u00a0/|"
_BETWEEN: Final = re.compile(r"[\s、，,/]+")
_AND: Final = re.compile(r"[\s、，,/]+|[和与]")
_APART: Final = re.compile(r"[、，,/]+|\s{2,}|[\u3000\t]+")
_NAME: Final = r"(?:[\u4e00-\u9fff·]{2,4}|[\u4e00-\u9fff]\s+[\u4e00-\u9fff])"
_SPEAKER: Final = re.compile(
    rf"[\u4e00-\u9fff（）()、]{{0,30}}(?:[局县区市镇乡部院校科处所队会厅司站]长|主任|书记|主席|经理|校长|代表|委员)\s+({_NAME})"
)
_PEOPLE: Final = re.compile(rf"{_NAME}(?:[\s、，,/]+{_NAME}){{0,3}}")
_OFFICE: Final = re.compile(r"(?:[\u4e00-\u9fff]{0,6}[科室股办]|(?:调研|课题|写作|督查)组|供稿|报送)")
_JOINTLY: Final = re.compile(r"(?:联合)?(?:报送|供稿|投稿|撰稿|上报|发布|印发|主办)$|联合$")
_SEAL: Final = re.compile(r"\s?[（(](?:盖\s?章|公\s?章|印\s?章|签\s?章|代\s?章|代|章)[）)]$")
_UNIT: Final = re.compile(
    r"[\u4e00-\u9fff“”（）()]{2,30}(?:局|委|办|厅|政府|中心|镇|乡|街道|办事处|院|公司|大队|学校|集团|支队|办公室|居委会|村委会|委员会|管委会|"
    r"联合会|工会|协会|学会|商会|妇联|团委|党委|党组|党支部|指挥部|领导小组|管理处|管理所|服务站|幼儿园|小学|中学|医院|卫生院|派出所|司法所)"
)
_SIGNER: Final = re.compile(
    r"(?:中共|中国共产党)?[\u4e00-\u9fff“”（）()·]{2,35}"
    r"(?:[局委办府部厅处组所站会院校社司室队行厂团园馆库台庭署镇乡村科股联]|街道|中心|集团|党组|支部|大学|小学|中学)"
)
_FOR_ANOTHER: Final = re.compile(r"^[（(].{2,30}代章[）)]$")
"""Whose seal stands for that of a unit without one: （章贡区民政局代章）."""
_NO_SIGNER: Final = re.compile(r"[的了是]|关于|[一二三四五六七八九十]、|附件")
_LONGEST: Final = 60
"""Characters of a byline: a full name has up to 25, and some lines name two units or add writers and a date."""
_LONGEST_NAME: Final = 30
"""Characters of the name of one unit; a longer line that ends like a sentence is one."""
_WRITERS: Final = re.compile(rf"[（(]?(?:(?:图文|文图|文)\s?[/／:：]\s?)?({_PEOPLE.pattern})[）)]?")


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline."""

    text: str
    """The unit as signed; several with 、 between them."""
    departments: tuple[str, ...]
    """The canonical names of the units that are registered, in the order in which they sign."""
    with_people: bool = False
    """Whether the line also names persons, so that all of it is kept on record."""
    date: str = ""
    """The date beside the unit, "" for none."""
    line: str = ""
    """The line as it stands in the file."""

    @property
    def department(self) -> str | None:
        """The first of the departments; None when no unit is registered."""
        return self.departments[0] if self.departments else None

    @property
    def on_record(self) -> str:
        """What the printed byline does not show of its line: the whole line where that has a label, persons or
        （盖章）; the date alone where nothing else is missing; "" where nothing is."""
        shown = {_words(self.text), _words(self.text + self.date), _words(self.date + self.text)}
        return self.date if _words(self.line) in shown else self.line


def joint_byline(bylines: Sequence[Byline]) -> Byline:
    """The byline of units that sign on lines of their own. At least one.

    A line that only names departments that have signed already adds nothing: 区教体局, 章贡区教育体育局.
    """
    signers: list[Byline] = []
    for byline in bylines:
        signed = {name for signer in signers for name in signer.departments}
        if not byline.departments or not signed.issuperset(byline.departments):
            signers.append(byline)
    departments = dict.fromkeys(name for byline in signers for name in byline.departments)
    return Byline(
        "、".join(dict.fromkeys(byline.text for byline in signers)),
        tuple(departments),
        with_people=any(byline.with_people for byline in bylines),
        date=next((byline.date for byline in bylines if byline.date), ""),
    )


def byline_of(
    line: str, departments: Sequence[Department], *, expected: bool = False, above_date: bool = False
) -> Byline | None:
    """The byline in a line; None for any other line.

    expected: the line is where bylines are expected and formatted like one, so that an unregistered unit is accepted.
    above_date: it is followed by the date of a 落款, so that nearly any name of a unit is accepted.
    """
    if len(line) > _LONGEST or "。" in line[:-1] or (len(line) > _LONGEST_NAME and line[-1] in "。；："):
        return None
    if line[0] in "（(" and _FOR_ANOTHER.search(line):
        return None
    text, marked = _bare(line)
    text, date = without_date(text)
    text, labelled = _bare(text) if date else (text, False)
    marked = marked or labelled
    text = _SEAL.sub("", text).strip()
    byline = _registered(text, departments, marked) or _jointly(text, departments, marked)
    if byline is None and (expected or above_date or marked or date):
        byline = _unregistered(text, _SIGNER if above_date else _UNIT)
    return replace(byline, date=date, line=line) if byline else None


def labelled_units(line: str, departments: Sequence[Department]) -> Byline | None:
    """The registered units behind 报送单位： or 来源： in a line with further labels; None for any other line."""
    for unit in _LABELLED.findall(line):
        byline = _registered(unit.strip(), departments, marked=True)
        if byline is not None and byline.department is not None:
            return byline
    return None


def is_writers_line(line: str) -> bool:
    """Whether the line may be one to four names of persons and nothing else: 张敏, 张 敏　刘建军, 文/张敏."""
    writers = _WRITERS.fullmatch(line) if len(line) <= _LONGEST else None
    return writers is not None and all(is_person(name) for name in _names(writers[1]))


def names_speaker(line: str) -> bool:
    """Whether the line names a person with a post: 区民政局局长　李明, as below the title of a speech."""
    speaker = _SPEAKER.fullmatch(line) if len(line) <= _LONGEST else None
    return speaker is not None and is_person("".join(speaker[1].split()))


def _names(text: str) -> list[str]:
    """The names in the text; a name of two characters may have a gap inside (张 敏)."""
    return ["".join(name.split()) for name in re.findall(_NAME, text)]


def _words(text: str) -> str:
    """The text without white space, brackets and other marks."""
    return _MARKS.sub("", text)


def _bare(line: str) -> tuple[str, bool]:
    """The line without dashes before it, brackets and label, and whether it had brackets or a label."""
    text = _DASHES.sub("", line.strip(), count=1).strip()
    if _BRACKETS.get(text[:1]) == text[-1:] and len(text) > 2:
        return _LABEL.sub("", text[1:-1].strip(), count=1).strip(), True
    label = _LABEL.match(text)
    return (text[label.end() :].strip(), True) if label else (text, False)


def _registered(text: str, departments: Sequence[Department], marked: bool) -> Byline | None:
    whole = department_called(text, departments)
    if whole is not None:
        return Byline("".join(text.split()), (whole.name,))
    if joint := _joint(text, departments):
        return joint
    plain = plain_name(text)
    for name, department in names_longest_first(departments):
        if name and plain.startswith(name):
            return _with_rest(text, name, department, marked)
    return None


def _jointly(text: str, departments: Sequence[Department], marked: bool) -> Byline | None:
    """The byline before 联合报送 or the like."""
    units = _JOINTLY.sub("", text)
    return _registered(units.strip(), departments, marked) if units != text else None


def _joint(text: str, departments: Sequence[Department]) -> Byline | None:
    """Several units on one line, of which at least one is registered and the others are units by their names."""
    if _AND.search(text) is None:
        return None
    for between in (_BETWEEN, _APART, _AND):
        parts = ["".join(part.split()) for part in between.split(text) if part.strip()]
        if len(parts) < 2:
            continue
        signers = [department_called(part, departments) for part in parts]
        if any(signers) and all(
            signer is not None or (between is not _AND and _UNIT.fullmatch(part))
            for part, signer in zip(parts, signers, strict=True)
        ):
            return Byline("、".join(parts), tuple(dict.fromkeys(signer.name for signer in signers if signer)))
    return None


def _with_rest(text: str, name: str, department: Department, marked: bool) -> Byline | None:
    """A unit followed by one of its offices (区教体局办公室) or, separated from it, by persons. None otherwise."""
    end = next((at for at in range(1, len(text) + 1) if plain_name(text[:at]) == name), None)
    if end is None:
        return None
    signed, rest = "".join(text[:end].split()), text[end:]
    people = rest.strip(_SEPARATORS + "（）()：:、，,")
    if _OFFICE.fullmatch(people):
        return Byline(signed if people in ("供稿", "报送") else signed + people, (department.name,))
    apart = marked or rest[:1] in _SEPARATORS + "（("
    if apart and _PEOPLE.fullmatch(people):
        return Byline(signed, (department.name,), with_people=True)
    return None


def _unregistered(text: str, form: re.Pattern[str]) -> Byline | None:
    """The units that nobody has registered, by the form of their names."""
    plain = "".join(text.split())
    if _NO_SIGNER.search(plain):
        return None
    units = ["".join(part.split()) for part in _APART.split(text) if part.strip()]
    if len(units) > 1 and all(map(form.fullmatch, units)):
        return Byline("、".join(units), ())
    return Byline(plain, ()) if form.fullmatch(plain) else None
