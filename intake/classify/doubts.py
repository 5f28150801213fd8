"""Reasons to doubt that a letter comes from its sender. Only the address counts, never the display name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from intake.classify.authentication import Authentication, authentication_of
from intake.classify.list_rewriting import ListWriter
from intake.parse.message import Message, Part
from intake.parse.sender_field import sole_mailbox
from values.department import Department

_ADDRESS: Final = re.compile(
    r"[^\s<>()\[\]\",;:“”（）@]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}", re.IGNORECASE
)
_MOST_SHOWN: Final = 5  # addresses in a sentence for the clerk
_LONGEST: Final = 320  # RFC 5321 4.5.3.1: 64 + 1 + 255
# Characters that look alike in an address, each by the one it is taken for.
_LOOKS: Final = str.maketrans("01i|аеорсхуі", "olllaeopcxyl")


def doubts_about_sender(
    message: Message, departments: Sequence[Department], *, registered: bool, authserv_id: str = ""
) -> tuple[str, ...]:
    """Chinese sentences, () for none.

    registered: the address is a department's own, so its likeness to another's is chance. authserv_id: the server whose
    Authentication-Results are trusted; with one, a failed check is a doubt for everybody, and a department registered
    only by its domain must have passed. "" trusts no server and requires nothing.
    """
    doubts = [*_doubts_of_the_letter(message)]
    if authserv_id:
        doubts += _doubts_of_the_server(message, departments, registered, authserv_id)
    if not registered and (like := _registered_like(message.sender, departments)):
        doubts.append(f"发件地址 {message.sender} 与登记的 {like} 极像，但不是同一个")
    return tuple(doubts)


def doubts_about_forwarding(
    sender: str,
    manuscripts: Iterable[Part],
    originals: Mapping[str, tuple[str, ...]],
    *,
    registered: bool,
    ours: bool,
) -> tuple[str, ...]:
    """Chinese sentences, () for none. Only the forwarder vouches for the sender that a forwarded letter names.

    originals: the registered original senders, address → departments. registered: the forwarder is. ours: the office
    itself forwards; it speaks for no department, so the original sender must be registered.
    """
    origins = dict.fromkeys(part.origin for part in manuscripts if part.forwarded)
    if ours:
        return tuple(f"我方转发的原信来自 {origin}，不在单位名录中" for origin in origins if origin not in originals)
    if registered:
        return ()
    return tuple(
        f"由 {sender or '不明地址'} 转发，该地址不在单位名录中；"
        f"原信自称来自{'、'.join(originals[origin])}（{origin}），无从证实"
        for origin in origins
        if origin in originals
    )


def doubts_about_list(sender: str, writer: ListWriter) -> tuple[str, ...]:
    """A Chinese sentence: only the list, which is not registered, vouches for the writer whom it names."""
    return (f"信经邮件列表 {sender or '不明地址'} 转来，自称出自{writer.department}（{writer.named_as}），无从证实",)


def _doubts_of_the_letter(message: Message) -> Iterator[str]:
    if not message.sender:
        yield _why_nobodys(message)
    # Widths are folded: ＠ in a name is read as @ by people.
    name = unicodedata.normalize("NFKC", message.sender_name[:_LONGEST])
    for shown in _ADDRESS.findall(name):
        if message.sender and shown.lower() != message.sender:
            yield f"发件人名称里写着另一个地址 {shown}，信其实来自 {message.sender}"
            return


def _why_nobodys(message: Message) -> str:
    """Why no sender can be told from the From field."""
    if len(message.written_senders) > 1:
        return f"信上写了不止一个发件地址（{'、'.join(message.written_senders[:_MOST_SHOWN])}）"
    if message.sender_text:
        return f"发件人一栏不合规范，认不出信来自哪个地址（{message.sender_text}）"
    return "信上没有发件地址"


def _doubts_of_the_server(
    message: Message, departments: Sequence[Department], registered: bool, authserv_id: str
) -> Iterator[str]:
    result = authentication_of(message, authserv_id)
    if result is Authentication.FAILED:
        yield f"收信服务器验证不了发件域名（{message.sender} 未通过 DMARC、DKIM 或 SPF），可能是冒名"
    if result is not Authentication.PASSED and (agent := _other_domain_sending(message)):
        yield f"信由 {agent} 代发，收信服务器没有证实它出自 {message.sender}"
    by_address = any(department.lists(message.sender) for department in departments)
    if registered and not by_address and result is Authentication.UNKNOWN:
        yield f"{message.sender} 只按域名登记，收信服务器没有证实它来自该域名"


def _other_domain_sending(message: Message) -> str:
    """The address in Sender (RFC 5322 3.6.2), where it is in another domain than From; "" for none."""
    agent = sole_mailbox(message.headers.get("sender", ()))
    return agent if agent.rpartition("@")[2] != message.sender.rpartition("@")[2] else ""


def _registered_like(address: str, departments: Sequence[Department]) -> str:
    """A registered address, or domain, for which a reader would take this one; "" when there is none."""
    if not address or len(address) > _LONGEST:
        return ""
    domain = "@" + address.rpartition("@")[2]
    senders = (sender.strip().lower() for department in departments for sender in department.senders)
    for sender in senders:
        own = domain if sender.startswith("@") else address
        if own != sender and (_skeleton(own) == _skeleton(sender) or _differ_by_one(own, sender)):
            return sender
    return ""


def _skeleton(address: str) -> str:
    folded = unicodedata.normalize("NFKC", address).casefold().translate(_LOOKS)
    return folded.replace("rn", "m").replace("vv", "w")


def _differ_by_one(left: str, right: str) -> bool:
    """Whether adding, deleting or changing one character, or exchanging two neighbours, makes one of the other."""
    if abs(len(left) - len(right)) > 1:
        return False
    shorter = min(len(left), len(right))
    start = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), shorter)
    a, b = left[start:], right[start:]
    exchanged = len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or exchanged
