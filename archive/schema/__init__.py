"""The tables of the ledger. Changing them needs a migration in `migrations/versions/` and a new `ledger_format.FORMAT`.

letter          one row for each message of a bulletin, by the SHA-256 of its bytes; its verdict and reason
letter_content  the header fields, text and list of files of a letter, as they were read last
seal            the marking of secrecy for which a letter is or was sealed, and whether it was released
removal         letters whose content was erased or destroyed: who, when, why, and whether the files are gone already
brought_in      the department of a letter that was added by hand, and who added it
folder          a mailbox folder under one UIDVALIDITY, with the watermark up to which every UID is settled
sighting        where a server listed a letter: unique (account, folder, UIDVALIDITY, UID)
unfetched       a UID that a folder lists and whose message could not be fetched
reconciliation  when all UIDs of a folder were last compared with the ledger
courtesy_mark   the attempts to mark a letter in the mailbox as read, and how the last one ended
article         the editorial item
revision        a text of an article; every one is kept
settled_finding what an editor decided about a finding of an article: 忽略 or 已核实
article_comment what editors write to each other about an article; neither printed nor mailed
article_part    an article that was split from another, and of which text
article_merger  an article whose text another one has (综合采用), and what undoing that restores
revision_letter the letters whose text a revision has besides that of its own letter
letter_article  which articles a letter brought
decision        every change of an article's status: who, when, why
decision_letter the letter out that reports a decision to a department
correction      which article corrects which printed one (更正)
upper_adoption  what papers of a higher level printed of an article (上级采用)
endorsement     领导批示 on a printed article, with its scan
issue           a numbered issue
issue_article   which articles an issue contains, in which order and revision
issue_revision  the drafts made of an issue
issue_file      the files of a signed-off issue
preparation     按语 and date for the next issue, before and while there is a draft of it
approval_event  what was done with a revision of a draft before the sign-off: put forward, approved, sent back
approval_remark what somebody who sent a draft back, or approved it, wants changed in one of its articles
approval_link   a one-time link by which a person of a step approves one revision
issue_letter    the letters out about an issue: requests and results of its approval, the signed issue, 采用通知
mailed_draft    what the revisions of drafts contain that were mailed, as their letters number the articles
answer_code     the codes by which answers to those letters are recognised, each for one person and revision
mailed_answer   answers by mail that are followed, and how far each is
brought_draft   which drafts the files of a letter are that somebody has edited
shown_edit      the letters out that list what an edited file would change
edit_answer     which of these a letter answers
digest          until when the digests of a bulletin are sent
commission      约稿: a topic on which departments were asked for articles, by when
commission_department which departments were asked, and when each was reminded
commission_letter the letters out about a commission
commission_article the articles that answer a commission, or may do so
commission_question the letters that ask something about a commission
urging_letter   催稿: the letters out to departments that had sent nothing for the next issue
firing          every due time of a bulletin's schedule that was handled, and its outcome
next_firing     the due time after that, as the schedule gave it when it was last read
outbox          letters out, each rendered once, with the state of its delivery
editor_answer   the letter that a letter out answers which an editor wrote: there may be several of one letter
account         a person of the desk
invitation      a one-time link to set a password
second_factor   the key that an account shares with an authenticator app
recovery_code   a code on paper that replaces the app once
desk_session    a login
external_identity  whose account a person at the office's OpenID Connect provider has
external_session   the logins that the provider has opened
api_token       by which another system acts for an account at the API; its SHA-256, scopes, expiry and last use
form_use        forms that add something and were sent: each is followed once
login_attempt   a refused log-in, without the name that was typed
refused_login   how many log-ins were refused in a minute from an address, until a line of `change` reports it
change          every change that a person made: who, when, what, why; a hash chain, guarded by triggers (`guards`)
department      departments as they were changed at the desk; they replace those of config.toml
learned_sender  an address that an editor confirmed as a department's, in addition to those of config.toml
allowed_word    a word that the proofreader passes over, in addition to the configured word list
unsaved         text that a person typed into an article and did not save yet
article_look    which revision of an article a person opened last
searchable      the texts of articles, letters and signed-off issues, folded for searching; derived from the others

The tables are split by subject. They are imported here together: foreign keys refer across the files, and `metadata` is
whole only when all of them are loaded.
"""

from __future__ import annotations

from archive.schema.api import api_token
from archive.schema.approvals import approval_event, approval_link, approval_remark, issue_letter
from archive.schema.articles import (
    article,
    article_comment,
    correction,
    decision,
    endorsement,
    letter_article,
    revision,
    settled_finding,
    upper_adoption,
)
from archive.schema.base import UtcDateTime, metadata
from archive.schema.by_mail import (
    answer_code,
    brought_draft,
    digest,
    edit_answer,
    mailed_answer,
    mailed_draft,
    shown_edit,
)
from archive.schema.combined import article_merger, article_part, revision_letter
from archive.schema.commissions import (
    commission,
    commission_article,
    commission_department,
    commission_letter,
    commission_question,
    urging_letter,
)
from archive.schema.desk import (
    account,
    allowed_word,
    article_look,
    change,
    department,
    desk_session,
    external_identity,
    external_session,
    form_use,
    invitation,
    learned_sender,
    login_attempt,
    recovery_code,
    refused_login,
    second_factor,
    unsaved,
)
from archive.schema.guards import guard_statements
from archive.schema.issues import firing, issue, issue_article, issue_file, issue_revision, next_firing, preparation
from archive.schema.letters import (
    brought_in,
    courtesy_mark,
    folder,
    letter,
    letter_content,
    reconciliation,
    removal,
    seal,
    sighting,
    unfetched,
)
from archive.schema.outbox import decision_letter, editor_answer, outbox
from archive.schema.search import searchable

__all__ = [
    "UtcDateTime",
    "account",
    "allowed_word",
    "answer_code",
    "api_token",
    "approval_event",
    "approval_link",
    "approval_remark",
    "article",
    "article_comment",
    "article_look",
    "article_merger",
    "article_part",
    "brought_draft",
    "brought_in",
    "change",
    "commission",
    "commission_article",
    "commission_department",
    "commission_letter",
    "commission_question",
    "correction",
    "courtesy_mark",
    "decision",
    "decision_letter",
    "department",
    "desk_session",
    "digest",
    "edit_answer",
    "editor_answer",
    "endorsement",
    "external_identity",
    "external_session",
    "firing",
    "folder",
    "form_use",
    "guard_statements",
    "invitation",
    "issue",
    "issue_article",
    "issue_file",
    "issue_letter",
    "issue_revision",
    "learned_sender",
    "letter",
    "letter_article",
    "letter_content",
    "login_attempt",
    "mailed_answer",
    "mailed_draft",
    "metadata",
    "next_firing",
    "outbox",
    "preparation",
    "reconciliation",
    "recovery_code",
    "refused_login",
    "removal",
    "revision",
    "revision_letter",
    "seal",
    "searchable",
    "second_factor",
    "settled_finding",
    "shown_edit",
    "sighting",
    "unfetched",
    "unsaved",
    "upper_adoption",
    "urging_letter",
]
