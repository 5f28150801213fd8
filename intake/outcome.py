"""What a child process returns of a letter: values, without the readers that made them.

The service itself reads no letter, and does not load what reads them: that would take 8 MB.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias

from programs.conversion import ConversionRequest
from values.draft_marks import DraftIdentity
from values.finding import Finding
from values.letter import LetterContent, Seal, Verdict
from values.mailed_answer import MailedAnswer
from values.manuscript import Manuscript, Media, Picture
from values.outgoing import LetterHead
from values.reason import Reason


class Intent(StrEnum):
    """What a letter announces about its manuscripts."""

    NEW = "new"
    """An article."""
    FINAL = "final"
    """The last text of an article (定稿); many departments write that when they send the first."""
    CORRECTION = "correction"
    """A later text of an article sent before."""
    ADDITION = "addition"
    """Something for an article sent before (补充)."""
    WITHDRAWAL = "withdrawal"
    """An article shall not appear."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a letter takes back."""

    department: str | None
    """The canonical name when exactly one department has the sender's address, else None."""
    titles: tuple[str, ...]
    """Those in 《》 that the letter names; () for none."""
    reason: str
    """Chinese, for the clerk."""
    subject: str = ""
    """Of the letter that was recalled, as the recall notice names it; "" for none."""
    trusted: bool = True
    """The sender is a department's address; False for the notice of a mail service, which changes nothing."""


@dataclass(frozen=True, slots=True)
class AskedCorrection:
    """Words of an article that a letter calls wrong. They are shown to the editor, and change nothing."""

    paragraph: str
    """The number of the paragraph as the letter writes it; "" for none."""
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Addition:
    """What a letter without a manuscript adds to an article sent before (补充), or asks to correct in it (更正)."""

    department: str | None
    """The canonical name when exactly one department has the sender's address, else None."""
    titles: tuple[str, ...]
    """Those in 《》 that the letter names; () for none."""
    numbers: tuple[int, ...]
    """Articles that the letter names by the number in a receipt (编号 12)."""
    place: str
    """The place in the receipt as the letter writes it (第二篇): 二; "" for none."""
    pictures: tuple[Picture, ...]
    media: tuple[Media, ...]
    """The bytes of the pictures."""
    unplaced: tuple[Reason, ...]
    """Why further pictures cannot be printed."""
    corrections: tuple[AskedCorrection, ...]
    says_more: bool
    """Its words have to be read by a person."""


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article read from a letter, not yet compared with the ledger.

    Pictures sent beside the file count for neither digest: the same manuscript with and without them is one article.
    """

    manuscript: Manuscript
    findings: tuple[Finding, ...]
    media: tuple[Media, ...]
    """The bytes of its pictures, each once."""
    department: str | None
    """Canonical name; None while nobody knows it."""
    section: str
    """栏目; "" for an ordinary article."""
    attachment: str
    """The sender's name for the file, as text only; "" for the letter's own text."""
    content_sha256: str
    """Of the file's bytes (`article_digest`)."""
    text_sha256: str
    """Of its words and pictures as they were sent, without white space (`Manuscript.text_sha256`)."""
    concerns: tuple[Reason, ...] = ()
    """What in the file needs the editor's eye."""
    departments: tuple[str, ...] = ()
    """The departments that sign it, in their order, `department` first; () where it is not known."""
    attached_pictures: tuple[str, ...] = ()
    """SHA-256 of the pictures sent beside the file: those of its last blocks, in their order."""
    returned_by: str = ""
    """Message-ID of the letter with which an editor has sent this file to the department (退改), as the file says; ""
    for any other. It says which article may be meant, never who sends it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of a letter, before it is compared with the ledger."""

    sender: str
    """The address, lower case; "不明：" and what From says where that names none; "" for nothing."""
    subject: str
    message_id: str
    """With angle brackets, "" for none."""
    verdict: Verdict
    reason: Reason
    articles: tuple[ReadArticle, ...] = ()
    """In the order of the letter; empty where nothing could be read."""
    unconverted: tuple[ConversionRequest, ...] = ()
    """Files in older formats and drawings that LibreOffice has not converted yet. With what it makes of them the letter
    is read again; without LibreOffice this reading is final."""
    intent: Intent = Intent.NEW
    answers: tuple[str, ...] = ()
    """The Message-IDs that it answers (References, In-Reply-To), with angle brackets."""
    vouched: bool = False
    """The trusted mail server authenticated the sender's domain, or the letter answers one that only the sender got."""
    withdrawal: Withdrawal | None = None
    """The articles that it takes back; None for most letters."""
    addition: Addition | None = None
    """What it adds to an article sent before, if it means one; None for most letters."""
    only_words: bool = False
    """It brings no manuscript, and no file that may be one."""
    asks: bool = False
    """Of a letter to the editor (`Verdict.QUESTION`): it asks something."""
    queries: bool = False
    """It asks for the list of the unit's submissions, and for nothing else."""
    sent_at: datetime | None = None
    """When it was sent: the later of its Date and what the topmost Received says; None where one of them is missing."""
    old: bool = False
    """It was old when it was fetched: it is not answered, and its new articles are held."""
    concerns: tuple[Reason, ...] = ()
    """What in a letter with articles needs the editor's eye."""
    head: LetterHead = field(default_factory=LetterHead)
    """What an answer depends on."""
    content: LetterContent = field(default_factory=LetterContent)
    """The letter as the desk shows it."""
    answer: MailedAnswer | None = None
    """It answers one of our letters about a draft, or carries a code of one."""
    drafts: tuple[DraftIdentity, ...] = ()
    """Which drafts its files say they are that somebody has edited, each once."""
    seal: Seal | None = None
    """The marking of secrecy for which it is sealed: then all else but sender, verdict and reason is empty."""


OriginalKind: TypeAlias = Literal["docx", "pdf", "older", "text", "other"]


@dataclass(frozen=True, slots=True)
class DocumentLines:
    """What was read of a file that no letter brought."""

    lines: tuple[str, ...]
    """Of paragraphs, and of cells of tables."""
    refusal: str = ""
    """Why it could not be read, Chinese; "" when it could."""
    unconverted: tuple[ConversionRequest, ...] = ()
    """What LibreOffice has to convert first; () for nothing."""


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """The rows of a list that a person has read (`intake.document_rows`)."""

    rows: tuple[tuple[str, ...], ...]
    """Cells of tables; a line of text is a row of one cell."""
    refusal: str = ""
    """Why the file could not be read, Chinese; "" when it could."""


@dataclass(frozen=True, slots=True)
class ScanReading:
    """What the scan of a paper is (`intake.scan`)."""

    content_type: str
    """By its bytes."""
    pages: int
    """How many; 0 for a file that is no picture and no PDF, and for one that cannot be opened."""
    marking: str = ""
    """The marking of secrecy in its text that would seal a letter; "" for none."""


@dataclass(frozen=True, slots=True)
class Original:
    """A manuscript's file as it was sent."""

    name: str
    """The sender's; "" for the letter's own text, which is in UTF-8."""
    kind: OriginalKind
    """How it can be shown. older: LibreOffice opens it (.doc, .wps, RTF, a web page)."""
    data: bytes
