"""What can go wrong, named by what happens next.

The tree holds every error of the product, also those declared in the room that raises them (named behind the error).
A test keeps it complete. Errors that are not below JianbaoError are caught in the room that raises them.

JianbaoError                 a sentence in Chinese, shown as it is: what happened, and the remedy   exit status 1
├── BadUsage                 the command or the configuration must be changed                          exit status 2
│   ├── BadConfig            config.toml; all mistakes at once
│   ├── BadTemplate          the Word template; all mistakes at once
│   ├── NotThere             there is no such article, letter or issue, or it is one of another bulletin
│   ├── DamagedBackup        service.backup: it is none, or not as it was written; nothing was restored
│   ├── LedgerLost           letters or issues are stored and the ledger is gone: it is restored, or rebuilt
│   └── Changed              somebody else has changed it meanwhile: look again, then decide
│       ├── AnswerOvertaken  service.by_mail: what the answer wants is no longer asked for; its sender is told why
│       └── EditsChanged     service.by_mail: an edited draft would change something else than was listed
├── TryLater                 the outside (mailbox, disk, database) does not answer                     exit status 3
│   ├── LoginRefused         the mailbox refuses the password: an alarm, and a longer wait
│   ├── MailboxRefused       the mailbox refuses a folder or a command: an alarm
│   ├── StorageFailed        the disk is full, read-only or broken
│   │   └── FileAltered      a stored file is not as it was recorded; it is not handed out
│   ├── Stopped              the process is asked to end: the work is left for its next start
│   ├── ReadingUnavailable   no letter can be read now: an alarm; the letters stay pending
│   ├── Unfinished           intake.fetch: the poll's time is over; the next poll continues, without back-off
│   └── MailServerUnavailable  courier: no letter can be sent now; the letters stay queued
│       └── AccountLimited   courier: the provider limits the account that sends; an alarm, and a long wait
├── NeedsEditor              this letter cannot be read; it is quarantined with the sentence as its reason
│   ├── NoManuscript
│   │   └── WrittenToEditor  no submission: a question or a request; the sender is not asked for a file
│   └── UnreadableManuscript
├── MigrationFailed          service.running: a migration ended half-way; the ledger is as it was before
├── UnexpectedFault          service.running: a job failed in a way that nobody foresaw; logged, alarmed, tried again
├── PdfNotMade               programs: there is no PDF of a .docx; what needs it continues without, and reports it
├── OfdNotMade               programs: there is no OFD of a PDF; the sign-off continues without, and reports it
├── NotLaidOut               service.issue: LibreOffice could not lay the pages out; the preview shows no pages
├── NothingToAssemble        service.issue: no article waits for an issue; none is made
├── FilesIncomplete          service.issue: signed off, but not all files are made; `sign-off` again makes them
├── LogInFailed              service.people: name and password do not belong together; try again
│   ├── PasswordFirst        the right password was too long ago for a code; log in from the start
│   ├── SignOnFailed         service.sign_on: the provider has logged nobody in who may; `failure` is the cause
│   │   └── UnknownKey       the ID token has a key that is not among the provider's; they are fetched again
│   └── TooManyAttempts      at this account or from this address; ends by itself
└── RequestRefused           desk: answered with its HTTP status, and the form is given back
    ├── LogInFirst           leads to the page of logging in
    ├── AccountFirst         leads to the page of the own account, where something is due
    ├── NotAllowed           not for this person's role
    ├── NotFound             there is no such page, article or letter
    │   └── BulletinRenamed  the address has the former id of a bulletin; leads to the page of the present one
    ├── TooBusy              too many log-ins are waiting; try again in a few seconds
    ├── TooLarge             the form is larger than any of ours
    ├── VersionRequired      at the API: a change that names no version that was read
    └── TooSlow              the form did not arrive in time
"""

from __future__ import annotations

from values.reason import Reason


class JianbaoError(Exception):
    """The root of all errors that are part of the product."""


class BadUsage(JianbaoError):
    """The command or the configuration must be changed."""


class BadConfig(BadUsage):
    """config.toml cannot be used."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
        """Chinese, one line for each mistake."""


class BadTemplate(BadUsage):
    """The Word template cannot be used."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
        """Chinese, one line for each mistake."""


class NotThere(BadUsage):
    """There is no such article, letter or issue, or it belongs to another bulletin; the desk answers with 404."""


class Changed(BadUsage):
    """Somebody else has changed it since this person looked at it; nothing was written."""


class LedgerLost(BadUsage):
    """Letters or issues are stored, and there is no ledger."""


class TryLater(JianbaoError):
    """The outside is unavailable. Nothing is lost; the next run continues."""


class Stopped(TryLater):
    """The process was asked to end, and leaves the work for its next start."""


class LoginRefused(TryLater):
    """The mailbox refuses the user name or password."""


class MailboxRefused(TryLater):
    """The mailbox refuses a folder or a command."""


class StorageFailed(TryLater):
    """The disk is full, read-only or broken."""


class FileAltered(StorageFailed):
    """A stored file is not the one that was recorded."""


class ReadingUnavailable(TryLater):
    """The processes that read letters cannot be started, or do not answer. The letters stay pending."""


class NeedsEditor(JianbaoError):
    """A letter cannot be read. `reason` becomes its reason; a plain sentence reads the same for clerk and sender."""

    def __init__(self, reason: Reason | str) -> None:
        self.reason = reason if isinstance(reason, Reason) else Reason.alike(reason)
        super().__init__(self.reason.for_clerk)


class NoManuscript(NeedsEditor):
    """The letter holds nothing that could be a manuscript."""


class WrittenToEditor(NoManuscript):
    """The letter is no submission; a person wrote it to the editor."""

    def __init__(self, reason: Reason, *, asks: bool, queries: bool = False) -> None:
        super().__init__(reason)
        self.asks = asks
        """Whether it asks something."""
        self.queries = queries
        """Whether that is the list of the unit's submissions, and nothing else."""


class UnreadableManuscript(NeedsEditor):
    """There is a manuscript, but it cannot be read."""
