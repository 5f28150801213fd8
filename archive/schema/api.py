"""The API: tokens by which other systems act for an account."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text, UniqueConstraint

from archive.schema.base import UtcDateTime, id_column, metadata, reference

api_token = Table(
    "api_token",
    metadata,
    id_column(),
    Column("token_sha256", String(64), nullable=False),
    reference("account", index=True),
    Column("name", Text, nullable=False),
    # Id of the bulletin that it is for; "": all.
    Column("bulletin", String(64), nullable=False, server_default=""),
    # values.api_token.TokenScope, separated by blanks.
    Column("scopes", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    # Null: never used.
    Column("used_at", UtcDateTime),
    # Null: not revoked.
    Column("revoked_at", UtcDateTime),
    UniqueConstraint("token_sha256"),
)
