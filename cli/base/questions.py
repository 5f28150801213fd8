"""Values that a command needs: given by options, or asked for in a terminal until they are right."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from values.errors import BadUsage


@dataclass(frozen=True, slots=True)
class NeededValue:
    """A value that is needed."""

    option: str
    """The option that gives it: "--title"."""
    text: str
    """What is asked, in Chinese, without a question mark."""
    default: str | None
    """None: it has to be answered."""
    check: Callable[[str], str | None]
    """What is wrong with an answer, in Chinese; None where it is right."""


class Dialogue(Protocol):
    """A person at a terminal."""

    def say(self, text: str) -> None:
        """Shows a line."""

    def ask(self, prompt: str) -> str:
        """The line that was typed. Raises EOFError, KeyboardInterrupt when the person ends the dialogue."""

    def ask_hidden(self, prompt: str) -> str:
        """The same, without showing what is typed."""


class TerminalDialogue:
    """Over standard input and standard error: standard output is for the command's result."""

    def say(self, text: str) -> None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def ask(self, prompt: str) -> str:
        sys.stderr.write(prompt)
        sys.stderr.flush()
        typed = sys.stdin.readline()
        if not typed:
            raise EOFError
        return typed.strip()

    def ask_hidden(self, prompt: str) -> str:
        return getpass.getpass(prompt, sys.stderr).strip()


class Questions:
    """Collects the answers of a command.

    dialogue: None where nobody can be asked. Then options and defaults count, and `finish` refuses with every mistake.
    """

    def __init__(self, given: Mapping[str, str | None], dialogue: Dialogue | None) -> None:
        self.dialogue = dialogue
        self._given = {option: value for option, value in given.items() if value is not None}
        self._typed: dict[str, str] = {}
        self._mistakes: list[str] = []

    def is_given(self, option: str) -> bool:
        """Whether the option was written and has not turned out wrong."""
        return option in self._given

    def answer(self, value: NeededValue) -> str:
        """The value; "" for one that is missing and cannot be asked for. Raises EOFError, KeyboardInterrupt."""
        given = self._given.get(value.option)
        if given is not None:
            mistake = _mistake(value, given)
            if mistake is None:
                return given
            self._refuse(f"{value.option}：{mistake}")
        if self.dialogue is not None:
            return self._asked(self.dialogue, value)
        if given is None and value.default is None:
            self._refuse(f"缺少 {value.option}：{value.text}")
        return value.default or ""

    def ask_again(self, *options: str) -> None:
        """What these options gave has turned out wrong: it is asked for from now on, what was answered as default."""
        for option in options:
            self._given.pop(option, None)

    def finish(self) -> None:
        """Raises BadUsage with a line for each option that is missing or wrong."""
        if self._mistakes:
            raise BadUsage("\n".join(self._mistakes))

    def _refuse(self, mistake: str) -> None:
        if self.dialogue is None:
            self._mistakes.append(mistake)
        else:
            self.dialogue.say(mistake)

    def _asked(self, dialogue: Dialogue, value: NeededValue) -> str:
        default = self._typed.get(value.option, value.default)
        hint = f"（回车用 {default}）" if default else ""
        if default == "":
            hint = "（可以不写）"
        while True:
            typed = dialogue.ask(f"{value.text}{hint}：") or default or ""
            mistake = "不能为空" if not typed and default is None else _mistake(value, typed)
            if mistake is None:
                self._typed[value.option] = typed
                return typed
            dialogue.say(f"  {mistake}")


def _mistake(value: NeededValue, text: str) -> str | None:
    """A terminal of another encoding sends what is no UTF-8; Python keeps it as surrogates."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "有认不出的字符：请把终端的编码设为 UTF-8"
    return value.check(text)
