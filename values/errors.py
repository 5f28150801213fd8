"""What can go wrong, named by what happens next.

JianbaoError            a sentence in Chinese, shown as it stands: what happened, and the remedy
├── BadUsage            the command or the configuration must be changed            exit status 2
│   ├── BadConfig       config.toml; all mistakes at once
│   ├── BadTemplate     the Word template; all mistakes at once
│   └── Changed         somebody else has changed it meanwhile: look again, then decide
├── TryLater            the outside (mailbox, disk, database) does not answer       exit status 3
│   ├── LoginRefused    the mailbox refuses the password
│   ├── MailboxRefused  the mailbox refuses a folder or a command
│   └── StorageFailed   the disk is full, read-only or broken
├── PdfNotMade          a .docx could not be laid out as PDF (programs/pdf.py); the caller says what follows
└── NeedsEditor         this letter cannot be read; it is quarantined with the sentence as its reason
    ├── NoManuscript
    └── UnreadableManuscript
"""

from __future__ import annotations

from values.reason import Reason


class JianbaoError(Exception):
    """The root of all errors that are part of the product."""


class BadUsage(JianbaoError):
    """The command or the configuration must be changed."""


class BadConfig(BadUsage):
    """config.toml cannot be used. `problems` has one line for each mistake."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class BadTemplate(BadUsage):
    """The Word template cannot be used. `problems` has one line for each mistake."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Changed(BadUsage):
    """Somebody else has changed it since this person looked at it; nothing was written."""


class TryLater(JianbaoError):
    """The outside is unavailable. Nothing is lost; the next run goes on."""


class LoginRefused(TryLater):
    """The mailbox refuses the user name or password."""


class MailboxRefused(TryLater):
    """The mailbox refuses a folder or a command."""


class StorageFailed(TryLater):
    """The disk is full, read-only or broken."""


class NeedsEditor(JianbaoError):
    """A letter cannot be read. `reason` becomes its reason; a plain sentence reads the same for clerk and sender."""

    def __init__(self, reason: Reason | str) -> None:
        self.reason = reason if isinstance(reason, Reason) else Reason.alike(reason)
        super().__init__(self.reason.for_clerk)


class NoManuscript(NeedsEditor):
    """The letter holds nothing that could be a manuscript."""


class UnreadableManuscript(NeedsEditor):
    """There is a manuscript, but it cannot be read."""
