"""Letters out, which of them reports which decision, and which letter an editor has answered."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, String, Table, Text, UniqueConstraint

from archive.schema.base import UtcDateTime, WholeNumber, id_column, metadata, reference

outbox = Table(
    "outbox",
    metadata,
    id_column(),
    Column("bulletin", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    reference("letter", nullable=True),
    reference("issue_revision", nullable=True),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    # The letter's bytes: in the row, or, for one with an issue, in a file whose path is relative to data_dir.
    Column("raw", LargeBinary),
    Column("path", Text),
    Column("state", String(16), nullable=False),
    Column("attempts", WholeNumber, nullable=False, server_default="0"),
    # Attempts whose answer is not known: after one, a further attempt may deliver the letter twice.
    Column("unanswered", WholeNumber, nullable=False, server_default="0"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("give_up_at", UtcDateTime, nullable=False),
    Column("next_attempt_at", UtcDateTime),
    Column("last_attempt_at", UtcDateTime),
    Column("sent_at", UtcDateTime),
    Column("answer_code", WholeNumber),
    Column("answer", Text, nullable=False, server_default=""),
    # When recipient, subject and bytes were removed together with a letter; NULL: they are there.
    Column("removed_at", UtcDateTime),
    UniqueConstraint("message_id"),
    UniqueConstraint("letter_id", "kind", "recipient"),
    UniqueConstraint("issue_revision_id", "kind", "recipient"),
    CheckConstraint("(raw IS NULL) <> (path IS NULL)", name="raw_or_path"),
    Index(None, "next_attempt_at"),
    Index(None, "recipient", "created_at"),
)

decision_letter = Table(
    "decision_letter",
    metadata,
    reference("decision", primary_key=True),
    reference("outbox", index=True),
)

editor_answer = Table(
    "editor_answer",
    metadata,
    reference("outbox", primary_key=True),
    reference("letter", index=True),
)
