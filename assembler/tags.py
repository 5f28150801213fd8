"""The tags that the office may put into its Word template, and the checks of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from jinja2 import StrictUndefined, TemplateSyntaxError, meta
from jinja2.sandbox import SandboxedEnvironment

from assembler.titles import set_title

TAGS: Final[Mapping[str, str]] = {
    "title": "简报名称",
    "kind": "刊物种类",
    "label": "期号，如“第70期”",
    "number": "期号中的数字",
    "total": "总期号，如“总第70期”",
    "year": "年份",
    "marking": "标注，如“内部资料 注意保存”",
    "registration": "编号，如内部资料准印证号",
    "office": "编发单位",
    "date": "印发日期",
    "report_to": "报",
    "copy_to": "送",
    "issue_to": "发",
    "edited_by": "编",
    "responsible_editor": "责任编辑",
    "signed_by": "签发人",
    "copies": "印数",
    "phone": "电话",
    "call_for_papers": "投稿启事",
    "mailbox": "投稿邮箱",
}
"""The tags that are replaced by words, and what each stands for."""
NOTE: Final = "editors_note"
MARKS: Final[Mapping[str, str]] = {name: f"\ue000{name}\ue000" for name in ("contents", "articles", NOTE)}
"""The tags whose whole paragraph is replaced, and the text that marks it once the template is filled in: private-use
characters, which no template contains."""
MARK_NAMES: Final[Mapping[str, str]] = {"contents": "目录", "articles": "正文", NOTE: "按语"}

_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_SCOPE: Final = re.compile(r"(\{[{%#])(?:tr|tc|p|r) ")
"""Of docxtpl: {%p … %} applies to the paragraph around it; tr, tc and r to row, cell and run."""
_PARAGRAPH_TAG: Final = re.compile(r"\{%p [^%]*%\}")
_FULL_WIDTH: Final = re.compile(r"｛\s*[｛%％]|[%％｝]\s*｝")


@dataclass(frozen=True, slots=True)
class TemplateParagraph:
    """A paragraph of the template."""

    text: str
    in_body: bool
    """Whether it is directly in the document, rather than in a table, text box, header or footer."""


def template_environment() -> SandboxedEnvironment:
    """Jinja for the template's own words: in a sandbox, an absent tag is an error, and {{ … | lines(15) }} is there."""
    environment = SandboxedEnvironment(undefined=StrictUndefined)
    environment.filters["lines"] = _in_lines
    return environment


def tag_problems(lines: Sequence[TemplateParagraph]) -> tuple[str, ...]:
    """What is wrong with the tags in these paragraphs, in Chinese, one problem each; empty for nothing."""
    problems = [problem for name in MARKS if name != NOTE for problem in _mark_problems(name, lines)]
    problems += _note_problems(lines)
    problems += [
        f"标记要用半角花括号 {{{{ }}}}，不要用全角：“{_quoted(line.text)}”。"
        for line in lines
        if _FULL_WIDTH.search(line.text)
    ]
    problems += [
        f"标记 {{%p … %}} 要单独成段，同段的文字排不出来：“{_quoted(line.text)}”。"
        for line in lines
        if _PARAGRAPH_TAG.search(line.text) and not re.fullmatch(rf"\s*{_PARAGRAPH_TAG.pattern}\s*", line.text)
    ]
    source = "\n".join(_SCOPE.sub(r"\1 ", line.text.replace("\n", " ")) for line in lines)
    try:
        used = meta.find_undeclared_variables(template_environment().parse(source))
    except TemplateSyntaxError as error:
        text = lines[min(error.lineno, len(lines)) - 1].text if lines else ""
        return (*problems, f"标记写法有误（“{_quoted(text)}”附近）：{error.message}。")
    return (*problems, *(_unknown(name) for name in sorted(used - TAGS.keys() - MARKS.keys())))


def _mark_problems(name: str, lines: Sequence[TemplateParagraph]) -> list[str]:
    tag = f"{{{{ {name} }}}}"
    count = _count(name, lines)
    valid = sum(1 for line in lines if line.in_body and re.fullmatch(rf"\s*\{{\{{\s*{name}\s*\}}\}}\s*", line.text))
    if not count:
        return [f"模板缺少标记 {tag}：请在要排{MARK_NAMES[name]}的地方单独写一段 {tag}。"]
    if not valid:
        return [
            f"标记 {tag} 的位置不对：它要在正文中单独成段，不能放在表格、文本框、页眉页脚里，也不能与别的文字同段。"
        ]
    if count > 1:
        return [f"标记 {tag} 出现了 {count} 次：只能有一处。"]
    return []


def _note_problems(lines: Sequence[TemplateParagraph]) -> list[str]:
    """Unlike the other marks, that of 按语 may be absent, and may follow a label in its paragraph. Without a note the
    paragraph is removed, so that no {% if %} is needed."""
    tag = f"{{{{ {NOTE} }}}}"
    count = _count(NOTE, lines)
    valid = sum(
        1 for line in lines if line.in_body and re.fullmatch(rf"[^{{}}]*\{{\{{\s*{NOTE}\s*\}}\}}\s*", line.text)
    )
    if count == valid <= 1:
        return []
    if count > 1:
        return [f"标记 {tag} 出现了 {count} 次：只能有一处，也不必写 {{% if %}}：没有按语时这一段自会消失。"]
    return [f"标记 {tag} 的位置不对：它要在正文中自成一段，前面只能有“【编者按】”之类的字，后面不能有字。"]


def _count(name: str, lines: Sequence[TemplateParagraph]) -> int:
    """How many tags contain the name."""
    return sum(1 for line in lines for tag in _TAG.findall(line.text) if re.search(rf"\b{name}\b", tag))


def _unknown(name: str) -> str:
    close = get_close_matches(name, [*TAGS, *MARKS], n=1)
    if close:
        return f"不认识标记 {{{{ {name} }}}}：是否应为 {{{{ {close[0]} }}}}？"
    return f"不认识标记 {{{{ {name} }}}}：可用的有 {'、'.join(TAGS)}。"


def _quoted(text: str) -> str:
    return text.strip()[:40]


def _in_lines(text: str, per_line: float) -> str:
    """The filter of {{ title | lines(15) }}: words that are too long for a line broken between words, not within one.

    per_line: how many characters of its own size fit on a line. docxtpl makes a line break of each "\\n".
    """
    return "\n".join(set_title((text,), per_line)) or text
