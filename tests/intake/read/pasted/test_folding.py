"""Text that a mail program has folded."""

from __future__ import annotations

import pytest

from intake.outcome import Reading
from intake.read.pasted.folding import is_folded, unfolded
from intake.reading import read_letter
from intake.register import Register
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, File, raw_letter
from values.manuscript import Paragraph

REGISTER = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True)


TITLE = "内外兼修提升学前教育改革发展品质"


FIRST = (
    "一是严格保教管理，确保常规规范。"
    "以智慧教育云平台为载体，建立动态监管系统，有效提升学前教育常态化管理效能，督导评估按年度开展。"
)


SECOND = (
    "二是推行“联盟共建”，推动整体发展。"
    "着力推进幼儿园集群发展，把全区幼儿园划分6个片区21个小组，实现结对共建联盟发展一体化，片区帮扶转向跨园交流。"
)


THIRD = "三是坚持“项目驱动”，促进品位提升。以课程游戏化建设为抓手，让游戏精神照亮童心世界。"


ARTICLE = "\n".join((TITLE, "区教体局", FIRST, SECOND, THIRD))


def read(text: str, *files: File, sender: str = "jtj@example.org", subject: str = "投稿") -> Reading:
    return read_letter(raw_letter(*files, sender=sender, subject=subject, text=text.replace("\n", "\r\n")), REGISTER)


def lines(found: Reading) -> list[str]:
    """Title, byline, body."""
    [draft] = found.articles
    body = [block.text for block in draft.manuscript.blocks if isinstance(block, Paragraph)]
    return [draft.manuscript.title, draft.manuscript.byline or "", *body]


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
