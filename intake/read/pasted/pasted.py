"""A manuscript written into the letter itself: whether the text is an article, and the article without the letter.

Careful on purpose: what is taken for an article by mistake costs the editor more than a sender who is asked again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from intake.parse.charsets import decode
from intake.parse.headers import clean
from intake.parse.html_text import read_page
from intake.parse.message import Message, Part
from intake.parse.quoting import own_text
from intake.read.source import Omission, SourceDocument, SourceParagraph
from intake.read.structure.house_lines import is_date_line, is_house_line, is_preface
from values import rules
from values.ordinals import label_of, points_of

CONCERN: Final = "稿件取自邮件正文，请核对"

_MOST_TEXT: Final = 400_000
_LEAST: Final = 150
_LEAST_PARAGRAPH: Final = 60
_LONGEST_LETTER: Final = 400
"""A text this short that speaks to its reader is a letter, not an article."""
_SPEAKS: Final = re.compile(
    r"附件|请问|咨询|麻烦|谢谢|您|贵[办局刊处]|收到请?回复|盼复|敬请谅解|退订|请各单位|逾期|截稿"
)
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_QUESTION: Final = re.compile(r"[？?][”\"）)\s]*$")
_SUBJECT_MARK: Final = re.compile(
    r"\s*(?:(?:回复|答复|转发|重发|投稿|来稿|稿件|re|fwd?)\s*[:：]|【[^【】]{0,100}】)", re.IGNORECASE
)
_MOST_GREETINGS: Final = 5
_LONGEST_GREETING: Final = 60
_GREETS: Final = re.compile(
    r"^(?:尊敬的|各位)|[您你大家]{1,2}好[！!，,。：:]|(?:稿件|文章|内容|材料|信息|全文)如下|"
    r"请.{0,8}(?:审阅|审核|审稿|查收|采用|采纳|指正)"
)
_ENDS_GREETING: Final = "。！!：:，,；～~"
_MOST_SIGNATURES: Final = 10
_LONGEST_SIGNATURE: Final = 60
_SIGNATURE_MARK: Final = re.compile(r"-- ?|[-—_=*]{3,}")
_CLOSES: Final = re.compile(
    r"(?:此致|敬礼|祝好|谢谢|感谢|致谢|多谢|以上|妥否，?请批示|(?:顺)?(?:祝|颂)\S{0,12}|期待\S{0,10}|请\S{0,10}(?:审阅|审核|查收|采用|指正)\S{0,4})"
    r"(?:您|大家)?[！!。.～~]*"
)
_CONTACT: Final = re.compile(
    r"(?:发自|来自|sent from|get outlook|从.{0,10}(?:发送|发出)).{0,40}|"
    r"(?:地址|邮编|传真|网址|微信|qq|tel|fax|add|e-?mail|mobile)[:：].{0,50}|"
    r"[\d\s()（）+\-—、/]{7,40}|\S{1,64}@[a-z0-9.-]{3,64}|(?:https?://|www\.)\S+",
    re.IGNORECASE,
)
_WIDEST_WRAPPED: Final = 80
"""Columns. Programs that fold plain text do it at 72 to 78; a paragraph of the body is wider when nobody folded it."""
_NEARLY_FULL: Final = 14
_ENDS: Final = "。！？；：!?;:”）)"
_SENTENCE_ENDS: Final = ("。", "！", "？")
_CENTRED: Final = 8
_LONGEST_CENTRED: Final = 45
_BLANK_WIDTHS: Final = {"\t": 4, "\u3000": 2}


def pasted_article(message: Message) -> Part | None:
    """The text of the letter, or of one forwarded in it, as a part without a name; None when none is an article.

    Greeting, signature and quoted letters are left out. Read it with `read_pasted`.
    """
    for text, origin in _texts(message):
        lines = _article_lines(text)
        if _is_article(lines):
            data = "\n".join(lines).encode("utf-8", "replace")
            return Part("", "text/plain", "", data, inline=True, forwarded=bool(origin), origin=origin)
    return None


def read_pasted(part: Part) -> SourceDocument:
    """What `pasted_article` found, a paragraph a line; lines that are set far in count as centred."""
    lines = part.data.decode("utf-8").split("\n")
    blocks = tuple(SourceParagraph(line.strip(), centred=_is_centred(line)) for line in lines if line.strip())
    return SourceDocument(blocks, (Omission(rules.PASTED_TEXT, CONCERN),))


def title_of_subject(subject: str) -> str:
    """A letter's subject as the title of what it brings: without 回复：, 投稿：, 【投稿】 before it."""
    rest = subject
    while mark := _SUBJECT_MARK.match(rest):
        rest = rest[mark.end() :]
    return rest.strip() or subject


