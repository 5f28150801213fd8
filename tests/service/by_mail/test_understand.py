"""Answers as people write them: what each decides, and that no unclear one decides anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from intake.classify.own_words import own_words
from intake.parse.message import parse_message
from service.by_mail.instructions import (
    Consent,
    Exchange,
    Instruction,
    MoveTo,
    Retitle,
    SendBack,
    SetDate,
    SetStatus,
    SignOff,
    TakeEdits,
    Understood,
    WriteNote,
)
from service.by_mail.understand import understand

ARTICLES = 8
LETTERS = {"adopted": "A", "held": "H", "returned": "R", "rejected": "X"}
TABLE = [
    line.split(" => ", 1)
    for line in (Path(__file__).parent / "answers.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def shown(instruction: Instruction) -> str:
    """In the notation of answers.txt."""
    match instruction:
        case SetStatus(status, numbers, reason):
            return f"{LETTERS[status.value]}{','.join(map(str, numbers))}" + (f"({reason})" if reason else "")
        case MoveTo(number, place, other):
            return f"M{number}" + {"before": f"<{other}", "after": f">{other}"}.get(place, place)
        case Exchange(first, second):
            return f"S{first},{second}"
        case Retitle(number, title):
            return f"T{number}({title})"
        case WriteNote(text):
            return f"N({text})"
        case SetDate(month, day):
            return f"D{month}-{day}"
        case Consent(signs):
            return "OK+" if signs else "OK"
        case SendBack(remark):
            return f"BACK({remark})"
        case SignOff():
            return "SIGN"
        case TakeEdits(accepts):
            return "TAKE" if accepts else "LEAVE"


def projected(understood: Understood) -> str:
    decided = [shown(instruction) for line in understood.followed for instruction in line.instructions]
    return " ".join([*decided, *(["?"] if understood.unclear else [])])


def written(text: str) -> str:
    """The writer's own words of a letter with that text."""
    text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text.replace("\\n", "\n"))
    return own_words(parse_message(b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.encode()))


def test_the_table_has_three_hundred_answers_a_third_of_them_unclear() -> None:
    texts = [text for _, text in TABLE]
    assert len(texts) == len(set(texts)) >= 300
    assert len([expected for expected, _ in TABLE if expected == "?"]) * 3 >= len(texts)


@pytest.mark.parametrize(("expected", "text"), TABLE, ids=range(len(TABLE)))
def test_an_answer_decides_what_it_says(expected: str, text: str) -> None:
    assert projected(understand(written(text), ARTICLES)).replace("\n", "\\n") == expected
