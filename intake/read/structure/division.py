"""Divides the paragraphs of a file into title, byline, body, and lines for the office only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake.read.source import SourceBlock, SourceDocument, SourceParagraph
from intake.read.structure.annexes import divided_at_annexes
from intake.read.structure.body import body_blocks
from intake.read.structure.boxes import without_boxes_above_title
from intake.read.structure.byline import Byline, byline_of, is_writers_line, joint_byline, labelled_units, names_speaker
from intake.read.structure.captions import captioned
from intake.read.structure.contents import without_contents
from intake.read.structure.document_furniture import without_furniture
from intake.read.structure.endings import closing_paragraphs
from intake.read.structure.house_lines import is_date_line, is_house_line, is_preface, masthead_of
from intake.read.structure.lines import body_size, formatting, split_lines
from intake.read.structure.official_head import head_length, is_file_number, is_head_line
from intake.read.structure.prepared import prepared_blocks
from intake.read.structure.signoffs import ends_of_signoffs
from intake.read.structure.title import find_title, is_set_as_title, printed_lines, unit_opens_title
from values import rules
from values.department import Department, plain_name
from values.errors import UnreadableManuscript
from values.finding import Finding
from values.manuscript import Manuscript, Picture

_MARKER: Final = re.compile(r"[【\[〔〖［]([^】\]〕〗］]{1,20})[】\]〕〗］]\s*")
_NOTICES: Final = "情况通报"
_NOTICE_TITLES: Final = ("工作通报", "情况通报")
_MOST_FRONT_LINES: Final = 12
"""Lines at the beginning among which title and byline are looked for: a masthead of six, and a head of six."""
_LAST_BRACKET: Final = re.compile(r"(?<=[。！？”])[（(][^（）()]{2,30}[）)]$")
"""A byline in brackets after the last sentence."""
_LONGEST_BRACKET: Final = 33
"""Characters of such a bracket, and the end of the sentence before it."""


@dataclass(frozen=True, slots=True)
class Structured:
    """A manuscript, and what was learned while reading its structure."""

    manuscript: Manuscript
    section: str | None
    """The 栏目 that it names itself, None when it names none."""
    findings: tuple[Finding, ...]
    """About a doubtful or missing title."""
    byline_departments: tuple[str, ...]
    """The canonical names of the units that sign, in their order; () when none signs or none is registered."""

    @property
    def byline_department(self) -> str | None:
        """The first of them; None for none."""
        return self.byline_departments[0] if self.byline_departments else None


def structure(
    document: SourceDocument,
    departments: Sequence[Department],
    sections: Sequence[str],
    fallback_title: str = "",
    above: Sequence[str] = (),
) -> Structured:
    """Finds title, byline and body by formatting, position and the names of the departments.

    A subtitle is the last line of the title. A 简报头, a salutation, names of writers and dates become house lines.
    sections: the names of the 栏目. fallback_title: a file name or subject, used when no line can be the title.
    above: lines for the office that preceded the article in a file of several.
    Raises UnreadableManuscript when there is neither text nor table nor picture.
    """
    blocks = prepared_blocks(document.blocks)
    if not blocks:
        raise UnreadableManuscript("稿件里没有文字，也没有表格和图片。请检查附件是否为空白文件，重新发送。")
    return _Division(blocks, departments, sections, above).result(fallback_title)


class _Division:
    """One manuscript while lines are taken from its beginning and its end."""

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
        self._issued: list[int] = []

    def result(self, fallback_title: str) -> Structured:
        """Takes lines from both ends, step by step, and returns what is left as the body."""
        front: list[SourceParagraph] = []
        contents, furniture = self._take_furniture()
        self._above += contents
        pictures = self._take_first_pictures()
        self._blocks, labels, boxes = without_boxes_above_title(self._blocks)
        self._above += labels
        self._gather(front)
        self._take_official_head(front)
        self._take_masthead(front)
        section = self._take_section_mark(front)
        self._take_front(front, above_title=True)
        title = find_title(front, self._size, self._is_byline_below)
        if title is not None:
            self._above += title.before
            del front[: title.used]
            self._take_front(front)
            self._take_repeated_title(front, "".join(title.lines))
        self._blocks = captioned([*pictures, *boxes, *front, *self._blocks], self._size, self._is_no_caption)
        self._take_ends()
        self._below += furniture
        self._take_last_bracket()
        lines, findings = printed_lines(title, fallback_title)
        if section is None and _NOTICES in self._sections and "".join(lines).rstrip("。").endswith(_NOTICE_TITLES):
            section = _NOTICES
        byline = self._signed or self._named_on_record()
        manuscript = Manuscript(
            title_lines=lines,
            byline=byline.text if byline else None,
            blocks=body_blocks(self._blocks, self._issued),
            house_lines=(*self._above, *self._below),
        )
        if contents:
            findings += (rules.CONTENTS_LEFT_OUT.finding(f"文稿里的目录（{len(contents)} 行）没有收入。"),)
        return Structured(manuscript, section, findings, byline.departments if byline else ())

    def _take_furniture(self) -> tuple[list[str], list[str]]:
        """Takes the table of contents and what an official document carries around its text; returns the lines of both.
        A file of nothing else keeps them: the form of an approval that came beside a manuscript."""
        blocks, contents = without_contents(self._blocks)
        blocks, furniture = without_furniture(blocks)
        if not blocks:
            return [], []
        self._blocks = blocks
        return contents, furniture

    def _take_official_head(self, front: list[SourceParagraph]) -> None:
        """Takes the 版头 of a document whose mark names its units on lines of their own, if a title follows it."""
        length = head_length([line.text for line in front])
        rest = front[length:]
        if not length:
            return
        self._gather(rest)
        title = find_title(self._without_office(rest), self._size, self._is_byline_below)
        if title is None or title.guessed:
            front[length:] = rest
            return
        self._above += (line.text for line in front[:length])
        front[:] = rest

    def _take_repeated_title(self, front: list[SourceParagraph], title: str) -> None:
        """Takes the title where it stands once more below a cover or a table of contents."""
        rest = [*front, *self._blocks[: _MOST_FRONT_LINES - len(front)]]
        title = "".join(title.split())
        text = ""
        for at, line in enumerate(rest):
            if not isinstance(line, SourceParagraph):
                return
            text += "".join(line.text.split())
            if text == title:
                self._above += (block.text for block in rest[: at + 1] if isinstance(block, SourceParagraph))
                from_blocks = max(0, at + 1 - len(front))
                del front[: at + 1]
                del self._blocks[:from_blocks]
                return
            if not title.startswith(text):
                return

    def _take_first_pictures(self) -> list[SourceBlock]:
        """Takes pictures above a line formatted as a title; they are placed below it, at the top of the body."""
        first = next((at for at, block in enumerate(self._blocks) if not isinstance(block, Picture)), 0)
        line = self._blocks[first]
        if not isinstance(line, SourceParagraph) or not is_set_as_title(line, self._size):
            return []
        pictures = self._blocks[:first]
        del self._blocks[:first]
        return pictures

    def _gather(self, front: list[SourceParagraph]) -> None:
        """Moves the next paragraphs to `front`, up to a table or picture."""
        while self._blocks and len(front) < _MOST_FRONT_LINES and isinstance(block := self._blocks[0], SourceParagraph):
            front.append(block)
            del self._blocks[0]

    def _take_masthead(self, front: list[SourceParagraph]) -> None:
        """Takes the 简报头 of a department. Unless it is certain, a title formatted as such must follow it."""
        masthead = masthead_of([line.text for line in front])
        if masthead is None:
            return
        rest = front[masthead.length :]
        self._gather(rest)
        title = find_title(self._without_office(rest), self._size, self._is_byline_below)
        if not masthead.certain and (title is None or title.guessed):
            front[masthead.length :] = rest
            return
        self._above += (line.text for line in front[: masthead.length])
        front[:] = rest

    def _without_office(self, lines: list[SourceParagraph]) -> list[SourceParagraph]:
        """The lines from the first one on that is neither for the office nor a byline."""
        starts = (at for at, line in enumerate(lines) if not (self._is_office(line) or self._is_byline(line, False)))
        return lines[next(starts, 0) :]

    def _take_section_mark(self, front: list[SourceParagraph]) -> str | None:
        """Takes 【情况通报】 from the top, on a line of its own or before the title; returns the 栏目, None without
        one."""
        if not front:
            return None
        text = front[0].text
        marker = _MARKER.match(text)
        named = {plain_name(section): section for section in self._sections if section}
        section = named.get(plain_name(marker[1] if marker else text))
        if section is None:
            return None
        rest = text[marker.end() :] if marker else ""
        front[:1] = [replace(front[0], text=rest, marks=())] if rest else []
        return section

    def _take_front(self, front: list[SourceParagraph], *, above_title: bool = False) -> None:
        """Takes bylines, dates and lines for the office from the top. Above the title only registered names are
        bylines."""
        above: SourceParagraph | None = None
        while front:
            line = front[0]
            byline = self._byline(line, expected=not above_title and (line.centred or line.boxed))
            if above_title and byline is not None:
                opens = unit_opens_title(front, self._size)
                byline = None if byline.with_people or byline.department is None or opens else byline
            if byline is not None and self._may_sign(byline, above, line, above_title=above_title):
                self._sign(byline, line.text, self._above)
            elif self._is_for_office(line, above_title=above_title) or (
                not above_title and self._names_writers(above, front)
            ):
                self._above.append(line.text)
            else:
                return
            above = front.pop(0)
            if above_title and not front:
                self._gather(front)

    def _may_sign(
        self, byline: Byline, above: SourceParagraph | None, line: SourceParagraph, *, above_title: bool
    ) -> bool:
        """Whether a unit signs: the first one, and below the title further ones, registered or set like it."""
        if self._signed is None:
            return True
        alike = above is not None and formatting(above) == formatting(line)
        return not above_title and (byline.department is not None or alike)

    def _is_for_office(self, line: SourceParagraph, *, above_title: bool) -> bool:
        """Whether a line of the head is for the office, or of the head of an official document."""
        if self._is_office(line) or is_file_number(line.text):
            return True
        return above_title and (is_head_line(line.text) or is_preface(line.text))

    def _names_writers(self, above: SourceParagraph | None, front: list[SourceParagraph]) -> bool:
        """Whether the first line names the writers: above the byline, or below it in the same formatting."""
        line = front[0]
        if above is None and line.centred and names_speaker(line.text):
            return True
        if not is_writers_line(line.text):
            return False
        if above is not None and self._is_byline(above, True):
            return formatting(line) == formatting(above)
        if above is None and line.centred and len(front) > 1 and _follows_speaker(front[1].text):
            return True
        return len(front) > 1 and self._is_byline(front[1], front[1].centred or front[1].boxed)

    def _take_ends(self) -> None:
        """Takes the closing lines of the article, of the note on its annexes, and of the file."""
        cuts = ends_of_signoffs(self._blocks, self._is_signer)
        parts = divided_at_annexes(self._blocks, cuts)
        issued = {id(self._blocks[cut]) for cut in cuts}
        self._blocks = []
        for part in parts:
            if id(part[0]) in issued:
                self._issued.append(len(self._blocks))
            self._blocks += part
            self._take_back()

    def _take_back(self) -> None:
        """Takes lines for the office, the date and the signature (落款) from the end."""
        taken: list[str] = []
        signers: list[Byline] = []
        dated = False
        end = closing_paragraphs(self._blocks, self._is_signer, self._is_office)
        del self._blocks[len(self._blocks) - len(end) :]
        for line in (line for block in reversed(end) for line in reversed(split_lines(block))):
            byline = byline_of(line.text, self._departments, above_date=dated)
            if byline is not None and self._signed is None:
                signers.insert(0, byline)
                taken.append(byline.on_record)
            else:
                taken.append(line.text)
            dated = dated or is_date_line(line.text) or (byline is not None and bool(byline.date))
        self._below += (line for line in reversed(taken) if line)
        if signers:
            self._signed = joint_byline(signers)
            shown = {*self._signed.text.split("、")}  # each once, for the line that names it first
            for byline in signers:
                units = {*byline.text.split("、")}
                if not units <= shown and byline.line not in taken:
                    self._below.append(byline.line)
                shown -= units

    def _take_last_bracket(self) -> None:
        """Takes a byline in brackets that follows the last sentence: ……幸福指数。（区民政局 李喆）."""
        last = self._blocks[-1] if self._blocks else None
        if self._signed is not None or not isinstance(last, SourceParagraph):
            return
        bracket = _LAST_BRACKET.search(last.text, max(0, len(last.text) - _LONGEST_BRACKET))
        byline = byline_of(bracket[0], self._departments) if bracket else None
        if bracket is None or byline is None or byline.department is None:
            return
        self._sign(byline, bracket[0], self._below)
        text = last.text[: bracket.start()]
        self._blocks[-1] = replace(last, text=text, marks=tuple(m for m in last.marks if m.end <= len(text)))

    def _named_on_record(self) -> Byline | None:
        """The registered units that a line for the office names: 报送单位：区民政局　撰稿：张敏."""
        named = (labelled_units(line, self._departments) for line in (*self._above, *self._below))
        return next(filter(None, named), None)

    def _sign(self, byline: Byline, line: str, record: list[str]) -> None:
        """Accepts the byline; what it does not show of its line is added to `record`."""
        before = self._signed
        self._signed = joint_byline([before, byline]) if before else byline
        repeated = before is not None and before.text == self._signed.text
        if left := line if repeated else byline.on_record:
            record.append(left)

    def _is_office(self, line: SourceParagraph) -> bool:
        """Whether a line is for the office only. Until the byline is known, a line that may be one is not."""
        if is_date_line(line.text):
            return True
        return is_house_line(line.text) and (self._signed is not None or not self._is_byline(line, False))

    def _is_no_caption(self, line: SourceParagraph) -> bool:
        """Whether a short line is a byline or for the office, so that it is no caption."""
        byline = self._byline(line, expected=False)
        return self._is_office(line) or (byline is not None and not byline.with_people)

    def _is_byline(self, line: SourceParagraph, expected: bool) -> bool:
        return self._byline(line, expected=expected) is not None

    def _is_signer(self, line: SourceParagraph, above_date: bool) -> bool:
        """Whether a line at the end names who signs. above_date: the date of the 落款 follows."""
        return byline_of(line.text, self._departments, above_date=above_date) is not None

    def _is_byline_below(self, line: SourceParagraph, expected: bool) -> bool:
        """Whether a line is a byline below the title. The title itself may begin with a unit: 区教体局 出实招."""
        byline = self._byline(line, expected=expected)
        return byline is not None and (expected or not byline.with_people)

    def _byline(self, line: SourceParagraph, *, expected: bool) -> Byline | None:
        return byline_of(line.text, self._departments, expected=expected)


def _follows_speaker(text: str) -> bool:
    """Whether a line may follow the name of who spoke: the day, or the salutation (同志们：)."""
    return is_date_line(text) or text[-1] in ":："
