"""An article written into the letter itself: recognises it, and separates it from the letter around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from intake.parse.message import BodyText, Message, Part
from intake.parse.quoting import own_text
from intake.read.pasted.banners import without_banner, without_mark
from intake.read.pasted.folding import is_folded, unfolded
from intake.read.pasted.recognition import Judgement, judge
from intake.read.pasted.signatures import without_signature
from intake.read.structure.byline import byline_of
from intake.read.structure.house_lines import is_date_line, is_house_line, is_preface
from values.department import Department
from values.letter import FILES_ALONE

_MOST_TEXT: Final = 400_000
"""Characters of a letter that are searched: twice the longest manuscript (DocumentLimits.characters)."""
_SUBJECT_MARK: Final = re.compile(
    r"\s*(?:(?:回复|答复|转发|重发|投稿|来稿|稿件|re|fwd?)\s*[:：]|【[^【】]{0,100}】)", re.IGNORECASE
)
_MOST_GREETINGS: Final = 5
"""Lines of a greeting at most."""
_LONGEST_GREETING: Final = 60
"""Characters of a line of a greeting; as for other lines that speak to the office."""
_GREETS: Final = re.compile(
    r"^(?:尊敬的|各位)|[您你大家]{1,2}好[！!，,。：:]|(?:稿件|文章|内容|材料|信息|全文)如下|"
    r"请.{0,8}(?:审阅|审核|审稿|查收|采用|采纳|指正)"
)
_LABEL: Final = r"\s*(?:[【\[（(](?:{0})[】\]）)]\s*[:：]?|(?:{0})\s*[:：])\s*"
_TITLE_LABEL: Final = re.compile(_LABEL.format(r"(?:文章|稿件)?(?:标\s*题|题\s*目)"))
_TEXT_LABEL: Final = re.compile("^" + _LABEL.format(r"正\s*文|内\s*容|单\s*位|作者单位|署\s*名"))
_MOST_LABELLED: Final = 6
"""Lines among which the names of the parts are looked for."""
_ENDS_GREETING: Final = "。！!：:，,；～~"
_BLANKS: Final = " \u3000\xa0\r"
"""At the end of a line. A tab is not among them: it separates the cells of a table."""


@dataclass(frozen=True, slots=True)
class PastedArticle:
    """An article in the text of a letter."""

    part: Part
    """A part without a name, which `intake.read.pasted.reading` reads: its text is in UTF-8."""
    doubtful: bool
    """It may also be an ordinary letter."""


def pasted_article(message: Message, departments: Sequence[Department] = ()) -> PastedArticle | None:
    """The article in the text of the letter, or of a letter forwarded in it; None without one.

    What is certainly an article comes before what may be. departments: the registered ones, whose names sign articles.
    """
    judged = ((part, judge(lines_of(part), message.subject, departments)) for part in pasted_texts(message))
    candidates = [(part, judgement) for part, judgement in judged if judgement is not Judgement.LETTER]
    certain = next((part for part, judgement in candidates if judgement is Judgement.ARTICLE), None)
    if certain is not None:
        return PastedArticle(certain, doubtful=False)
    return PastedArticle(candidates[0][0], doubtful=True) if candidates else None


def added_text(message: Message, departments: Sequence[Department] = ()) -> Part | None:
    """The text of a letter that a person added by hand, as `pasted_article` returns it: an article, whatever it looks
    like. None where the person added files alone."""
    if message.text.strip() == FILES_ALONE:
        return None
    article = pasted_article(message, departments)
    return article.part if article else next(pasted_texts(message), None)


def pasted_texts(message: Message) -> Iterator[Part]:
    """The texts that may be an article, the likelier ones first, without banners, greeting, signature and quoted
    letters."""
    for body in _in_order(message.bodies):
        data = "\n".join(_article_lines(body)).encode("utf-8", "replace")
        if data:
            yield Part("", "text/plain", "", data, inline=True, forwarded=body.forwarded, origin=body.origin)


def lines_of(part: Part) -> list[str]:
    """The lines of one of the `pasted_texts`, none empty."""
    return part.data.decode("utf-8").split("\n")


def title_of_subject(subject: str) -> str:
    """The subject of a letter as a title: without 回复：, 投稿：, 【投稿】, [外部邮件] before it; the whole subject if
    nothing else is left."""
    rest = without_mark(subject)
    while mark := _SUBJECT_MARK.match(rest):
        rest = without_mark(rest[mark.end() :])
    return rest.strip() or subject


def _in_order(bodies: Sequence[BodyText]) -> Iterator[BodyText]:
    """The texts of the letter, then those of letters within it.

    Programs fold plain text and seldom HTML, and a plain text has no tables: then the HTML comes first.
    """
    for forwarded in (False, True):
        texts = [body for body in bodies if body.forwarded is forwarded]
        folded = any(is_folded(body.text.split("\n")) for body in texts if not body.is_page)
        pages_first = folded or any(body.is_structured for body in texts)
        yield from sorted(texts, key=lambda body: body.is_page is not pages_first)


def _article_lines(body: BodyText) -> list[str]:
    written = own_text(body.text[:_MOST_TEXT].replace("\r\n", "\n"))
    lines = [line.rstrip(_BLANKS) for line in unfolded(written.split("\n")) if line.strip()]
    kept = without_signature(_without_greeting(without_banner(lines)), body.signature, _is_of_article)
    return _without_labels(kept)


def _is_of_article(line: str) -> bool:
    """Whether a short line below an article is its own: a date, 撰稿：张敏, or a unit with or without persons."""
    unit = line.split()[0] if line.split() else ""
    return is_date_line(line) or is_house_line(line) or byline_of(unit, (), expected=True) is not None


def _without_greeting(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines[:_MOST_GREETINGS]):
        plain = "".join(line.split())
        if not (is_preface(plain) or _greets(plain)):
            return lines[at:]
    return lines[_MOST_GREETINGS:]


def _without_labels(lines: list[str]) -> list[str]:
    """The lines of an article whose parts are named (标题：…, 正文：…), as in a form, without these names."""
    title = _TITLE_LABEL.match(lines[0]) if lines else None
    if title is None:
        return lines
    unlabelled = [lines[0][title.end() :], *(_TEXT_LABEL.sub("", line) for line in lines[1:_MOST_LABELLED])]
    return list(filter(None, unlabelled)) + lines[_MOST_LABELLED:]


def _greets(line: str) -> bool:
    """Whether a line greets the reader. Its last character distinguishes it from a title."""
    return len(line) <= _LONGEST_GREETING and line[-1] in _ENDS_GREETING and _GREETS.search(line) is not None
