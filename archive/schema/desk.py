"""The desk: its people, what they changed, the register as they changed it, and what they have typed and seen."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table, Text, UniqueConstraint, false

from archive.schema.base import UtcDateTime, WholeNumber, id_column, metadata, reference

account = Table(
    "account",
    metadata,
    id_column(),
    Column("name", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    # argon2; "": the person cannot log in by password (yet).
    Column("password_hash", Text, nullable=False, server_default=""),
    Column("made_at", UtcDateTime, nullable=False),
    Column("disabled", Boolean, nullable=False, server_default=false()),
    # Null: not recorded, by an earlier version of the program.
    Column("password_set_at", UtcDateTime),
    # Mail address in lower case, by which a step of an approval names the person; "": none.
    Column("address", Text, nullable=False, server_default=""),
    UniqueConstraint("name"),
)

invitation = Table(
    "invitation",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    reference("account", index=True),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

second_factor = Table(
    "second_factor",
    metadata,
    reference("account", primary_key=True),
    # The key of the authenticator app in base32; see archive.second_factors.
    Column("secret", String(64), nullable=False),
    Column("last_step", WholeNumber, nullable=False, server_default="0"),
    Column("confirmed_at", UtcDateTime),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("code_sha256", String(64), primary_key=True),
    reference("account", index=True),
    Column("used_at", UtcDateTime),
)

desk_session = Table(
    "desk_session",
    metadata,
    id_column(),
    Column("token_sha256", String(64), nullable=False),
    reference("account", index=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    UniqueConstraint("token_sha256"),
)

external_identity = Table(
    "external_identity",
    metadata,
    # A person at an OpenID Connect provider (Core 1.0 section 2: both together are never given to somebody else).
    Column("issuer", String(255), primary_key=True),
    Column("subject", String(255), primary_key=True),
    reference("account", index=True),
    Column("linked_at", UtcDateTime, nullable=False),
)

external_session = Table(
    "external_session",
    metadata,
    # A session that the provider has opened.
    reference("desk_session", primary_key=True),
)

login_attempt = Table(
    "login_attempt",
    metadata,
    id_column(),
    # archive.login_attempts.LoginAttempt.
    Column("target", String(64), nullable=False),
    Column("origin", String(64), nullable=False),
    Column("known_browser", Boolean, nullable=False),
    Column("tried_at", UtcDateTime, nullable=False),
    Index(None, "target", "tried_at"),
    Index(None, "origin", "tried_at"),
)

refused_login = Table(
    "refused_login",
    metadata,
    Column("minute", UtcDateTime, primary_key=True),
    Column("address", String(64), primary_key=True),
    Column("tries", WholeNumber, nullable=False),
    # A JSON list of ids of accounts.
    Column("accounts", Text, nullable=False),
)

change = Table(
    "change",
    metadata,
    id_column(),
    Column("bulletin", String(64), nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("who", Text, nullable=False),
    # archive.changes.Subject, and which one: an id, a number or a name.
    Column("subject", String(16), nullable=False),
    Column("subject_id", Text, nullable=False),
    # What was changed, a sentence in Chinese; the reason that the person gave.
    Column("said", Text, nullable=False),
    Column("why", Text, nullable=False, server_default=""),
    # archive.change_chain: of the columns above and of the line before.
    Column("sha256", String(64), nullable=False, server_default=""),
    Index(None, "subject", "subject_id"),
    Index(None, "changed_at"),
)

department = Table(
    "department",
    metadata,
    id_column(),
    Column("bulletin", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("full_name", Text, nullable=False),
    # JSON lists of strings.
    Column("aliases", Text, nullable=False),
    Column("senders", Text, nullable=False),
    # 分组 of the statistics; "": none.
    Column("group_name", Text, nullable=False, server_default=""),
    Column("position", WholeNumber, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=false()),
    Column("version", WholeNumber, nullable=False, server_default="1"),
    UniqueConstraint("bulletin", "name"),
)

learned_sender = Table(
    "learned_sender",
    metadata,
    id_column(),
    Column("bulletin", String(64), nullable=False),
    Column("address", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("learned_at", UtcDateTime, nullable=False),
    Column("learned_by", Text, nullable=False),
    UniqueConstraint("bulletin", "address"),
)

allowed_word = Table(
    "allowed_word",
    metadata,
    Column("bulletin", String(64), primary_key=True),
    Column("word", String(64), primary_key=True),
    Column("who", Text, nullable=False),
    Column("allowed_at", UtcDateTime, nullable=False),
)

unsaved = Table(
    "unsaved",
    metadata,
    reference("account", primary_key=True),
    reference("article", primary_key=True),
    Column("revision", WholeNumber, nullable=False),
    Column("text", Text, nullable=False),
    Column("typed_at", UtcDateTime, nullable=False),
)

article_look = Table(
    "article_look",
    metadata,
    reference("account", primary_key=True),
    reference("article", primary_key=True),
    Column("revision", WholeNumber, nullable=False),
    Column("looked_at", UtcDateTime, nullable=False),
)

form_use = Table(
    "form_use",
    metadata,
    # Of the number of the form and of its fields (desk.form_once).
    Column("digest", String(64), primary_key=True),
    Column("used_at", UtcDateTime, nullable=False, index=True),
    # The path of the page that it led to; null while it is being done, and where that was interrupted.
    Column("answer", Text),
)
