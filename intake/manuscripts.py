"""From a file of a letter, as it was read, to its articles: structure, pictures sent with it, department, findings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake.check.checks import check
from intake.check.fixes import fixed
from intake.classify.submission import Submission
from intake.digests import article_digest
from intake.outcome import ReadArticle
from intake.parse.message import Message, Part
from intake.read.pasted.article import title_of_subject
from intake.read.pictures.attached import appendix
from intake.read.source import SourceDocument
from intake.read.structure.collection import SourceArticle, articles_of
from intake.read.structure.division import structure
from intake.register import Register
from values import rules


def articles_in(
    document: SourceDocument,
    part: Part,
    pictures: Sequence[Part],
    message: Message,
    submission: Submission,
    register: Register,
) -> list[ReadArticle]:
    """The articles of one file: one, unless it certainly holds several. The last has the pictures sent with the file.

    part, pictures: the file, and the pictures that belong to it, of this message.
    """
    articles = articles_of(document, register.departments)
    numbers = [_ArticleNumber(number, len(articles)) for number in range(1, len(articles) + 1)]
    return [
        _read_article(article, number, part, pictures if number.is_last else (), message, submission, register)
        for article, number in zip(articles, numbers, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _ArticleNumber:
    """Which article of a file it is."""

    number: int
    """From 1."""
    of: int
    """How many the file holds."""

    @property
    def several(self) -> bool:
        return self.of > 1

    @property
    def is_last(self) -> bool:
        return self.number == self.of

    def named(self, attachment: str) -> str:
        return f"{attachment or '邮件正文'}（第 {self.number} 篇，共 {self.of} 篇）" if self.several else attachment

    def digest(self, data: bytes) -> str:
        """By which the article is recognised when its file comes again."""
        return article_digest(data, self.number) if self.several else hashlib.sha256(data).hexdigest()


def _read_article(
    article: SourceArticle,
    number: _ArticleNumber,
    part: Part,
    pictures: Sequence[Part],
    message: Message,
    submission: Submission,
    register: Register,
) -> ReadArticle:
    document = article.document
    structured = structure(
        document,
        register.departments,
        register.sections,
        fallback_title=part.name or title_of_subject(message.subject),
        above=article.above,
    )
    section = structured.section or submission.section
    as_written = structured.manuscript
    mended, changes = fixed(as_written, register.auto_fix)
    structured = replace(structured, manuscript=mended, section=section)
    department = _department(submission, part, structured.byline_department)
    more = appendix(pictures, document.picture_sources, submission.pictures.left_in_letter)
    omissions = (*document.omissions, *more.omissions)
    findings = check(
        structured,
        omissions,
        department,
        register.departments,
        register.word_list,
        register.font_coverage,
        register.own_texts,
    )
    findings += changes
    findings += tuple(rules.UNREAD_COPY.finding(remark) for remark in submission.notes.remarks)
    if submission.owner.department is None and (department is None or submission.owner.is_from_nobody):
        findings = (rules.UNKNOWN_SENDER.finding(submission.owner.unknown_sender), *findings)
    if number.several and department is not None:
        department = structured.byline_department or department  # a 街道 sends what its units have written
    departments = _departments(department, structured.byline_departments)
    return ReadArticle(
        manuscript=replace(structured.manuscript, blocks=(*structured.manuscript.blocks, *more.blocks)),
        findings=findings,
        media=tuple({media.sha256: media for media in (*document.media, *more.media)}.values()),
        department=departments[0] if departments else None,
        departments=departments,
        section=section,
        attachment=number.named(part.name),
        content_sha256=number.digest(part.data),
        text_sha256=as_written.text_sha256,
        attached_pictures=tuple(block.sha256 for block in more.blocks),
        concerns=tuple(omission.reason for omission in omissions if omission.serious),
    )


def _departments(department: str | None, signed: tuple[str, ...]) -> tuple[str, ...]:
    """The departments of an article in their order: those that sign it, if the sender's is one of them."""
    if department in signed:
        return signed
    return (department,) if department else ()


def _department(submission: Submission, part: Part, signed: str | None) -> str | None:
    """The department that an article is from; None when it is not known.

    By the address of who wrote the letter first, else of who sent it; as the article is signed, where units share an
    address or the address is unknown.
    """
    original = submission.owner.originals.get(part.origin, ())
    candidates = original or submission.owner.candidates
    if len(original) == 1:
        return original[0]
    if not original and submission.owner.department is not None:
        # A forwarder speaks for whoever signs what it forwards, where it does not show who wrote it first.
        return signed if part.forwarded and signed else submission.owner.department
    if candidates:
        return signed if signed in candidates else None
    return signed or submission.owner.guess
