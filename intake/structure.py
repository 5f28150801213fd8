"""From paragraphs with looks to a manuscript: what is title, byline, body, and what is for the office alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake.body import body_blocks
from intake.byline import Byline, byline_of
from intake.house_lines import is_date_line, is_house_line
from intake.lines import body_size, ready, split_lines
from intake.source import SourceBlock, SourceDocument, SourceParagraph
from intake.title import Title, find_title, title_of_name
from values.department import KnownDepartment, plain_name
from values.errors import UnreadableManuscript
from values.manuscript import Finding, Manuscript, Severity

_MARKER: Final = re.compile(r"[【\[〔〖［]([^】\]〕〗］]{1,20})[】\]〕〗］]\s*")
_NOTICES: Final = "情况通报"
_NOTICE_TITLES: Final = ("工作通报", "情况通报")
_MOST_FRONT_LINES: Final = 12
_MOST_ABOVE_TITLE: Final = 2
_MOST_END_PARAGRAPHS: Final = 12
_MOST_SIGNERS: Final = 2
_LONGEST_HEAD: Final = 60
_LAST_BRACKET: Final = re.compile(r"(?<=[。！？”])[（(][^（）()]{2,30}[）)]$")
_LONGEST_BRACKET: Final = 33


@dataclass(frozen=True, slots=True)
class Structured:
    """A manuscript told apart. section: the 栏目 that it names itself, None when it names none.

    byline_department: the canonical name of the unit that signs, None when there is none or nobody knows it.
    """

    manuscript: Manuscript
    section: str | None
    findings: tuple[Finding, ...]
    byline_department: str | None


def structure(
    document: SourceDocument,
    departments: Sequence[KnownDepartment],
    sections: Sequence[str],
    fallback_title: str = "",
) -> Structured:
    """Tells title, byline and body apart by looks, place and the names of the departments.

    fallback_title: a file name or subject, used when no line can be the title.
    Raises UnreadableManuscript when there is neither text nor table nor picture.
    """
    blocks = ready(document.blocks)
    if not blocks:
        raise UnreadableManuscript("稿件里没有文字，也没有表格和图片。请检查附件是否为空白文件，重新发送。")
    return _Reading(blocks, departments, sections).result(fallback_title)


class _Reading:
    """One manuscript on its way: what has been taken from either end so far."""

    def __init__(
        self, blocks: list[SourceBlock], departments: Sequence[KnownDepartment], sections: Sequence[str]
    ) -> None:
        self._departments = departments
        self._sections = sections
        self._size = body_size(blocks)
        self._blocks = blocks
        self._above: list[str] = []
        self._below: list[str] = []
        self._signed: Byline | None = None

    def result(self, fallback_title: str) -> Structured:
        front = self._front()
        section = self._marker(front)
        self._take_front(front, above_title=True)
        title = find_title(front, self._size, self._signs_below)
        if title is not None:
            self._above += title.before
            del front[: title.used]
            self._take_front(front)
        self._blocks[:0] = front
        self._take_back()
        self._take_last_bracket()
        lines, findings = _title_lines(title, fallback_title)
        if section is None and _NOTICES in self._sections and "".join(lines).rstrip("。").endswith(_NOTICE_TITLES):
            section = _NOTICES
        byline = self._signed
        manuscript = Manuscript(
            title_lines=lines,
            byline=byline.text if byline else None,
            blocks=body_blocks(self._blocks),
            house_lines=(*self._above, *self._below),
        )
        return Structured(manuscript, section, findings, byline.department if byline else None)

    def _front(self) -> list[SourceParagraph]:
        """Takes the first paragraphs, up to a table or picture; those set like a head are cut into their lines."""
        front: list[SourceParagraph] = []
        while self._blocks and len(front) < _MOST_FRONT_LINES and isinstance(block := self._blocks[0], SourceParagraph):
            lines = split_lines(block)
            if len(lines) == 1:
                front.append(block)
            elif self._is_head(block, lines, first=len(front) < _MOST_ABOVE_TITLE) or (not front and _is_pasted(lines)):
                front += lines
            else:
                break
            del self._blocks[0]
        return front

    def _is_head(self, block: SourceParagraph, lines: list[SourceParagraph], *, first: bool) -> bool:
        """Whether the lines of one paragraph are title, byline and the like. first: the title may stand here."""
        if any(len(line.text) > _LONGEST_HEAD or line.text[-1] in "。；" for line in lines):
            return False
        if any(self._is_office(line) or self._signs(line, False) for line in lines):
            return True
        return first and (
            block.centred or block.boxed or block.style.lower() in ("title", "标题", "heading 1", "标题 1")
        )

    def _marker(self, front: list[SourceParagraph]) -> str | None:
        """Takes 【情况通报】 from the top, alone on its line or before the title."""
        if not front:
            return None
        text = front[0].text
        found = _MARKER.match(text)
        named = {plain_name(section): section for section in self._sections if section}
        section = named.get(plain_name(found[1] if found else text))
        if section is None:
            return None
        rest = text[found.end() :] if found else ""
        front[:1] = [replace(front[0], text=rest, marks=())] if rest else []
        return section

    def _take_front(self, front: list[SourceParagraph], *, above_title: bool = False) -> None:
        """Takes bylines, dates and lines for the office from the top. Above the title only plain names sign."""
        while front:
            line = front[0]
            byline = self._byline(line, expected=not above_title and (line.centred or line.boxed))
            if byline is not None and above_title and (byline.with_people or byline.department is None):
                byline = None
            if byline is not None and self._signed is None:
                self._sign(byline, line.text, self._above)
            elif self._is_office(line):
                self._above.append(line.text)
            else:
                return
            del front[0]

    def _take_back(self) -> None:
        """Takes lines for the office, the date and the 落款 from the end."""
        taken: list[str] = []
        end = self._end()
        del self._blocks[len(self._blocks) - len(end) :]
        for line in (line for block in reversed(end) for line in reversed(split_lines(block))):
            byline = self._byline(line, expected=bool(taken) and is_date_line(taken[-1]))
            if byline is not None and self._signed is None:
                self._sign(byline, line.text, taken)
            else:
                taken.append(line.text)
        self._below += reversed(taken)

    def _end(self) -> list[SourceParagraph]:
        """The last paragraphs that hold such lines alone. More than two names of units are a list of the body's."""
        end: list[SourceParagraph] = []
        below_date, names, unsigned = False, 0, 0
        for block in reversed(self._blocks[-_MOST_END_PARAGRAPHS:]):
            if not isinstance(block, SourceParagraph):
                break
            for line in reversed(split_lines(block)):
                signs = self._signs(line, below_date)
                if not (signs or self._is_office(line)):
                    return end
                names += signs
                below_date = is_date_line(line.text)
            unsigned = unsigned if names else unsigned + 1
            end.insert(0, block)
            if names > _MOST_SIGNERS:
                return end[len(end) - unsigned :]
        return end

    def _take_last_bracket(self) -> None:
        """Takes a byline in brackets that follows the last sentence: ……幸福指数。（区民政局 李喆）."""
        last = self._blocks[-1] if self._blocks else None
        if self._signed is not None or not isinstance(last, SourceParagraph):
            return
        found = _LAST_BRACKET.search(last.text, max(0, len(last.text) - _LONGEST_BRACKET))
        byline = byline_of(found[0], self._departments) if found else None
        if found is None or byline is None or byline.department is None:
            return
        self._sign(byline, found[0], self._below)
        text = last.text[: found.start()]
        self._blocks[-1] = replace(last, text=text, marks=tuple(m for m in last.marks if m.end <= len(text)))

    def _sign(self, byline: Byline, line: str, record: list[str]) -> None:
        self._signed = byline
        if byline.with_people:
            record.append(line)

    def _is_office(self, line: SourceParagraph) -> bool:
        if is_date_line(line.text):
            return True
        return is_house_line(line.text) and (self._signed is not None or not self._signs(line, False))

    def _signs(self, line: SourceParagraph, expected: bool) -> bool:
        return self._byline(line, expected=expected) is not None

    def _signs_below(self, line: SourceParagraph, expected: bool) -> bool:
        """As asked by the title, which may itself begin with a unit: 区教体局 出实招."""
        byline = self._byline(line, expected=expected)
        return byline is not None and (expected or not byline.with_people)

    def _byline(self, line: SourceParagraph, *, expected: bool) -> Byline | None:
        return byline_of(line.text, self._departments, expected=expected)


def _is_pasted(lines: list[SourceParagraph]) -> bool:
    """Whether a whole article was pasted as one paragraph: a short first line, sentences further down."""
    first, *others = lines
    return (
        len(first.text) <= _LONGEST_HEAD
        and first.text[-1] not in "。；：，"
        and any("。" in one.text for one in others)
    )


def _title_lines(title: Title | None, fallback: str) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The title's lines, and what the editor should know about where they come from."""
    if title is None:
        name = title_of_name(fallback)
        message = f"稿件里没有找到标题，暂用“{name}”作标题。" if name else "稿件里没有找到标题。"
        rule = "title-from-name" if name else "title-missing"
        finding = Finding(rule, Severity.WARNING, message, suggestion="请补上标题，单独成行、居中。")
        return ((name,) if name else ()), (finding,)
    if title.guessed:
        message = f"标题没有居中、加大或使用标题样式，暂把第一行“{title.lines[0]}”当作标题。"
        finding = Finding("title-guessed", Severity.INFO, message, suggestion="请核对标题。")
        return title.lines, (finding,)
    return title.lines, ()
