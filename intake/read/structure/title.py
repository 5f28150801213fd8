"""标题: finds the title among the first lines of a manuscript, by style, size, position and wording."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from intake.read.source import SourceParagraph
from intake.read.structure.byline import is_writers_line
from intake.read.structure.lines import formatting
from intake.read.structure.official_head import is_head_line
from values import rules
from values.finding import Finding
from values.ordinals import label_of, points_of

_TITLE_STYLES: Final = ("title", "标题", "文章标题", "大标题", "主标题", "公文标题")
_FIRST_HEADING: Final = ("heading 1", "标题 1", "标题1")
_ENDS_SENTENCE: Final = "。；：，、;:,"
_LONGEST: Final = 60
"""Characters of one line of a title: twice the longest title of the printed sample issue (29)."""
_LONGEST_OFFICIAL: Final = 120
"""Characters of the title of an official document, which names what it forwards: those of real ones reach 80."""
_OFFICIAL: Final = re.compile(
    r"[^。！？：:]{0,60}关于.{2,90}(?:的?(?:通知|通报|通告|公告|公示|报告|请示|批复|意见|决定|决议|方案|办法|规定|细则|建议|提案|函|复函|答复|情况|"
    r"总结|说明|计划|要点|规划|预案|倡议书?|公报|命令|令|汇报|措施|制度|标准|纪要|指南|安排|部署))"
    r"(?:[（(《“].{1,40}[）)》”]){0,2}"
)
"""The wording of a title: 甲县民政局关于……的通知."""
_OPENS: Final = re.compile(r"关于|印发|转发|批转")
_SUBJECTS: Final = ("关于", "印发", "转发", "批转")
_KIND_LAST: Final = re.compile(
    r"(?:通知|通报|通告|公告|报告|请示|批复|意见|决定|方案|办法|规定|细则|函|情况|总结)(?:[（(].{1,20}[）)])?$"
)
_MOST_LINES: Final = 6
"""Lines of a title: those of official documents in 2号 have up to five, and a subtitle."""
_LONGEST_TOTAL: Final = 160
"""Characters of all its lines."""
_LARGER: Final = 1.0
"""Points above the size of the body that set a line off: less is no visible difference (三号 is 16, 四号 14)."""
_LONGEST_PREFACE: Final = 20
"""Characters of a line above the title, such as 附件1 or 简报投稿; a longer one is text."""
_MOST_PREFACES: Final = 3
"""Lines above the title that may be skipped."""
_LONGEST_GUESSED: Final = 30
"""Characters of each of two lines that are taken for one title without any formatting; stricter, as nothing else
speaks for it."""
_LONGEST_SUBTITLE: Final = 45
"""Characters of a subtitle, or of a title that nothing but its position suggests."""
_EXAMPLE: Final = re.compile(r"[（(]以.{2,40}为例[）)]")
_DRAFT: Final = re.compile(
    r"[（(](?:试\s?行|暂行|草案|初稿|修订|.{0,4}(?:意见稿|送审稿|讨论稿|修订稿|审议稿|报批稿|试行|修订|修正|修订版)|\d{4}\s?[—–\-－~～至]{1,2}\s?\d{4}\s?年?)[）)]"
)
"""What a title has below it in brackets: （征求意见稿）, （2022—2025年）."""
_SHORTEST_KICKER: Final = 8
"""Characters of a smaller line above the title that belongs to it (引题); a shorter one names a column."""
_DASHES: Final = ("——", "――", "──", "－－", "--", "—", "―", "–")


IsByline = Callable[[SourceParagraph, bool], bool]
"""Whether a line is a byline. The flag: it is where bylines are expected, so that an unregistered unit is accepted."""


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a manuscript."""

    lines: tuple[str, ...]
    """As its author broke it, a subtitle (——以某校为例) last."""
    guessed: bool
    """Whether only its position suggests it."""
    before: tuple[str, ...]
    """Short lines above it, such as 附件1 or 简报投稿; () for none."""
    used: int
    """How many of the lines searched belong to it and to `before`."""


