"""Characters that no font of this machine has: they would be empty boxes in the issue."""

from __future__ import annotations

from collections.abc import Iterator

from intake.check.proof import Proof, finding_at
from values import rules
from values.finding import Finding
from values.font_coverage import uncovered


def unprintable_characters(proof: Proof) -> Iterator[Finding]:
    """Emoji and rare characters that cannot be printed, each at its first place."""
    reported: set[str] = set()
    for line in proof.lines:
        for start, character in uncovered(line.text, proof.font_coverage):
            if character not in reported:
                reported.add(character)
                message = f"本机字体没有“{character}”（U+{ord(character):04X}），印出来是空框。"
                yield finding_at(
                    line,
                    (start, start + 1),
                    rules.UNPRINTABLE,
                    message,
                    "请改用别的字或符号，或请管理员安装有这个字的字体。",
                )
    for character in dict.fromkeys(text for _, text in uncovered(proof.manuscript.title, proof.font_coverage)):
        message = f"标题里的“{character}”（U+{ord(character):04X}）本机字体没有，印出来是空框。"
        yield rules.UNPRINTABLE.finding(message, suggestion="请改用别的字或符号，或请管理员安装有这个字的字体。")