def _texts(message: Message) -> Iterator[tuple[str, str]]:
    """The letter's text, then those of letters within it, each with who wrote it there ("" for the letter's own).

    Programs fold plain text, seldom HTML: the page is asked first where the plain text is folded.
    """
    own = [message.text, message.html_text]
    for text in reversed(own) if _is_folded(message.text.split("\n")) else own:
        yield text, ""
    for part in message.parts:
        if part.forwarded and not part.name and part.content_type in ("text/plain", "text/html"):
            text = decode(part.data[:_MOST_TEXT])
            yield clean(read_page(text).text if part.content_type == "text/html" else text), part.origin


def _article_lines(text: str) -> list[str]:
    written = own_text(text[:_MOST_TEXT].replace("\r\n", "\n"))
    lines = [line.rstrip() for line in _unfolded(written.split("\n")) if line.strip()]
    return _without_signature(_without_greeting(lines))


def _is_article(lines: list[str]) -> bool:
    plain = ["".join(line.split()) for line in lines]
    body = [line for line in plain if not (is_house_line(line) or is_date_line(line))]
    size = sum(map(len, body))
    if size < _LEAST or max(map(len, body)) < _LEAST_PARAGRAPH or _QUESTION.search(body[-1]):
        return False
    if len(_CHINESE.findall("".join(body))) * 2 < size:
        return False
    return size >= _LONGEST_LETTER or not any(map(_SPEAKS.search, body))


def _without_greeting(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines[:_MOST_GREETINGS]):
        plain = "".join(line.split())
        if not (is_preface(plain) or _greets(plain)):
            return lines[at:]
    return lines[_MOST_GREETINGS:]


def _greets(line: str) -> bool:
    """A title never ends as these lines do."""
    return len(line) <= _LONGEST_GREETING and line[-1] in _ENDS_GREETING and _GREETS.search(line) is not None


def _without_signature(lines: list[str]) -> list[str]:
    """Without what a mail program or a polite writer adds at the end; units, names, dates and 撰稿： stay."""
    start = max(0, len(lines) - _MOST_SIGNATURES)
    mark = next((at for at in range(start, len(lines)) if _SIGNATURE_MARK.fullmatch(lines[at].strip())), len(lines))
    kept = lines[:mark]
    tail: list[str] = []
    while kept and len(tail) < _MOST_SIGNATURES and len(kept[-1].strip()) <= _LONGEST_SIGNATURE:
        line = kept[-1].strip()
        if "。" in line[:-1] or (line.endswith("。") and not _CLOSES.fullmatch(line)):
            break
        del kept[-1]
        if not (_CLOSES.fullmatch(line) or _CONTACT.fullmatch(line)):
            tail.append(line)
    return [*kept, *reversed(tail)]


def _unfolded(lines: list[str]) -> list[str]:
    """Paragraphs that a mail program has folded, put together again; the lines as they are when it has not."""
    if not _is_folded(lines):
        return lines
    widest = max(map(_width, lines))
    whole: list[str] = []
    runs_on = False
    for line in lines:
        if runs_on and not _begins_paragraph(line):
            whole[-1] = _joined(whole[-1], line.strip())
        else:
            whole.append(line)
        # Chinese breaks anywhere: a sentence that ends before the margin ends its paragraph.
        short_of = 1 if line.rstrip()[-1:] in _SENTENCE_ENDS else _NEARLY_FULL
        runs_on = bool(line.strip()) and _width(line) >= widest - short_of
    return whole


def _begins_paragraph(line: str) -> bool:
    return (
        not line.strip()
        or line.startswith(("\u3000", "  ", "\t"))
        or label_of(line) is not None
        or any(point.start == 0 for point in points_of(line))
    )


def _is_folded(lines: list[str]) -> bool:
    """Whether no line is wider than mail programs fold, and several full ones end inside a sentence."""
    widest = max(map(_width, lines), default=0)
    if not 60 <= widest <= _WIDEST_WRAPPED:
        return False
    full = [line.rstrip() for line in lines if _width(line) >= widest - _NEARLY_FULL]
    return sum(line[-1] not in _ENDS for line in full) >= 2


def _joined(first: str, second: str) -> str:
    blank = " " if first[-1:].isascii() and second[:1].isascii() and first[-1:].isalnum() else ""
    return first.rstrip() + blank + second


def _width(line: str) -> int:
    """Columns on a screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line.rstrip())


def _is_centred(line: str) -> bool:
    blank = line[: len(line) - len(line.lstrip())]
    return (
        sum(_BLANK_WIDTHS.get(character, 1) for character in blank) >= _CENTRED
        and len(line.strip()) <= _LONGEST_CENTRED
        and line.strip()[-1] not in "。；："
    )