def find_title(lines: Sequence[SourceParagraph], size: float | None, is_byline: IsByline) -> Title | None:
    """The title among the first lines of a manuscript; None when no line is like one.

    size: of the body, in points; None when unknown.
    """
    plain = bool(lines) and not _stands_out(lines[0], size, below_others=False)
    count = _worded_extent(lines, is_byline) if plain else 0
    if count:
        return Title(tuple(line.text for line in lines[:count]), guessed=False, before=(), used=count)
    for skipped, line in enumerate(lines[: _MOST_PREFACES + 1]):
        if is_head_line(line.text):
            continue
        if is_byline(line, False) and not unit_opens_title(lines[skipped:], size):
            break
        if _is_label(lines[skipped:], size):
            continue
        if _is_title_line(line, size, below_others=skipped > 0):
            count = _whole(lines[skipped:], _extent(lines[skipped:], size, is_byline), is_byline)
            texts = tuple(title.text for title in lines[skipped : skipped + count])
            before = tuple(preface.text for preface in lines[:skipped])
            return Title(texts, guessed=False, before=before, used=skipped + count)
        if len(line.text) > _LONGEST_PREFACE or label_of(line.text) or line.text[-1] in "。；":
            break
    worded = next((at for at, line in enumerate(lines) if is_official_title(line.text)), None)
    if worded is not None and all(len(line.text) <= _LONGEST_PREFACE for line in lines[:worded]):
        before = tuple(line.text for line in lines[:worded])
        return Title((lines[worded].text,), guessed=False, before=before, used=worded + 1)
    if lines and _plausible(lines[0].text, followed_by_byline=len(lines) > 1 and is_byline(lines[1], True)):
        count = _whole(lines, _guessed_extent(lines, is_byline), is_byline)
        return Title(tuple(line.text for line in lines[:count]), guessed=True, before=(), used=count)
    return None


def is_set_as_title(line: SourceParagraph, size: float | None) -> bool:
    """Whether a line has the style of a title, or is larger than the body. size: of the body, in points."""
    return line.style.strip().lower() in _TITLE_STYLES or _is_large(line, size)


def is_official_title(text: str) -> bool:
    """Whether a line has the wording of the title of an official document: 甲县民政局关于……的通知."""
    plain = text.strip()
    return (
        len(plain) <= _LONGEST_OFFICIAL and _OFFICIAL.fullmatch(plain) is not None and plain[-1] not in _ENDS_SENTENCE
    )


