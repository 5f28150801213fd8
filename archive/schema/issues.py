"""Issues: the drafts, the signed-off issues with their files, what is prepared for the next one, and the schedule."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    false,
    text,
)

from archive.schema.base import UtcDateTime, WholeNumber, id_column, metadata, reference

issue = Table(
    "issue",
    metadata,
    id_column(),
    Column("bulletin", String(64), nullable=False),
    Column("series", String(16), nullable=False),
    Column("number", WholeNumber, nullable=False),
    Column("numbering", String(16), nullable=False),
    Column("year", WholeNumber, nullable=False),
    Column("dated", Date, nullable=False),
    Column("status", String(16), nullable=False),
    Column("revision", WholeNumber, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", Text),
    Column("supplement", Boolean, nullable=False, server_default=false()),
    # 按语 and 责任编辑 as they were printed; "" before the sign-off.
    Column("editors_note", Text, nullable=False, server_default=""),
    Column("responsible_editor", Text, nullable=False, server_default=""),
    CheckConstraint("number >= 1", name="number_positive"),
    # A discarded draft frees its number, so that signed-off numbers have no gap; a signed-off number is never reused.
    Index(
        "uq_issue_number", "bulletin", "series", "number", unique=True, sqlite_where=text("status != 'discarded'")
    ).ddl_if(dialect="sqlite"),
    Index("uq_issue_open_draft", "bulletin", "supplement", unique=True, sqlite_where=text("status = 'draft'")).ddl_if(
        dialect="sqlite"
    ),
)
# As statements for PostgreSQL: named as `sqlite_where`, the conditions would import its dialect at the start of every
# command (40 ms).
for _statement in (
    "CREATE UNIQUE INDEX uq_issue_number ON issue (bulletin, series, number) WHERE status != 'discarded'",
    "CREATE UNIQUE INDEX uq_issue_open_draft ON issue (bulletin, supplement) WHERE status = 'draft'",
):
    event.listen(issue, "after_create", DDL(_statement).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]

issue_article = Table(
    "issue_article",
    metadata,
    reference("issue", primary_key=True),
    reference("article", primary_key=True, index=True),
    Column("position", WholeNumber, nullable=False),
    Column("article_revision", WholeNumber, nullable=False),
)

issue_revision = Table(
    "issue_revision",
    metadata,
    id_column(),
    reference("issue"),
    Column("number", WholeNumber, nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    # JSON of values.draft.News, which the draft shows: with it the same file can be made again.
    Column("news", Text, nullable=False, server_default="{}"),
    # SHA-256 of the revision as it would be printed; "": not recorded.
    Column("print_sha256", String(64), nullable=False, server_default=""),
    # When its file was removed together with a letter; NULL: it is there.
    Column("removed_at", UtcDateTime),
    UniqueConstraint("issue_id", "number"),
)

issue_file = Table(
    "issue_file",
    metadata,
    id_column(),
    reference("issue"),
    Column("kind", String(16), nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("issue_id", "kind"),
)

preparation = Table(
    "preparation",
    metadata,
    Column("bulletin", String(64), primary_key=True),
    Column("supplement", Boolean, primary_key=True),
    # 按语, a paragraph a line.
    Column("editors_note", Text, nullable=False, server_default=""),
    Column("dated", Date),
    Column("version", WholeNumber, nullable=False, server_default="1"),
    Column("responsible_editor", Text, nullable=False, server_default=""),
)

firing = Table(
    "firing",
    metadata,
    id_column(),
    Column("bulletin", String(64), nullable=False),
    Column("fire_time", UtcDateTime, nullable=False),
    Column("outcome", String(16), nullable=False),
    reference("issue", nullable=True),
    Column("recorded_at", UtcDateTime, nullable=False),
    UniqueConstraint("bulletin", "fire_time"),
)

next_firing = Table(
    "next_firing",
    metadata,
    Column("bulletin", String(64), primary_key=True),
    # Nothing is due before; NULL: the bulletin is assembled by hand.
    Column("fire_time", UtcDateTime),
    Column("noted_at", UtcDateTime, nullable=False),
)
