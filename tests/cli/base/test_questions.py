"""Values from options and from a person: what is asked, what is asked again, what is refused."""

from __future__ import annotations

import pytest

from cli.base.questions import NeededValue, Questions
from values.errors import BadUsage


class ScriptedPerson:
    """Types these answers, and keeps what was shown."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)
        self.shown: list[str] = []

    def say(self, text: str) -> None:
        self.shown.append(text)

    def ask(self, prompt: str) -> str:
        self.shown.append(prompt)
        return self._answers.pop(0)

    ask_hidden = ask


def digits(text: str) -> str | None:
    return None if text.isdigit() else "应是数字"


NUMBER = NeededValue("--number", "期号", None, digits)
OPTIONAL = NeededValue("--from", "起", "7", digits)


def test_given_value_is_not_asked_for() -> None:
    person = ScriptedPerson()
    assert Questions({"--number": "70"}, person).answer(NUMBER) == "70"
    assert person.shown == []


def test_wrong_answers_are_asked_again_with_the_reason() -> None:
    person = ScriptedPerson("", "七十", "70\udcff", "70", "")
    questions = Questions({"--number": "x"}, person)
    assert (questions.answer(NUMBER), questions.answer(OPTIONAL)) == ("70", "7")
    assert person.shown == [
        *("--number：应是数字", "期号：", "  不能为空", "期号：", "  应是数字", "期号："),
        *("  有认不出的字符：请把终端的编码设为 UTF-8", "期号：", "起（回车用 7）："),
    ]


def test_what_was_answered_is_the_default_when_it_is_asked_again() -> None:
    person = ScriptedPerson("70", "")
    questions = Questions({}, person)
    assert questions.answer(NUMBER) == "70"
    questions.ask_again("--number")
    assert questions.answer(NUMBER) == "70"
    assert person.shown[-1] == "期号（回车用 70）："


def test_without_a_person_every_mistake_is_in_the_refusal() -> None:
    questions = Questions({"--from": "x", "--number": None}, None)
    assert [questions.answer(NUMBER), questions.answer(OPTIONAL)] == ["", "7"]
    with pytest.raises(BadUsage) as refused:
        questions.finish()
    assert str(refused.value).splitlines() == ["缺少 --number：期号", "--from：应是数字"]
    fine = Questions({"--number": "1"}, None)
    fine.answer(NUMBER)
    fine.finish()
