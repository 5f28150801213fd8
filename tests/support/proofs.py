"""Articles for the checks: lines of text → findings, and the words that they point at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intake.check.checks import check
from intake.read.structure.division import Structured
from tests.support.manuscripts import DEPARTMENTS, TITLE, centred, large, plain, read
from values.department import Department, department_called
from values.finding import Finding
from values.manuscript import Block, Heading, Manuscript, Paragraph
from values.word_list import NO_WORDS, WordList

OWN: Final = "区教体局"


def findings_in(
    *lines: str | Block,
    title: str = TITLE,
    byline: str = OWN,
    word_list: WordList = NO_WORDS,
    departments: Sequence[Department] = DEPARTMENTS,
) -> list[Finding]:
    """The findings in an article of these paragraphs, signed by a department of the register."""
    blocks = tuple(Paragraph(line) if isinstance(line, str) else line for line in lines)
    manuscript = Manuscript((title,), byline, blocks)
    department = department_called(byline, departments)
    signer = department.name if department else None
    structured = Structured(manuscript, None, (), (signer,) if signer else ())
    return list(check(structured, (), signer, departments, word_list))


def marked_findings(
    *lines: str | Block, rule: str = "", word_list: WordList = NO_WORDS
) -> list[tuple[str, str, str | None]]:
    """Rule, the characters pointed at, and suggestion of every finding with a place; of one rule only, if named."""
    texts = [line if isinstance(line, str) else line.text for line in lines if isinstance(line, str | Heading)]
    return [
        (finding.rule.name, texts[finding.paragraph][finding.start : finding.end], finding.suggestion)
        for finding in findings_in(*lines, word_list=word_list)
        if finding.paragraph is not None and rule in ("", finding.rule.name)
    ]


def words(*lines: str | Block, rule: str) -> list[str]:
    """The characters that the findings of a rule point at."""
    return [quote for _, quote, _ in marked_findings(*lines, rule=rule)]


def findings(result: Structured, department: str | None = OWN) -> list[Finding]:
    """All findings of a manuscript that was read. department: the sender's."""
    return list(check(result, (), department, DEPARTMENTS))


def article(*lines: str, title: str = TITLE, byline: str = OWN) -> Structured:
    """A .docx with these paragraphs, as it is read."""
    return read(large(title) + centred(byline) + plain(*lines))


def quotes(result: Structured, rule: str) -> list[tuple[int, str, str | None]]:
    """Paragraph, the characters pointed at, and the suggestion of every finding of the rule."""
    lines = result.manuscript.lines
    return [
        (finding.paragraph, lines[finding.paragraph][finding.start : finding.end], finding.suggestion)
        for finding in findings(result)
        if finding.rule.name == rule and finding.paragraph is not None
    ]


def rule_names(result: Structured, department: str | None = OWN) -> list[str]:
    """The rules of all its findings, in their order."""
    return [finding.rule.name for finding in findings(result, department)]
