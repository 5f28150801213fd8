"""The tables of the ledger. Changing them needs a migration in `migrations/versions/` and a new `ledger_format.FORMAT`.

letter         one row for each message of a bulletin, by the SHA-256 of its bytes; its verdict and reason
letter_content what stands in it, as it was read: header, text, files; brought_in: whose it is, of one that was
               uploaded at the desk
sighting       where a server showed that message: unique (account, folder, UIDVALIDITY, UID)
folder         a mailbox folder under one UIDVALIDITY, with the watermark below which every UID is settled
unfetched      a UID that is listed there and does not come; reconciliation: when all of a folder was last looked at
courtesy_mark  what was tried to mark a letter in the mailbox as read, and how it ended
article        the editorial item; revision: what was read, each version kept; letter_article: what came of a letter
decision       every change of an article's status: who, when, why; decision_letter: the letter out that told a
               department of one
unsaved        what somebody has typed into an article and not saved yet; article_look: who saw which revision last
endorsement    领导批示 on an article
department     the register as it was changed at the desk, over that of config.toml
learned_sender an address that an editor has confirmed as a department's, beside those of config.toml
issue          a numbered issue; issue_article: what is in it; issue_revision: the drafts made of it;
               issue_file: the files of a signed-off one
preparation    what the editor has laid down for the next issue before, and while, there is a draft of it
firing         every due time of a bulletin's schedule, and what came of it; next_firing: what is due after that, as the
               schedule said when it was last looked at
outbox         letters out, each rendered once, with the state of its delivery
account        a person of the desk; invitation: a one-time link to set a password; desk_session: somebody logged in;
               login_attempt: a refused log-in
change         everything that a person changed: who, when, what, why
searchable     the texts of articles, letters and signed-off issues, folded for searching; made of the other tables
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. SQLite has no time zones: there it is stored without and read back with UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without time zone: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _to(table: str, *, nullable: bool = False, **more: Any) -> Column[int]:
    return Column(f"{table}_id", ForeignKey(f"{table}.id"), nullable=nullable, **more)


letter = Table(
    "letter",
    metadata,
    _id(),
    Column("bulletin", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("header_only", Boolean, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("stored_at", Moment, nullable=False),
    Column("sender", Text, nullable=False, server_default=""),
    Column("sender_name", Text, nullable=False, server_default=""),
    Column("subject", Text, nullable=False, server_default=""),
    Column("message_id", Text, nullable=False, server_default=""),
    Column("verdict", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("decided_at", Moment),
    UniqueConstraint("bulletin", "sha256"),
    Index(None, "verdict"),
    Index(None, "message_id"),
    Index(None, "bulletin", "verdict", "received_at"),
    Index(None, "bulletin", "received_at"),
)

letter_content = Table(
    "letter_content",
    metadata,
    _to("letter", primary_key=True),
    # JSON of values.letter.LetterContent.
    Column("content", Text, nullable=False),
)

brought_in = Table(
    "brought_in",
    metadata,
    _to("letter", primary_key=True),
    Column("department", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("brought_at", Moment, nullable=False),
)

folder = Table(
    "folder",
    metadata,
    _id(),
    Column("account", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("watermark", BigInteger, nullable=False, server_default="0"),
    Column("first_seen_at", Moment, nullable=False),
    UniqueConstraint("account", "name", "uidvalidity"),
)

sighting = Table(
    "sighting",
    metadata,
    _id(),
    _to("letter", index=True),
    _to("folder"),
    Column("uid", BigInteger, nullable=False),
    Column("seen_at", Moment, nullable=False),
    UniqueConstraint("folder_id", "uid"),
)

unfetched = Table(
    "unfetched",
    metadata,
    _id(),
    _to("folder"),
    Column("uid", BigInteger, nullable=False),
    Column("polls", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("given_up", Boolean, nullable=False),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    UniqueConstraint("folder_id", "uid"),
)

reconciliation = Table(
    "reconciliation",
    metadata,
    _to("folder", primary_key=True),
    Column("done_at", Moment, nullable=False),
)

courtesy_mark = Table(
    "courtesy_mark",
    metadata,
    _to("sighting", primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("said", Text, nullable=False),
    Column("tried_at", Moment, nullable=False),
)

issue = Table(
    "issue",
    metadata,
    _id(),
    Column("bulletin", String(64), nullable=False),
    Column("series", String(16), nullable=False),
    Column("number", Integer, nullable=False),
    Column("numbering", String(16), nullable=False),
    Column("year", Integer, nullable=False),
    Column("dated", Date, nullable=False),
    Column("status", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", Text),
    Column("supplement", Boolean, nullable=False, server_default=false()),
    # 按语: as it was printed, once the issue is signed off.
    Column("editors_note", Text, nullable=False, server_default=""),
    CheckConstraint("number >= 1", name="number_positive"),
    # A discarded draft frees its number, so that signed-off numbers have no gap; a signed-off one never comes back.
    # For PostgreSQL the migrations, which make the tables, have the same conditions: named here, they would import that
    # dialect at the start of every command (40 ms).
    Index(
        "uq_issue_number",
        "bulletin",
        "series",
        "number",
        unique=True,
        sqlite_where=text("status != 'discarded'"),
    ),
    Index(
        "uq_issue_open_draft",
        "bulletin",
        "supplement",
        unique=True,
        sqlite_where=text("status = 'draft'"),
    ),
)

article = Table(
    "article",
    metadata,
    _id(),
    Column("bulletin", String(64), nullable=False, index=True),
    Column("status", String(16), nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("section", Text, nullable=False),
    Column("department", Text),
    Column("revision", Integer, nullable=False),
    Column("received_at", Moment, nullable=False),
    _to("issue", nullable=True, index=True),
    # The editor's own place among the articles of its section; NULL: where the office's order puts it.
    Column("position", Integer),
    # The editor wants it in the next supplement, not in the next ordinary issue.
    Column("for_supplement", Boolean, nullable=False, server_default=false()),
    # Raised by every change: who writes over a version that he has not seen is told so.
    Column("version", Integer, nullable=False, server_default="1"),
)

revision = Table(
    "revision",
    metadata,
    _id(),
    _to("article"),
    Column("number", Integer, nullable=False),
    _to("letter"),
    Column("attachment", Text, nullable=False),
    Column("content_sha256", String(64), nullable=False, index=True),
    Column("text_sha256", String(64), nullable=False, index=True),
    Column("manuscript", Text, nullable=False),
    Column("findings", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    # The editor who wrote it; "": as it was read from its letter.
    Column("made_by", Text, nullable=False, server_default=""),
    UniqueConstraint("article_id", "number"),
)

letter_article = Table(
    "letter_article",
    metadata,
    _to("letter", primary_key=True),
    _to("article", primary_key=True, index=True),
)

decision = Table(
    "decision",
    metadata,
    _id(),
    _to("article", index=True),
    Column("before", String(16), nullable=False),
    Column("after", String(16), nullable=False),
    Column("who", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
)

unsaved = Table(
    "unsaved",
    metadata,
    _to("account", primary_key=True),
    _to("article", primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("typed_at", Moment, nullable=False),
)

article_look = Table(
    "article_look",
    metadata,
    _to("account", primary_key=True),
    _to("article", primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("looked_at", Moment, nullable=False),
)

endorsement = Table(
    "endorsement",
    metadata,
    _id(),
    _to("article", index=True),
    Column("level", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("noted_at", Moment, nullable=False),
)

department = Table(
    "department",
    metadata,
    _id(),
    Column("bulletin", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("full_name", Text, nullable=False),
    # JSON lists of strings.
    Column("aliases", Text, nullable=False),
    Column("senders", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=false()),
    Column("version", Integer, nullable=False, server_default="1"),
    UniqueConstraint("bulletin", "name"),
)

learned_sender = Table(
    "learned_sender",
    metadata,
    _id(),
    Column("bulletin", String(64), nullable=False),
    Column("address", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("learned_at", Moment, nullable=False),
    Column("learned_by", Text, nullable=False),
    UniqueConstraint("bulletin", "address"),
)

preparation = Table(
    "preparation",
    metadata,
    Column("bulletin", String(64), primary_key=True),
    Column("supplement", Boolean, primary_key=True),
    # 按语, paragraphs on lines of their own.
    Column("editors_note", Text, nullable=False, server_default=""),
    Column("dated", Date),
    Column("version", Integer, nullable=False, server_default="1"),
)

issue_article = Table(
    "issue_article",
    metadata,
    _to("issue", primary_key=True),
    _to("article", primary_key=True, index=True),
    Column("position", Integer, nullable=False),
    Column("article_revision", Integer, nullable=False),
)

issue_revision = Table(
    "issue_revision",
    metadata,
    _id(),
    _to("issue"),
    Column("number", Integer, nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    # What it told the editor, as JSON: with it the same file can be made again.
    Column("news", Text, nullable=False, server_default="{}"),
    # SHA-256 of the revision as it would be printed; "": not recorded.
    Column("print_sha256", String(64), nullable=False, server_default=""),
    UniqueConstraint("issue_id", "number"),
)

issue_file = Table(
    "issue_file",
    metadata,
    _id(),
    _to("issue"),
    Column("kind", String(16), nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("issue_id", "kind"),
)

firing = Table(
    "firing",
    metadata,
    _id(),
    Column("bulletin", String(64), nullable=False),
    Column("fire_time", Moment, nullable=False),
    Column("outcome", String(16), nullable=False),
    _to("issue", nullable=True),
    Column("recorded_at", Moment, nullable=False),
    UniqueConstraint("bulletin", "fire_time"),
)

next_firing = Table(
    "next_firing",
    metadata,
    Column("bulletin", String(64), primary_key=True),
    # Nothing is due before; NULL: the bulletin is made by hand.
    Column("fire_time", Moment),
    Column("noted_at", Moment, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("bulletin", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    _to("letter", nullable=True),
    _to("issue_revision", nullable=True),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    # The letter itself: small ones here, those with an issue in a file of their own, relative to data_dir.
    Column("raw", LargeBinary),
    Column("path", Text),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    # Attempts that began and whose answer is not known: a second one means that the letter may arrive twice.
    Column("unanswered", Integer, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    Column("give_up_at", Moment, nullable=False),
    Column("next_attempt_at", Moment),
    Column("last_attempt_at", Moment),
    Column("sent_at", Moment),
    Column("answer_code", Integer),
    Column("answer", Text, nullable=False, server_default=""),
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
    _to("decision", primary_key=True),
    _to("outbox", index=True),
)

account = Table(
    "account",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    # argon2; "": cannot log in by password (yet).
    Column("password_hash", Text, nullable=False, server_default=""),
    Column("made_at", Moment, nullable=False),
    Column("disabled", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("name"),
)

invitation = Table(
    "invitation",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    _to("account", index=True),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

desk_session = Table(
    "desk_session",
    metadata,
    _id(),
    Column("token_sha256", String(64), nullable=False),
    _to("account", index=True),
    Column("made_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ended_at", Moment),
    UniqueConstraint("token_sha256"),
)

login_attempt = Table(
    "login_attempt",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("tried_at", Moment, nullable=False),
    Index(None, "name", "address", "tried_at"),
)

change = Table(
    "change",
    metadata,
    _id(),
    Column("bulletin", String(64), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    # article, issue, letter, department, account, outbox, …; and which one: an id, a number, a name.
    Column("subject", String(16), nullable=False),
    Column("subject_id", Text, nullable=False),
    # What, a sentence in Chinese; why, as the person put it.
    Column("said", Text, nullable=False),
    Column("why", Text, nullable=False, server_default=""),
    Index(None, "subject", "subject_id"),
    Index(None, "changed_at"),
)

searchable = Table(
    "searchable",
    metadata,
    _id(),
    Column("bulletin", String(64), nullable=False),
    # article, letter, issue; its id; of an article, the number of the revision, else 0.
    Column("kind", String(16), nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    # Later ones are found first.
    Column("happened_at", Moment, nullable=False),
    # As it is compared (values.folding), and as it reads. What is looked through stands first: a row that does not fit
    # on its page is read from its beginning.
    Column("folded", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("kind", "subject_id", "number"),
    Index(None, "bulletin", "kind", "happened_at"),
)
