"""Which article of the draft each piece of the edited file is. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from service.edited_draft.pieces import Piece
from service.edited_draft.words import likeness, shared

_TITLE_MARK: Final = 2.0
_TEXT_MARK: Final = 1.5
"""Bookmarks outweigh any likeness of the words: an editor may rewrite an article as a whole."""
_SAME_TITLE: Final = 0.75
_SAME_BODY: Final = 0.5
"""Without a bookmark, the likeness of the title or the share of common lines from which it is the same article."""


def paired(sent: Mapping[int, Piece], pieces: Sequence[Piece]) -> Mapping[int, int]:
    """The index of the piece of each article; articles that the file leaves out are missing, added pieces unpaired.

    sent: the pieces of the draft as it was sent, by article. The best pairs are made first.
    """
    scores = [
        (score, article, place)
        for article, before in sent.items()
        for place, piece in enumerate(pieces)
        if (score := _score(article, before, piece)) > 0
    ]
    pairs: dict[int, int] = {}
    for _, article, place in sorted(scores, key=lambda scored: (-scored[0], scored[1], scored[2])):
        if article not in pairs and place not in pairs.values():
            pairs[article] = place
    return pairs


def _score(article: int, before: Piece, piece: Piece) -> float:
    """0 for a piece that is not this article."""
    marks = (_TITLE_MARK if article in piece.title_marks else 0) + (
        _TEXT_MARK if article in piece.marks - piece.title_marks else 0
    )
    title = likeness("".join(before.title), "".join(piece.title))
    body = shared(before.keys, piece.keys)
    if not marks and title < _SAME_TITLE and body < _SAME_BODY:
        return 0
    return marks + title + body
