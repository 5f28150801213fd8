"""Text that a mail program has folded."""

from __future__ import annotations

import pytest

from intake.read.pasted.folding import is_folded, unfolded
from intake.reading import read_letter
from tests.support.pasted_articles import ARTICLE, FIRST, REGISTER, SECOND, THIRD, TITLE, lines, read


@pytest.mark.parametrize("width", [31, 34, 36, 38])
def test_text_folded_by_a_mail_program_is_put_together_again(width: int) -> None:
    folded = "\n".join(
        "\n".join(line[at : at + width] for at in range(0, len(line), width)) for line in ARTICLE.split("\n")
    )
    assert folded.count("\n") > ARTICLE.count("\n") + 2
    assert lines(read(folded)) == [TITLE, "区教体局", FIRST, SECOND, THIRD]


def test_page_is_read_where_only_the_plain_text_is_folded() -> None:
    folded = "\n".join("\n".join(line[at : at + 30] for at in range(0, len(line), 30)) for line in ARTICLE.split("\n"))
    page = "".join(f"<p>{line}</p>" for line in ARTICLE.split("\n"))
    head = "From: jtj@example.org\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
    raw = f"{head}--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{folded}\r\n"
    raw += f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--b--\r\n"
    assert lines(read_letter(raw.encode(), REGISTER)) == [TITLE, "区教体局", FIRST, SECOND, THIRD]


def test_lines_that_end_with_their_sentences_are_not_folded() -> None:
    lines = ["我区开展走访慰问活动，走访了二十户困难家庭，发放了慰问品。"] * 5
    assert not is_folded(lines)
    assert unfolded(lines) == lines


def test_latin_words_that_are_joined_keep_a_space() -> None:
    line = "a" * 36 + " " + "b" * 35
    assert unfolded([line, line, "end"]) == [f"{line} {line} end"]


def test_a_heading_or_an_indented_line_begins_a_paragraph() -> None:
    full = "我区开展走访慰问活动走访了二十户困难家庭发放了慰问品和防寒物资，"
    assert unfolded([full, full, "一、走访慰问", full, full, "\u3000\u3000二十户"]) == [
        full + full,
        "一、走访慰问",
        full + full,
        "\u3000\u3000二十户",
    ]
