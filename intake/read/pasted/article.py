"""An article written into the letter itself: recognises it, and separates it from the letter around it.

The rules are strict: a letter taken for an article costs the editor more than a sender who is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from intake.parse.charsets import decode
from intake.parse.headers import clean
from intake.parse.html_text import read_page
from intake.parse.message import Message, Part
from intake.parse.quoting import own_text
from intake.read.pasted.folding import is_folded, unfolded
from intake.read.source import Omission, SourceDocument, SourceParagraph
from intake.read.structure.house_lines import is_date_line, is_house_line, is_preface
from values import rules

CONCERN: Final = "稿件取自邮件正文，请核对"
"""The message of the finding that every such article carries."""

_MOST_TEXT: Final = 400_000
"""Characters of a letter that are searched: twice the longest manuscript (DocumentLimits.characters)."""
_LEAST: Final = 150
"""Characters of an article. Those of the printed sample issue have 430 to 740; short news items have 150 and more."""
_LEAST_PARAGRAPH: Final = 60
"""Characters that its longest paragraph must have: two lines in print, as the shortest paragraphs of the sample
issue."""
_LONGEST_LETTER: Final = 400
"""Characters: a shorter text that speaks to its reader is a letter. Below the shortest article of the sample issue."""
_SPEAKS: Final = re.compile(
    r"附件|请问|咨询|麻烦|谢谢|您|贵[办局刊处]|收到请?回复|盼复|敬请谅解|退订|请各单位|逾期|截稿"
)
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_QUESTION: Final = re.compile(r"[？?][”\"）)\s]*$")
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
_ENDS_GREETING: Final = "。！!：:，,；～~"
_MOST_SIGNATURES: Final = 10
"""Lines of a signature: name, unit, three numbers, address, and what the program adds."""
_LONGEST_SIGNATURE: Final = 60
"""Characters of a line of a signature; an address with its postcode."""
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
_CENTRED: Final = 8
"""Columns of white space that centre a line; the two characters before a paragraph are four columns."""
_LONGEST_CENTRED: Final = 45
"""Characters of a centred line; as for a subtitle."""
_BLANK_WIDTHS: Final = {"\t": 4, "\u3000": 2}
"""Columns of white space; a space is one."""


def pasted_article(message: Message) -> Part | None:
    """The article in the text of the letter, or of a letter forwarded in it, as a part without a name; None without
    one.

    Greeting, signature and quoted letters are removed. `read_pasted` reads the part.
    """
    for text, origin in _texts(message):
        lines = _article_lines(text)
        if _is_article(lines):
            data = "\n".join(lines).encode("utf-8", "replace")
            return Part("", "text/plain", "", data, inline=True, forwarded=bool(origin), origin=origin)
    return None


def read_pasted(part: Part) -> SourceDocument:
    """The document of a part made by `pasted_article`: each line is a paragraph; far indented lines count as
    centred."""
    lines = part.data.decode("utf-8").split("\n")
    blocks = tuple(SourceParagraph(line.strip(), centred=_is_centred(line)) for line in lines if line.strip())
    return SourceDocument(blocks, (Omission(rules.PASTED_TEXT, CONCERN),))


def title_of_subject(subject: str) -> str:
    """The subject of a letter as a title: without 回复：, 投稿：, 【投稿】 before it; the whole subject if nothing
    else is left."""
    rest = subject
    while mark := _SUBJECT_MARK.match(rest):
        rest = rest[mark.end() :]
    return rest.strip() or subject


def _texts(message: Message) -> Iterator[tuple[str, str]]:
    """The text of the letter, then of letters within it, each with its writer; "" for the letter itself.

    Programs fold plain text and seldom HTML, so that the HTML comes first where the plain text is folded.
    """
    own = [message.text, message.html_text]
    for text in reversed(own) if is_folded(message.text.split("\n")) else own:
        yield text, ""
    for part in message.parts:
        if part.forwarded and not part.name and part.content_type in ("text/plain", "text/html"):
            text = decode(part.data[:_MOST_TEXT])
            yield clean(read_page(text).text if part.content_type == "text/html" else text), part.origin


def _article_lines(text: str) -> list[str]:
    written = own_text(text[:_MOST_TEXT].replace("\r\n", "\n"))
    lines = [line.rstrip() for line in unfolded(written.split("\n")) if line.strip()]
    return _without_signature(_without_greeting(lines))


def _is_article(lines: list[str]) -> bool:
    """Whether the lines are long enough, mostly Chinese, end with no question, and do not speak to a reader."""
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
    """Whether a line greets the reader. Its last character distinguishes it from a title."""
    return len(line) <= _LONGEST_GREETING and line[-1] in _ENDS_GREETING and _GREETS.search(line) is not None


def _without_signature(lines: list[str]) -> list[str]:
    """The lines without what a mail program or a polite writer adds at the end. Units, names, dates and 撰稿： stay."""
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


def _is_centred(line: str) -> bool:
    """Whether a short line, which is no sentence, is indented as far as centred lines are in plain text."""
    blank = line[: len(line) - len(line.lstrip())]
    return (
        sum(_BLANK_WIDTHS.get(character, 1) for character in blank) >= _CENTRED
        and len(line.strip()) <= _LONGEST_CENTRED
        and line.strip()[-1] not in "。；："
    )
