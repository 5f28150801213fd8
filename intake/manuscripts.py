"""From a file of a letter, as it was read, to the drafts of its articles: structure, pictures beside it, owner."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake.check.checks import check
from intake.check.fixes import fixed
from intake.classify.submission import Submission
from intake.parse.message import Message, Part
from intake.read.pasted.pasted import title_of_subject
from intake.read.pictures.attached import appendix
from intake.read.source import SourceDocument
from intake.read.structure.collection import SourceArticle, articles_of
from intake.read.structure.structure import structure
from intake.register import Register
from values import rules
from values.finding import Finding
from values.manuscript import Manuscript, Media, Picture
from values.reason import Reason


@dataclass(frozen=True, slots=True)
class Draft:
    """One manuscript of a letter, read. `attachment`: the sender's file name, as text only.

    content_sha256: of the file's bytes; text_sha256: of its words and pictures as they were sent, white space apart.
    Pictures that came beside the file count for neither: the same manuscript with and without them is one.
    concerns: what in the file needs the editor's eye.
    """

    manuscript: Manuscript
    findings: tuple[Finding, ...]
    media: tuple[Media, ...]
    department: str | None
    section: str
    attachment: str
    content_sha256: str
    text_sha256: str
    concerns: tuple[Reason, ...] = ()


def drafts_of(
    document: SourceDocument,
    part: Part,
    pictures: Sequence[Part],
    message: Message,
    submission: Submission,
    register: Register,
) -> list[Draft]:
    """The articles of one file: one, unless it surely holds several. The last has the pictures sent beside the file."""
    articles = articles_of(document, register.departments)
    places = [_Place(number, len(articles)) for number in range(1, len(articles) + 1)]
    return [
        _draft(article, place, part, pictures if place.is_last else (), message, submission, register)
        for article, place in zip(articles, places, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Place:
    """Which article of a file it is, from 1, and of how many."""

    number: int
    of: int

    @property
    def several(self) -> bool:
        return self.of > 1

    @property
    def is_last(self) -> bool:
        return self.number == self.of

    def named(self, attachment: str) -> str:
        return f"{attachment or '邮件正文'}（第 {self.number} 篇，共 {self.of} 篇）" if self.several else attachment

    def sha256(self, data: bytes) -> str:
        """Of the file; of its digest and the number where the file is cut, so that each article is known again."""
        digest = hashlib.sha256(data).hexdigest()
        return hashlib.sha256(f"{digest}#{self.number}".encode()).hexdigest() if self.several else digest


def _draft(
    article: SourceArticle,
    place: _Place,
    part: Part,
    pictures: Sequence[Part],
    message: Message,
    submission: Submission,
    register: Register,
) -> Draft:
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
    findings = check(structured, omissions, department, register.departments, register.word_list)
    findings += changes
    findings += tuple(rules.UNREAD_COPY.finding(remark) for remark in submission.notes.remarks)
    if submission.owner.department is None and (department is None or submission.owner.is_from_nobody):
        findings = (rules.UNKNOWN_SENDER.finding(submission.owner.unknown_sender), *findings)
    if place.several and department is not None:
        department = structured.byline_department or department  # a street sends what its units wrote
    return Draft(
        manuscript=replace(structured.manuscript, blocks=(*structured.manuscript.blocks, *more.blocks)),
        findings=findings,
        media=tuple({one.sha256: one for one in (*document.media, *more.media)}.values()),
        department=department,
        section=section,
        attachment=place.named(part.name),
        content_sha256=place.sha256(part.data),
        text_sha256=text_sha256_of(as_written),
        concerns=tuple(omission.reason for omission in omissions if omission.serious),
    )


def _department(submission: Submission, part: Part, signed: str | None) -> str | None:
    """Whose it is: by the address of who wrote it first, else of the sender; as signed, where units share an address or
    the address is unknown."""
    original = submission.owner.originals.get(part.origin, ())
    candidates = original or submission.owner.candidates
    if len(original) == 1:
        return original[0]
    if not original and submission.owner.department is not None:
        return submission.owner.department
    if candidates:
        return signed if signed in candidates else None
    return signed or submission.owner.guess


def text_sha256_of(manuscript: Manuscript) -> str:
    """Of its words and pictures, white space apart."""
    pictures = [block.sha256 for block in manuscript.blocks if isinstance(block, Picture)]
    words = "".join((manuscript.title + manuscript.text).split())
    return hashlib.sha256("\n".join([words, *pictures]).encode("utf-8", "surrogatepass")).hexdigest()
