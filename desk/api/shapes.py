"""What the API answers with: the shapes of service/shapes/ described for OpenAPI.

The command line has the same shapes (design.md 5.3). They may grow: a key that is not described here is passed on.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field


class ApiShape(BaseModel):
    """What all shapes have in common."""

    model_config = ConfigDict(extra="allow")


class ApiFinding(ApiShape):
    """A finding of the proofreader."""

    rule: str
    severity: str = Field(description="error, warning, info")
    message: str
    paragraph: int | None = Field(description="Of the body, from 0; null: of the article as a whole.")
    start: int
    end: int
    suggestion: str | None
    state: str = Field(description="open, dismissed, checked")
    number: int | None = Field(description="By which the command line and the desk name it.")


class ApiSource(ApiShape):
    """Where a text comes from."""

    sha256: str = Field(description="Of the letter.")
    attachment: str | None


class ApiArticle(ApiShape):
    """An article with its current text."""

    id: int
    bulletin: str
    status: str = Field(description="draft, adopted, held, returned, rejected, published")
    confirmed: bool
    section: str
    department: str | None
    departments: list[str]
    title: str
    byline: str | None
    revision: int
    version: int = Field(description="Raised by every change; its ETag.")
    text: str = Field(description="A line for each paragraph; tables as rows separated by tabs.")
    house_lines: list[str]
    findings: list[ApiFinding]
    pictures: int
    tables: int
    source: ApiSource
    received_at: str
    issue: int | None
    issue_label: str
    position: int | None
    for_supplement: bool


class ApiArticles(ApiShape):
    """A page of articles, the latest first."""

    items: list[ApiArticle]
    next: str | None = Field(description="Path of the next page; null: this is the last.")


class ApiLetter(ApiShape):
    """A letter and its verdict."""

    sha256: str
    bulletin: str
    mailbox: str | None
    uid: int | None
    received_at: str
    sender: str = Field(alias="from")
    subject: str
    verdict: str
    question: str | None
    reason: str
    attempts: int
    articles: list[int]

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow", populate_by_name=True)


class ApiLetters(ApiShape):
    """A page of letters, the latest first."""

    items: list[ApiLetter]
    next: str | None


class ApiIssue(ApiShape):
    """An issue."""

    id: int
    bulletin: str
    number: int
    label: str
    supplement: bool
    date: str
    status: str = Field(description="draft, signed_off, discarded")
    revision: int
    articles: list[int]
    files: list[str]
    kinds: list[str] = Field(description="Of the files that can be read: docx, pdf, ofd, manifest, draft.")


class ApiIssues(ApiShape):
    """A page of issues, the latest made first."""

    items: list[ApiIssue]
    next: str | None


class ApiSection(ApiShape):
    """A section of the next issue."""

    name: str = Field(description='"" holds the ordinary articles.')
    articles: list[int] = Field(description="In printed order.")


class ApiNextIssue(ApiShape):
    """What the next issue would print, and what is prepared for it."""

    bulletin: str
    sections: list[ApiSection]
    note: str = Field(description="按语, a paragraph a line.")
    date: str | None = Field(description="印发日期; null: the day of assembling.")
    responsible_editor: str
    version: int = Field(description="Of note, date and responsible editor; its ETag.")


class ApiDraft(ApiShape):
    """A draft that was made."""

    bulletin: str
    number: int
    label: str
    supplement: bool
    revision: int
    articles: list[int]
    files: list[str]
    changed: bool = Field(description="False: the same file as before, byte for byte.")


class ApiFigures(ApiShape):
    """The figures of a department, or of all together."""

    department: str
    group: str
    received: int
    received_printed: int
    adopted: int
    supplement: int
    notices: int
    held: int
    returned: int
    rejected: int
    upper: dict[str, int] = Field(description="上级采用 by level.")
    rate: float | None
    endorsed: dict[str, int] | None = Field(None, description="批示 by level, where the office counts them.")
    points: str | None = Field(None, description="Where the office scores.")


class ApiStatistics(ApiShape):
    """The figures of a period."""

    first: str
    last: str
    departments: list[ApiFigures]
    total: ApiFigures


class ApiBulletin(ApiShape):
    """A bulletin that the token is for."""

    id: str
    title: str
    kind: str
    office: str
    sections: list[str]


class ApiBulletins(ApiShape):
    """All that the token is for."""

    items: list[ApiBulletin]
