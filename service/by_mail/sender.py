"""Who decides by mail: the editor or the person of a step whose address a letter has."""

from __future__ import annotations

from dataclasses import dataclass

from archive import accounts
from archive.transaction import Transaction
from service.office import Office
from service.people.roles import may_approve
from settings.model import BulletinSettings
from values.account import Role

_BY_MAIL = "（来信）"


@dataclass(frozen=True, slots=True)
class MailSender:
    """Somebody who may decide by mail."""

    address: str
    """In lower case."""
    name: str
    """Of the account with that address, else that of the step, else the address."""
    edits: bool
    """An editor of the bulletin."""
    approves: bool
    """A person of one of the steps."""

    @property
    def who(self) -> str:
        """The name that decisions and changes are recorded with."""
        return f"{self.name}{_BY_MAIL}"

    def is_same(self, who: str) -> bool:
        """Whether a recorded name is this person's, by mail or at the desk."""
        return who.removesuffix(_BY_MAIL) in (self.name, self.address)


def sender_with(office: Office, ledger: Transaction, bulletin: BulletinSettings, address: str) -> MailSender | None:
    """The person of that address; None for nobody who decides about the bulletin. An account with the address speaks
    for its person: disabled, or of a role that may not, it takes the right away."""
    address = address.lower()
    named = next(filter(None, (step.person(address) for step in bulletin.approval_steps)), None)
    edits, approves = address in {editor.lower() for editor in bulletin.editors}, named is not None
    name = named.shown if named is not None else address
    for account in accounts.accounts_with_address(ledger, address):
        edits = edits and account.role.includes(Role.EDITOR) and not account.disabled
        approves = approves and may_approve(office.settings.desk, account.role) and not account.disabled
        name = account.person.who
    return MailSender(address, name, edits, approves) if edits or approves else None
