"""An article taken from the text of a letter → its document: paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import groupby
from typing import Final

from intake.parse.html.tables import CELL_BREAK
from intake.parse.message import Part
from intake.read.source import Omission, SourceBlock, SourceDocument, SourceParagraph
from values import rules
from values.manuscript import Cell, Table

CONCERN: Final = "稿件取自邮件正文，请核对"
"""The message of the finding that every such article carries."""
DOUBT: Final = "信中的文字较短，可能只是一封信，请确认是不是稿件"
"""The message of the finding of one that may be no article."""

_CENTRED: Final = 8
"""Columns of white space that centre a line; the two characters before a paragraph are four columns."""
_LONGEST_CENTRED: Final = 45
"""Characters of a centred line; as for a subtitle."""
_BLANKS: Final = " \u3000"
"""Around a line; a tab at its beginning or end belongs to an empty cell."""
_BLANK_WIDTHS: Final = {"\t": 4, "\u3000": 2}
"""Columns of white space; a space is one."""


class TextDoubt(Enum):
    """Why an editor should compare an article with the text that it was taken from."""

    NONE = "none"
    """An editor pasted the text as an article."""
    IN_A_LETTER = "in a letter"
    """It was separated from the letter around it."""
    PERHAPS_A_LETTER = "perhaps a letter"
    """As IN_A_LETTER, and it may be no article."""

    @property
    def omissions(self) -> tuple[Omission, ...]:
        in_letter, perhaps = Omission(rules.PASTED_TEXT, CONCERN), Omission(rules.PASTED_DOUBTFUL, DOUBT)
        return {"none": (), "in a letter": (in_letter,), "perhaps a letter": (in_letter, perhaps)}[self.value]


def read_pasted(part: Part, doubt: TextDoubt) -> SourceDocument:
    """The document of the part of a `PastedArticle`: each line is a paragraph, lines with tabs in a row are a table.
    Far indented lines count as centred."""
    lines = [line for line in part.data.decode("utf-8").split("\n") if line.strip()]
    return SourceDocument(tuple(blocks_of(lines)), doubt.omissions)


def blocks_of(lines: Sequence[str]) -> Iterator[SourceBlock]:
    """The paragraphs and tables of a text, none of whose lines is empty."""
    for has_cells, group in groupby(lines, key=lambda line: "\t" in line.strip(_BLANKS)):
        rows = list(group)
        grid = _grid(rows) if has_cells and len(rows) > 1 else []
        if grid and len(grid[0]) > 1:
            yield Table(tuple(tuple(Cell(text.replace(CELL_BREAK, "\n")) for text in row) for row in grid))
        else:
            for line in rows:
                yield SourceParagraph(" ".join(line.split("\t")).strip(), centred=_is_centred(line))


def _grid(rows: Sequence[str]) -> list[list[str]]:
    """The cells of the rows, all rows of one width; without columns that are empty: they were an indentation."""
    split = [[cell.strip() for cell in row.strip(_BLANKS).split("\t")] for row in rows]
    width = max(map(len, split))
    whole = [cells + [""] * (width - len(cells)) for cells in split]
    kept = [column for column in range(width) if any(cells[column] for cells in whole)]
    return [[cells[column] for column in kept] for cells in whole]


def _is_centred(line: str) -> bool:
    """Whether a short line, which is no sentence, is indented as far as centred lines are in plain text."""
    blank = line[: len(line) - len(line.lstrip())]
    return (
        sum(_BLANK_WIDTHS.get(character, 1) for character in blank) >= _CENTRED
        and len(line.strip()) <= _LONGEST_CENTRED
        and line.strip()[-1] not in "。；："
    )
