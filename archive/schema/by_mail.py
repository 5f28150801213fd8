"""Answers by mail: the drafts that were mailed, the codes of their letters, the answers, the edited files; and sent
digests."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table, Text

from archive.schema.base import UtcDateTime, WholeNumber, metadata, reference

mailed_draft = Table(
    "mailed_draft",
    metadata,
    reference("issue", primary_key=True),
    # Number of the revision.
    Column("revision", WholeNumber, primary_key=True),
    # Address of the recipient, in lower case.
    Column("person", Text, primary_key=True),
    # JSON of archive.mailed_drafts.MailedDraft.
    Column("contents", Text, nullable=False),
)

answer_code = Table(
    "answer_code",
    metadata,
    Column("code_sha256", String(64), primary_key=True),
    reference("issue"),
    Column("revision", WholeNumber, nullable=False),
    Column("person", Text, nullable=False),
    # When an answer with it was followed.
    Column("used_at", UtcDateTime),
    Index(None, "issue_id", "revision", "person"),
)

mailed_answer = Table(
    "mailed_answer",
    metadata,
    reference("letter", primary_key=True),
    reference("issue", index=True),
    # Number of the revision that the answered letter was about.
    Column("revision", WholeNumber, nullable=False),
    Column("person", Text, nullable=False),
    # Of the answer itself, "" for none.
    Column("message_id", Text, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    # The code that came with it and was valid; "": the mail server vouched for the sender.
    Column("code_sha256", String(64), nullable=False, server_default=""),
    # The mail server vouched for the sender, whether or not there was a code.
    Column("authenticated", Boolean, nullable=False),
    # archive.mailed_answers.AnswerState.
    Column("state", String(16), nullable=False, index=True),
    # Its own words, and the JSON of what was done; both "" once it is completed.
    Column("words", Text, nullable=False),
    Column("outcome", Text, nullable=False, server_default=""),
)

brought_draft = Table(
    "brought_draft",
    metadata,
    reference("letter", primary_key=True),
    # As the file says: Ids of a bulletin and a series, number and revision.
    Column("bulletin", String(64), primary_key=True),
    Column("series", String(16), primary_key=True),
    Column("number", WholeNumber, primary_key=True),
    Column("revision", WholeNumber, primary_key=True),
)

shown_edit = Table(
    "shown_edit",
    metadata,
    # The letter out that lists the changes.
    reference("outbox", primary_key=True),
    # The letter that brought the file.
    reference("letter", index=True),
    # service.edited_draft.proposal.Proposal.digest; "" where an answer may take nothing over.
    Column("digest", String(32), nullable=False),
)

edit_answer = Table(
    "edit_answer",
    metadata,
    # The answer, and the letter out that it answers.
    reference("letter", primary_key=True),
    reference("outbox"),
)

digest = Table(
    "digest",
    metadata,
    Column("bulletin", String(64), primary_key=True),
    # The last due time that was handled, or the moment from which they count.
    Column("due_at", UtcDateTime, nullable=False),
)
