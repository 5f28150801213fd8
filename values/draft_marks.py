"""What a draft's file carries for its way back: which draft it is, and where each article begins.

None of it is printed, and the signed issue has none of it but the bookmarks on its titles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

PROPERTY: Final = "JianbaoDraft"
"""The custom property of the document that says which draft it is (ECMA-376 part 1, 22.3)."""
END_OF_ARTICLES: Final = "articlesEnd"
"""The bookmark on what follows the articles, the beginning of the 版记."""
CONTENT_DIGITS: Final = 12
"""Of the hexadecimal digits of the SHA-256 of what a draft prints."""
_IDENTITY: Final = re.compile(
    rf"([a-z0-9-]{{1,64}})/([a-z0-9-]{{1,16}})/(\d{{1,9}})/(\d{{1,9}})(?:/([0-9a-f]{{{CONTENT_DIGITS}}}))?", re.ASCII
)
_TITLE: Final = re.compile(r"article(\d{1,9})", re.ASCII)
_TEXT: Final = re.compile(r"text(\d{1,9})r(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class DraftIdentity:
    """Which revision of which draft a file is."""

    bulletin: str
    """Id of the bulletin when the file was made."""
    series: str
    """Of the issue's number."""
    number: int
    revision: int
    """第N稿, from 1."""
    content: str = ""
    """The first digits of a SHA-256 of what it prints: after a restore a number may be given a second time. "" in files
    that were made before it was written."""

    @property
    def written(self) -> str:
        """The value of the property: wuxing/running/70/2/0a1b2c3d4e5f."""
        content = f"/{self.content}" if self.content else ""
        return f"{self.bulletin}/{self.series}/{self.number}/{self.revision}{content}"

    @classmethod
    def read(cls, written: str) -> Self | None:
        """None for anything that `written` does not give."""
        match = _IDENTITY.fullmatch(written.strip())
        return None if match is None else cls(match[1], match[2], int(match[3]), int(match[4]), match[5] or "")


def title_mark(article: int) -> str:
    """The bookmark on the title of an article. Letters and digits only: a PDF shows these unescaped."""
    return f"article{article}"


def text_mark(article: int, revision: int) -> str:
    """The bookmark on the first paragraph below the title, with the number of the text: it stays where an editor has
    typed over the title, which removes the bookmark there."""
    return f"text{article}r{revision}"


def is_draft_mark(bookmark: str) -> bool:
    """Whether a draft of ours has a bookmark of that name."""
    return bookmark == END_OF_ARTICLES or article_marked(bookmark) is not None


def article_marked(bookmark: str) -> int | None:
    """The article of one of the two bookmarks; None for any other."""
    match = _TITLE.fullmatch(bookmark) or _TEXT.fullmatch(bookmark)
    return None if match is None else int(match[1])


def revision_marked(bookmark: str) -> tuple[int, int] | None:
    """The article and the number of its text; None for a bookmark that `text_mark` does not give."""
    match = _TEXT.fullmatch(bookmark)
    return None if match is None else (int(match[1]), int(match[2]))
