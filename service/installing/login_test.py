"""Whether the mail servers that were answered let this account in."""

from __future__ import annotations

from courier.faults import MailServer
from courier.smtp import SmtpSession
from intake.fetch.imap import ImapAccount, ImapMailbox
from service.installing.new_office import MailAnswers
from service.letters.receive import opened
from settings.authorities import tls_context


def try_receiving(mail: MailAnswers, password: str) -> int:
    """Logs in, opens the inbox and changes nothing; returns how many letters are in it.

    Raises TryLater (LoginRefused, MailboxRefused among it) and BadUsage.
    """
    server = mail.receiving
    account = ImapAccount(server.host, server.port, server.security, mail.username, password)
    with opened(ImapMailbox(account, context=tls_context(mail.ca_file))) as mailbox:
        mailbox.open()
        return len(mailbox.after(0))


def try_sending(mail: MailAnswers, password: str) -> None:
    """Logs in to the server for letters out, where there is one, and sends nothing. Raises TryLater."""
    if mail.sending is not None:
        server = MailServer(mail.sending.host, mail.sending.port, mail.sending.security, mail.username)
        SmtpSession(server, password, context=tls_context(mail.ca_file)).close()
