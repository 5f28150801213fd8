"""近况: the letter that tells an editor how the week went. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from courier.compose import title_line
from courier.render import Addressing, Letterhead, render
from courier.wording import line, worded
from values.digest import Digest, WaitingArticle
from values.outgoing import LetterKind, OutgoingLetter


def digest_letter(digest: Digest, letterhead: Letterhead, to: str, *, at: datetime) -> OutgoingLetter:
    """For one editor. Its first line says that the service is alive; the lists follow, each only where it has any."""
    words = worded(
        LetterKind.DIGEST.value,
        digest=digest,
        title=line(digest.title),
        fetched=line(digest.fetched),
        troubles=[line(trouble) for trouble in digest.troubles],
        undecided=_articles(digest.undecided),
        returned=_articles(digest.returned),
        commissions=[
            (each.label, line(each.topic), each.due_at, each.is_over, [line(name) for name in each.missing])
            for each in digest.commissions
        ],
        silent=[line(name) for name in digest.silent],
        office=letterhead.name,
    )
    return render(words, Addressing(LetterKind.DIGEST, to, digest.about, at), letterhead)


def _articles(articles: Sequence[WaitingArticle]) -> list[tuple[int, str, str, int]]:
    return [(each.id, title_line(each.title), line(each.department), each.days) for each in articles]
