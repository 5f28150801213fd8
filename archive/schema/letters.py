"""Letters: what came, where a mailbox showed it, what could not be fetched, and what each letter contains."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, Text, UniqueConstraint

from archive.schema.base import UtcDateTime, WholeNumber, id_column, metadata, reference

letter = Table(
    "letter",
    metadata,
    id_column(),
    Column("bulletin", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("header_only", Boolean, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("stored_at", UtcDateTime, nullable=False),
    Column("sender", Text, nullable=False, server_default=""),
    Column("sender_name", Text, nullable=False, server_default=""),
    Column("subject", Text, nullable=False, server_default=""),
    Column("message_id", Text, nullable=False, server_default=""),
    Column("verdict", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("attempts", WholeNumber, nullable=False, server_default="0"),
    Column("decided_at", UtcDateTime),
    UniqueConstraint("bulletin", "sha256"),
    Index(None, "verdict"),
    Index(None, "message_id"),
    Index(None, "bulletin", "verdict", "received_at"),
    Index(None, "bulletin", "received_at"),
)

letter_content = Table(
    "letter_content",
    metadata,
    reference("letter", primary_key=True),
    # JSON of values.letter.LetterContent.
    Column("content", Text, nullable=False),
)

seal = Table(
    "seal",
    metadata,
    reference("letter", primary_key=True),
    Column("marking", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("sealed_at", UtcDateTime, nullable=False),
    Column("released_at", UtcDateTime),
)

removal = Table(
    "removal",
    metadata,
    reference("letter", primary_key=True),
    # values.letter.RemovalKind.
    Column("kind", String(16), nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("removed_at", UtcDateTime, nullable=False),
    # When the last of its files was overwritten; NULL: that is still to be done.
    Column("finished_at", UtcDateTime),
)

brought_in = Table(
    "brought_in",
    metadata,
    reference("letter", primary_key=True),
    Column("department", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("brought_at", UtcDateTime, nullable=False),
)

folder = Table(
    "folder",
    metadata,
    id_column(),
    Column("account", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("watermark", BigInteger, nullable=False, server_default="0"),
    Column("first_seen_at", UtcDateTime, nullable=False),
    UniqueConstraint("account", "name", "uidvalidity"),
)

sighting = Table(
    "sighting",
    metadata,
    id_column(),
    reference("letter", index=True),
    reference("folder"),
    Column("uid", BigInteger, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    UniqueConstraint("folder_id", "uid"),
)

unfetched = Table(
    "unfetched",
    metadata,
    id_column(),
    reference("folder"),
    Column("uid", BigInteger, nullable=False),
    Column("polls", WholeNumber, nullable=False),
    Column("reason", Text, nullable=False),
    Column("given_up", Boolean, nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    UniqueConstraint("folder_id", "uid"),
)

reconciliation = Table(
    "reconciliation",
    metadata,
    reference("folder", primary_key=True),
    Column("done_at", UtcDateTime, nullable=False),
)

courtesy_mark = Table(
    "courtesy_mark",
    metadata,
    reference("sighting", primary_key=True),
    Column("attempts", WholeNumber, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("said", Text, nullable=False),
    Column("tried_at", UtcDateTime, nullable=False),
)
