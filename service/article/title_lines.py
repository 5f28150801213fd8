"""The lines of a title whose words have changed. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher


def broken_alike(lines: tuple[str, ...], title: str) -> tuple[str, ...]:
    """The title in lines, broken at the same words as the earlier lines."""
    matches = SequenceMatcher(None, "".join(lines), title, autojunk=False).get_matching_blocks()
    pieces: list[str] = []
    start = end_of_line = 0
    for line in lines[:-1]:
        end_of_line += len(line)
        end = next((m.b + end_of_line - m.a for m in matches if m.a <= end_of_line <= m.a + m.size), start)
        pieces.append(title[start:end])
        start = end
    return tuple(piece for piece in (*pieces, title[start:]) if piece)
