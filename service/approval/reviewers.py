"""Who approves: the person at the desk, the holder of a one-time link, or the person whom a command names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from archive import accounts, approval_links, approvals, issues
from archive.approval_links import ApprovalLink
from archive.issues import IssueRecord
from archive.transaction import Transaction
from service.office import Office
from service.people.passwords import fingerprint, new_token
from service.people.roles import may_approve
from settings.model import BulletinSettings
from values.account import Person
from values.approval import ApprovalState, ApprovalWay
from values.errors import BadUsage, NotThere
from values.issue import IssueStatus

LINK_LIFETIME: Final = timedelta(days=3)
"""How long a link to a draft is valid: over a weekend. A draft that waits longer is asked for again."""
_LINK: Final = ApprovalWay.LINK
NO_DRAFT: Final = "没有等您审核的送审稿。"
"""For whoever may not know whether there is one."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A person who approves."""

    address: str
    """By which the steps name the person; in lower case."""
    who: str
    """The name that is recorded."""
    way: ApprovalWay
    entered_by: str = ""
    """Who entered the act for the person, by a command; "": the person."""


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A one-time link that is valid, and for what."""

    bulletin: BulletinSettings
    link: ApprovalLink
    reviewer: Reviewer


def reviewer_at_desk(office: Office, person: Person) -> Reviewer:
    """The person who is logged in. Raises NotThere for one whose role approves nothing, or without a mail address."""
    if not may_approve(office.settings.desk, person.role) or not person.address:
        raise NotThere(NO_DRAFT)
    return Reviewer(person.address, person.who, ApprovalWay.DESK)


def reviewer_by_command(bulletin: BulletinSettings, address: str, entered_by: str) -> Reviewer:
    """The person of that address. Raises BadUsage where no step of the bulletin names it."""
    address = address.strip().lower()
    named = next((person for step in bulletin.approval_steps if (person := step.person(address))), None)
    if named is None:
        people = "、".join(person.address for step in bulletin.approval_steps for person in step.people)
        raise BadUsage(f"审核的步骤里没有 {address}；{f'配置中有：{people}' if people else '没有配置审核的步骤'}。")
    return Reviewer(address, named.shown, ApprovalWay.COMMAND, entered_by)


def make_link(office: Office, ledger: Transaction, draft: IssueRecord, step: str, address: str) -> tuple[str, str]:
    """A new link for the person of a step, whose earlier links to the issue are void. Returns URL and fingerprint."""
    token, at = new_token(), office.now()
    link = ApprovalLink(draft.id, draft.revision, step, address, at + LINK_LIFETIME)
    approval_links.add_link(ledger, fingerprint(token), link, at=at)
    return f"{office.settings.desk.public_url}/approve/{token}", fingerprint(token)


def open_link(office: Office, ledger: Transaction, token: str) -> OpenedLink:
    """What the link is for. Raises NotThere for an unknown, used or expired link, for one to an earlier revision, and
    for a person who may not approve (any more)."""
    link = approval_links.link_of(ledger, fingerprint(token))
    if link is None:
        raise NotThere("没有这个链接。请核对信里的网址是否完整。")
    if link.used_at is not None:
        raise NotThere("这个链接已经用过，或已另发了新的链接。")
    if link.expires_at <= office.now():
        raise NotThere("这个链接过期了，请向编辑要一个新的。")
    draft = issues.issue_with_id(ledger, link.issue)
    if draft.status is not IssueStatus.DRAFT:
        raise NotThere(f"{draft.number.label}已{draft.status.chinese}，不用再审核了，这个链接作废。")
    if link.revision not in approvals.same_print(ledger, draft.id):
        raise NotThere(f"{draft.number.label}在发出这个链接之后改过。编辑再提请审核时，会另发新的链接。")
    bulletin = office.settings.bulletin(draft.bulletin)
    step = next((step for step in bulletin.approval_steps if step.name == link.step), None) if bulletin else None
    person = step.person(link.person) if step else None
    if bulletin is None or person is None:
        raise NotThere("审核的步骤或人员改过，这个链接作废了。")
    return OpenedLink(bulletin, link, Reviewer(link.person, _name(office, ledger, person.shown, link.person), _LINK))


def _name(office: Office, ledger: Transaction, shown: str, address: str) -> str:
    """The name of the account with that address, or else `shown`. Raises NotThere where the account may not approve."""
    for record in accounts.accounts_with_address(ledger, address):
        if record.disabled or not may_approve(office.settings.desk, record.role):
            raise NotThere("这个邮箱的用户已停用，或他的角色不能审核，这个链接作废了。")
        return record.person.who
    return shown


def refuse_unasked(state: ApprovalState, address: str) -> None:
    """Raises BadUsage for a person of the steps who is not asked now, and says why."""
    if state.asks(address):
        return
    own = [progress for progress in state.steps if progress.step.person(address)]
    if state.sent_back is not None:
        raise BadUsage(f"{state.sent_back.who}已经退回这一稿，等编辑改过再提请。您这次没有再做。")
    if any(approval.person == address for progress in own for approval in progress.approvals):
        raise BadUsage("您已经同意过这一稿，不必再做。")
    for progress in own:
        if progress.is_complete:
            people = "、".join(approval.who for approval in progress.approvals)
            raise BadUsage(f"“{progress.step.name}”已由{people}同意，不需要您再做。")
    raise BadUsage("这一稿还没有提请到您这一步。")
