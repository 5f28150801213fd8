"""From paragraphs with looks to a manuscript: what is title, byline, body, and what is for the office alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake.read.source import SourceBlock, SourceDocument, SourceParagraph
from intake.read.structure.annexes import apart_from_annexes
from intake.read.structure.body import body_blocks
from intake.read.structure.byline import Byline, byline_of, is_writers_line
from intake.read.structure.captions import captioned
from intake.read.structure.endings import closing_paragraphs
from intake.read.structure.house_lines import is_date_line, is_house_line, is_issue_number, is_preface, masthead_of
from intake.read.structure.lines import body_size, is_pasted, looks, ready, split_lines
from intake.read.structure.title import find_title, is_set_as_title, printed_lines
from values.department import Department, plain_name
from values.errors import UnreadableManuscript
from values.finding import Finding
from values.manuscript import Manuscript, Picture

_MARKER: Final = re.compile(r"[【\[〔〖［]([^】\]〕〗］]{1,20})[】\]〕〗］]\s*")
_NOTICES: Final = "情况通报"
_NOTICE_TITLES: Final = ("工作通报", "情况通报")
_MOST_FRONT_LINES: Final = 12
_MOST_ABOVE_TITLE: Final = 2
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
    departments: Sequence[Department],
    sections: Sequence[str],
    fallback_title: str = "",
    above: Sequence[str] = (),
) -> Structured:
    """Tells title, byline and body apart by looks, place and the names of the departments.

    A subtitle is the last line of the title. A 简报头, a salutation, writers' names and dates go to the house lines.
    fallback_title: a file name or subject, used when no line can be the title. above: lines for the office that stood
    over the article in a file of several.
    Raises UnreadableManuscript when there is neither text nor table nor picture.
    """
    blocks = ready(document.blocks)
    if not blocks:
        raise UnreadableManuscript("稿件里没有文字，也没有表格和图片。请检查附件是否为空白文件，重新发送。")
    return _Reading(blocks, departments, sections, above).result(fallback_title)


class _Reading:
    """One manuscript on its way: what has been taken from either end so far."""

    def __init__(
        self,
        blocks: list[SourceBlock],
        departments: Sequence[Department],
        sections: Sequence[str],
        above: Sequence[str],
    ) -> None:
        self._departments = departments
        self._sections = sections
        self._size = body_size(blocks)
        self._blocks = blocks
        self._above = list(above)
        self._below: list[str] = []
        self._signed: Byline | None = None

    def result(self, fallback_title: str) -> Structured:
        front: list[SourceParagraph] = []
        pictures = self._take_first_pictures()
        self._gather(front)
        self._take_masthead(front)
        section = self._marker(front)
        self._take_front(front, above_title=True)
        title = find_title(front, self._size, self._signs_below)
        if title is not None:
            self._above += title.before
            del front[: title.used]
            self._take_front(front)
        self._blocks = captioned([*pictures, *front, *self._blocks], self._size, self._is_known)
        self._take_ends()
        self._take_last_bracket()
        lines, findings = printed_lines(title, fallback_title)
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

    def _take_first_pictures(self) -> list[SourceBlock]:
        """Pictures above a line that is set as a title: they come below it, at the top of the body."""
        first = next((at for at, block in enumerate(self._blocks) if not isinstance(block, Picture)), 0)
        line = self._blocks[first]
        if not isinstance(line, SourceParagraph) or not is_set_as_title(line, self._size):
            return []
        pictures = self._blocks[:first]
        del self._blocks[:first]
        return pictures

    def _gather(self, front: list[SourceParagraph]) -> None:
        """Takes the next paragraphs, up to a table or picture; those set like a head are cut into their lines."""
        while self._blocks and len(front) < _MOST_FRONT_LINES and isinstance(block := self._blocks[0], SourceParagraph):
            lines = split_lines(block)
            if len(lines) == 1:
                front.append(block)
            elif self._is_head(block, lines, first=len(front) < _MOST_ABOVE_TITLE) or (not front and is_pasted(lines)):
                front += lines
            else:
                break
            del self._blocks[0]

    def _is_head(self, block: SourceParagraph, lines: list[SourceParagraph], *, first: bool) -> bool:
        """Whether the lines of one paragraph are title, byline and the like. first: the title may stand here."""
        if any(len(line.text) > _LONGEST_HEAD or line.text[-1] in "。；" for line in lines):
            return False
        if any(self._is_office(one) or self._signs(one, False) or is_issue_number(one.text) for one in lines):
            return True
        return first and (
            block.centred or block.boxed or block.style.lower() in ("title", "标题", "heading 1", "标题 1")
        )

    def _take_masthead(self, front: list[SourceParagraph]) -> None:
        """Takes a unit's own 简报头. Unless it is certain, a title that is set as such must follow it."""
        masthead = masthead_of([line.text for line in front])
        if masthead is None:
            return
        rest = front[masthead.length :]
        self._gather(rest)
        title = find_title(self._without_office(rest), self._size, self._signs_below)
        if not masthead.certain and (title is None or title.guessed):
            front[masthead.length :] = rest
            return
        self._above += (line.text for line in front[: masthead.length])
        front[:] = rest

    def _without_office(self, lines: list[SourceParagraph]) -> list[SourceParagraph]:
        first = next((at for at, one in enumerate(lines) if not (self._is_office(one) or self._signs(one, False))), 0)
        return lines[first:]

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
        above: SourceParagraph | None = None
        while front:
            line = front[0]
            byline = self._byline(line, expected=not above_title and (line.centred or line.boxed))
            if byline is not None and above_title and (byline.with_people or byline.department is None):
                byline = None
            if byline is not None and self._signed is None:
                self._sign(byline, line.text, self._above)
            elif byline is not None and byline.department is not None and not above_title:
                self._above.append(line.text)  # a second unit: the first one's name is printed
            elif self._is_office(line) or (is_preface(line.text) if above_title else self._writes(above, front)):
                self._above.append(line.text)
            else:
                return
            above = front.pop(0)
            if above_title and not front:
                self._gather(front)

    def _writes(self, above: SourceParagraph | None, front: list[SourceParagraph]) -> bool:
        """Whether the first line names the writers, above the byline or, set as it is, below it."""
        line = front[0]
        if not is_writers_line(line.text):
            return False
        if above is not None and self._signs(above, True):
            return looks(line) == looks(above)
        return len(front) > 1 and self._signs(front[1], front[1].centred or front[1].boxed)

    def _take_ends(self) -> None:
        """Takes what stands at the end of the article, which its annexes may follow, and at the end of the file."""
        pieces = apart_from_annexes(self._blocks)
        self._blocks = []
        for piece in pieces:
            self._blocks += piece
            self._take_back()

    def _take_back(self) -> None:
        """Takes lines for the office, the date and the 落款 from the end."""
        taken: list[str] = []
        end = closing_paragraphs(self._blocks, self._signs, self._is_office)
        del self._blocks[len(self._blocks) - len(end) :]
        for line in (line for block in reversed(end) for line in reversed(split_lines(block))):
            byline = self._byline(line, expected=bool(taken) and is_date_line(taken[-1]))
            if byline is not None and self._signed is None:
                self._sign(byline, line.text, taken)
            else:
                taken.append(line.text)
        self._below += reversed(taken)

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
        if byline.with_people or byline.date:
            record.append(line if byline.with_people else byline.date)

    def _is_office(self, line: SourceParagraph) -> bool:
        if is_date_line(line.text):
            return True
        return is_house_line(line.text) and (self._signed is not None or not self._signs(line, False))

    def _is_known(self, line: SourceParagraph) -> bool:
        """Whether a short line is for the office or signs, so that it is no caption."""
        byline = self._byline(line, expected=False)
        return self._is_office(line) or (byline is not None and not byline.with_people)

    def _signs(self, line: SourceParagraph, expected: bool) -> bool:
        return self._byline(line, expected=expected) is not None

    def _signs_below(self, line: SourceParagraph, expected: bool) -> bool:
        """As asked by the title, which may itself begin with a unit: 区教体局 出实招."""
        byline = self._byline(line, expected=expected)
        return byline is not None and (expected or not byline.with_people)

    def _byline(self, line: SourceParagraph, *, expected: bool) -> Byline | None:
        return byline_of(line.text, self._departments, expected=expected)
