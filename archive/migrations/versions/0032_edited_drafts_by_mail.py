"""edited drafts by mail: which draft a letter's file is, what was shown of it, and what answers that"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import WholeNumber

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.create_table(
        "brought_draft",
        sa.Column("letter_id", WholeNumber, nullable=False),
        sa.Column("bulletin", sa.String(length=64), nullable=False),
        sa.Column("series", sa.String(length=16), nullable=False),
        sa.Column("number", WholeNumber, nullable=False),
        sa.Column("revision", WholeNumber, nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_brought_draft_letter_id"),
        sa.PrimaryKeyConstraint("letter_id", "bulletin", "series", "number", "revision", name="pk_brought_draft"),
    )
    op.create_table(
        "shown_edit",
        sa.Column("outbox_id", WholeNumber, nullable=False),
        sa.Column("letter_id", WholeNumber, nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_shown_edit_outbox_id"),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_shown_edit_letter_id"),
        sa.PrimaryKeyConstraint("outbox_id", name="pk_shown_edit"),
    )
    op.create_index("ix_shown_edit_letter_id", "shown_edit", ["letter_id"])
    op.create_table(
        "edit_answer",
        sa.Column("letter_id", WholeNumber, nullable=False),
        sa.Column("outbox_id", WholeNumber, nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_edit_answer_letter_id"),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_edit_answer_outbox_id"),
        sa.PrimaryKeyConstraint("letter_id", name="pk_edit_answer"),
    )
