"""The words that a finding is about, as a digest: by it a decision about the finding is recognised in a later text.

A line that was moved, another paragraph that was rewritten, a mark that was mended beside the words: the decision
stands. Other words, or other words around them in the same sentence: the finding is open again.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from values.finding import Finding, Subject
from values.manuscript import Manuscript

_CONTEXT: Final = 4
"""Letters and digits before and after the words that count: enough to tell two places of a word apart in most
sentences, and so few that a change elsewhere in the sentence leaves the decision alone."""
_END_OF_SENTENCE: Final = re.compile(r"[。！？；\t\n]")
_NO_LETTER: Final = re.compile(r"[\W_]+")


def fingerprint_of(finding: Finding, manuscript: Manuscript) -> str:
    """A SHA-256 in hexadecimal digits, of the finding's rule and words; manuscript: the text that the finding is about.

    The words are the characters that are marked, with `_CONTEXT` letters of their sentence on either side; the line
    where the finding marks none; the title or the byline for a finding about that; else the message.
    """
    words = (finding.rule.name, *_words(finding, manuscript))
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


def _words(finding: Finding, manuscript: Manuscript) -> tuple[str, ...]:
    lines = manuscript.lines
    if finding.paragraph is None or not 0 <= finding.paragraph < len(lines):
        return (_of_whole(finding, manuscript),)
    line = lines[finding.paragraph]
    if finding.start is None or finding.end is None:
        return (line,)
    before = _END_OF_SENTENCE.split(line[: finding.start])[-1]
    after = _END_OF_SENTENCE.split(line[finding.end :])[0]
    return (_letters(before)[-_CONTEXT:], line[finding.start : finding.end], _letters(after)[:_CONTEXT])


def _of_whole(finding: Finding, manuscript: Manuscript) -> str:
    match finding.rule.subject:
        case Subject.TITLE:
            return manuscript.title
        case Subject.BYLINE:
            return manuscript.byline or ""
        case _:
            return finding.message


def _letters(text: str) -> str:
    """Without marks and white space, and with full-width letters and digits as half-width ones: mending those beside
    the words is no change of the words."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text))