def printed_lines(title: Title | None, fallback: str) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The lines to print, and a finding when they are doubtful. fallback: a file name or subject, for lack of a
    title."""
    if title is None:
        name = _title_of_name(fallback)
        message = f"稿件里没有找到标题，暂用“{name}”作标题。" if name else "稿件里没有找到标题。"
        rule = rules.TITLE_FROM_NAME if name else rules.TITLE_MISSING
        finding = rule.finding(message, suggestion="请补上标题，单独成行、居中。")
        return ((name,) if name else ()), (finding,)
    if title.guessed:
        message = f"标题没有居中、加大或使用标题样式，暂把第一行“{title.lines[0]}”当作标题。"
        finding = rules.TITLE_GUESSED.finding(message, suggestion="请核对标题。")
        return title.lines, (finding,)
    return title.lines, ()


def _title_of_name(name: str) -> str:
    """A file name or subject without folder and extension."""
    last = name.strip().replace("\\", "/")
    path = PurePosixPath(last)
    return (path.stem if 1 < len(path.suffix) <= 5 and path.suffix[1:].isascii() else last).strip()


def _stands_out(line: SourceParagraph, size: float | None, *, below_others: bool) -> bool:
    """Whether the formatting suggests a title. Below other lines only style and size count: a bold line is a heading
    there."""
    if is_set_as_title(line, size):
        return True
    first_heading = line.style.strip().lower() in _FIRST_HEADING or line.outline_level == 0
    return not below_others and (line.boxed or line.centred or line.bold or first_heading)


def _is_title_line(line: SourceParagraph, size: float | None, *, below_others: bool) -> bool:
    """Whether a line is a title by its formatting and its words; one formatted as a title may be longer."""
    if not _stands_out(line, size, below_others=below_others):
        return (line.centred or below_others) and is_official_title(line.text)
    longest = _LONGEST_OFFICIAL if line.centred or is_set_as_title(line, size) else _LONGEST
    return could_be_title(line.text, longest)


def unit_opens_title(lines: Sequence[SourceParagraph], size: float | None) -> bool:
    """Whether the name of a unit is the first line of a title: 区民政局 above 关于……的通知 or 通　知, both set off."""
    if len(lines) < 2:
        return False
    below = "".join(lines[1].text.split())
    if not (below.startswith(_SUBJECTS) or _KIND_LAST.fullmatch(below)):
        return False
    alike = formatting(lines[0]) == formatting(lines[1])
    set_off = [line.centred or is_set_as_title(line, size) for line in lines[:2]]
    return set_off[0] and (alike or set_off[1])


def _extent(lines: Sequence[SourceParagraph], size: float | None, is_byline: IsByline) -> int:
    """How many lines the title has that begins with the first: those formatted like it."""
    first, count, length = lines[0], 1, len(lines[0].text)
    kicker = _is_kicker(lines, size)
    opens = unit_opens_title(lines, size)
    for line in lines[1:_MOST_LINES]:
        length += len(line.text)
        if count == 1 and (kicker or opens) and not is_byline(line, False):
            first, count = line, 2
            continue
        same = formatting(line) == formatting(first)
        set_off = line.centred or line.boxed or is_set_as_title(line, size)
        joined = (line.centred or first.centred) and _runs_into(
            "".join(title.text for title in lines[:count]), line.text
        )
        if not ((same and set_off) or joined) or length > _LONGEST_TOTAL or not could_be_title(line.text):
            break
        if is_byline(line, not _is_large(line, size)) or line.text == first.text or is_head_line(line.text):
            break
        count += 1
    return count


def _is_kicker(lines: Sequence[SourceParagraph], size: float | None) -> bool:
    """Whether the first line is an 引题: centred and no larger than the body, right above a line that is larger."""
    if len(lines) < 2 or is_set_as_title(lines[0], size) or is_subtitle(lines[1].text):
        return False
    return all(line.centred for line in lines[:2]) and _is_large(lines[1], size) and could_be_title(lines[1].text)


def _is_label(lines: Sequence[SourceParagraph], size: float | None) -> bool:
    """Whether the first line is too short for an 引题, above a title that is larger: the name of a column."""
    return _is_kicker(lines, size) and len(lines[0].text) < _SHORTEST_KICKER and not unit_opens_title(lines, size)


def _runs_into(title: str, line: str) -> bool:
    """Whether a title that is open goes on in a line of another formatting: 关于印发《…… and ……》的通知."""
    is_open = title.count("《") > title.count("》") or ("关于" in title and not _KIND_LAST.search(title))
    return is_open and _KIND_LAST.search(title + line) is not None


def _guessed_extent(lines: Sequence[SourceParagraph], is_byline: IsByline) -> int:
    """How many lines an unformatted title has: two short lines above a byline are one title."""
    if len(lines) < 3 or is_byline(lines[1], True) or not is_byline(lines[2], False):
        return 1
    return 2 if all(len(line.text) <= _LONGEST_GUESSED and could_be_title(line.text) for line in lines[:2]) else 1


def _worded_extent(lines: Sequence[SourceParagraph], is_byline: IsByline) -> int:
    """How many unformatted lines are one title by their words: 甲县民政局关于批准, ……规划的通知; 0 for none."""
    title = ""
    for count, line in enumerate(lines[:_MOST_LINES], start=1):
        if not could_be_title(line.text) or line.text[-1] in _ENDS_SENTENCE or is_byline(line, count > 1):
            return 0
        title += line.text
        if len(title) > _LONGEST_OFFICIAL or (count == 1 and not _OPENS.search(title)):
            return 0
        if count > 1 and is_official_title(title):
            return count
    return 0


def _whole(lines: Sequence[SourceParagraph], count: int, is_byline: IsByline) -> int:
    """The number of lines without a writer's name above the byline, and with the subtitle."""
    if 1 < count < len(lines) and is_writers_line(lines[count - 1].text) and is_byline(lines[count], True):
        return count - 1
    below = [line.text for line in lines[count : count + 2]]
    if not below or not is_subtitle(below[0]) or any(map(is_subtitle, below[1:])):
        return count
    return count + 2 if _runs_on(lines[count : count + 3], is_byline) else count + 1


def _runs_on(lines: Sequence[SourceParagraph], is_byline: IsByline) -> bool:
    """Whether the second line continues the subtitle in the first: centred like it, no name, and not the last line."""
    if len(lines) < 3 or not lines[1].centred or formatting(lines[0]) != formatting(lines[1]):
        return False
    return could_be_title(lines[1].text) and not is_byline(lines[1], True) and not is_writers_line(lines[1].text)


def is_subtitle(text: str) -> bool:
    """Whether a line has the form of a subtitle: ——以文清小学为例, （征求意见稿）."""
    marked = text.startswith(_DASHES) or _EXAMPLE.fullmatch(text) is not None or _DRAFT.fullmatch(text) is not None
    return marked and len(text) <= _LONGEST_SUBTITLE and could_be_title(text)


def _is_large(line: SourceParagraph, size: float | None) -> bool:
    return line.size is not None and size is not None and line.size > size + _LARGER


def could_be_title(text: str, longest: int = _LONGEST) -> bool:
    """Whether the text of a line allows it to be a title: short, one sentence at most, no numbered heading.

    longest: characters of the line.
    """
    body = text.rstrip("。")
    return 0 < len(text) <= longest and "。" not in body and not label_of(text) and text[-1] not in "：:；;"


def _plausible(text: str, *, followed_by_byline: bool) -> bool:
    if not could_be_title(text) or points_of(text):
        return False
    return followed_by_byline or (len(text) <= _LONGEST_SUBTITLE and text[-1] not in _ENDS_SENTENCE)
