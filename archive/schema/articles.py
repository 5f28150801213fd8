"""Articles: the editorial items, their texts, and what was decided about them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, String, Table, Text, UniqueConstraint, false

from archive.schema.base import UtcDateTime, WholeNumber, id_column, metadata, reference

article = Table(
    "article",
    metadata,
    id_column(),
    Column("bulletin", String(64), nullable=False, index=True),
    Column("status", String(16), nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("section", Text, nullable=False),
    Column("department", Text),
    # The departments that sign it together, in their order, a line each; "": one department alone.
    Column("departments", Text, nullable=False, server_default=""),
    Column("revision", WholeNumber, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    reference("issue", nullable=True, index=True),
    # The editor's place for it in its section; NULL: the office's order decides.
    Column("position", WholeNumber),
    # Chosen for the next supplement (增刊) instead of the next ordinary issue.
    Column("for_supplement", Boolean, nullable=False, server_default=false()),
    # Raised by every change: whoever writes over a version not seen gets an error (Changed).
    Column("version", WholeNumber, nullable=False, server_default="1"),
    # 责任编辑: name of the editor who answers for it; "": nobody in particular.
    Column("responsible_editor", Text, nullable=False, server_default=""),
)

revision = Table(
    "revision",
    metadata,
    id_column(),
    reference("article"),
    Column("number", WholeNumber, nullable=False),
    reference("letter"),
    Column("attachment", Text, nullable=False),
    Column("content_sha256", String(64), nullable=False, index=True),
    Column("text_sha256", String(64), nullable=False, index=True),
    Column("manuscript", Text, nullable=False),
    Column("findings", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    # Name of the editor who wrote it; "": it was read from its letter.
    Column("made_by", Text, nullable=False, server_default=""),
    UniqueConstraint("article_id", "number"),
)

settled_finding = Table(
    "settled_finding",
    metadata,
    reference("article", primary_key=True),
    # values.fingerprint: of the rule and the words that the finding is about.
    Column("fingerprint", String(64), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("who", Text, nullable=False),
    Column("settled_at", UtcDateTime, nullable=False),
)

letter_article = Table(
    "letter_article",
    metadata,
    reference("letter", primary_key=True),
    reference("article", primary_key=True, index=True),
)

decision = Table(
    "decision",
    metadata,
    id_column(),
    reference("article", index=True),
    Column("before", String(16), nullable=False),
    Column("after", String(16), nullable=False),
    Column("who", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
)

endorsement = Table(
    "endorsement",
    metadata,
    id_column(),
    reference("article", index=True),
    Column("level", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
    # The leader, as the office writes it; "": recorded by an earlier version of the program, or not given.
    Column("leader", Text, nullable=False, server_default=""),
    # The day of the 批示; NULL: not given.
    Column("dated", Date),
    # SHA-256 of the scan in media/; "": none.
    Column("scan_sha256", String(64), nullable=False, server_default=""),
    # Name of the scan's file, as the person's computer called it.
    Column("scan_name", Text, nullable=False, server_default=""),
    # Raised by every change.
    Column("version", WholeNumber, nullable=False, server_default="1"),
)

article_comment = Table(
    "article_comment",
    metadata,
    id_column(),
    reference("article", index=True),
    Column("who", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
)

correction = Table(
    "correction",
    metadata,
    # The article that corrects.
    reference("article", primary_key=True),
    # The printed article that is corrected.
    Column("corrects_id", WholeNumber, ForeignKey("article.id"), nullable=False, index=True),
    # Name of the editor who made it an erratum; "": a department has sent it, and nobody has.
    Column("made_by", Text, nullable=False, server_default=""),
    Column("made_at", UtcDateTime, nullable=False),
)

upper_adoption = Table(
    "upper_adoption",
    metadata,
    id_column(),
    # The printed article of which a paper of a higher level printed something.
    reference("article", index=True),
    Column("level", Text, nullable=False),
    Column("publication", Text, nullable=False),
    Column("dated", Date, nullable=False),
    # values.upper_adoption.AdoptedAs: in full, with others, shortened; "": not said.
    Column("adopted_as", String(16), nullable=False, server_default=""),
    # The title there.
    Column("title", Text, nullable=False, server_default=""),
    Column("who", Text, nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
    UniqueConstraint("article_id", "level", "publication", "dated"),
)
