"""Why a letter holds no manuscript, and what to ask its sender for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from intake.classify.attachments import is_attachment, is_icon, is_picture, unread
from intake.classify.cloud import cloud_attachment
from intake.parse.file_kinds import PGP_MESSAGE
from intake.parse.message import Message, Part
from values.reason import Reason, joined

EMPTY: Final = Reason.alike("信是空的，没有文字，也没有附件。请把稿件存为 .docx 作附件重发。")
TEXT_ONLY: Final = Reason.alike("信中没有附件，只有文字。请把稿件存为 .docx 作附件重发。")
ENCRYPTED: Final = Reason.alike("信是用 PGP 加密的，系统读不出内容。请不要加密，把稿件存为 .docx 作附件重发。")
QUESTION: Final = Reason("来信是写给编辑的，有事询问，不是来稿。请编辑看信答复。", "来信已转编辑。")
QUERY: Final = Reason("来信查询本单位的投稿情况，不是来稿。请编辑看信答复。", "来信已转编辑。")
REQUEST: Final = Reason("来信是写给编辑的，不是来稿。请编辑看信处理。", "来信已转编辑。")
_MOST_NAMES: Final = 5  # attachments named in a sentence


def why_no_manuscript(message: Message) -> Reason:
    """One or several sentences, each with what the sender should do."""
    attached = unread_attachments(message.parts) or _by_remedy(_pictures_in(message))
    cloud = cloud_attachment(message)
    reasons = (cloud, *attached) if cloud else attached
    if reasons:
        return joined("", reasons)
    if PGP_MESSAGE in message.text:
        return ENCRYPTED
    return TEXT_ONLY if _has_text(message) else EMPTY


def unread_attachments(parts: Iterable[Part]) -> tuple[Reason, ...]:
    """A sentence for each remedy, with the names of the attachments it is for; () when nothing was attached."""
    return _by_remedy([part for part in parts if is_attachment(part) and not (is_picture(part) and is_icon(part))])


def unplaced_pictures(pictures: Sequence[Part]) -> tuple[Reason, ...]:
    """A sentence about pictures of which nothing shows to which of several manuscripts they belong; () for none."""
    if not pictures:
        return ()
    names = _listed([unread(part).shown for part in pictures])
    sentence = f"附图{names}不知属于哪篇，没有收入。请在图片文件名前加上稿件名后重发，或由编辑从原信中取用。"
    return (Reason.alike(sentence),)


def has_documents(message: Message) -> bool:
    """Whether anything but pictures is attached: it may be a text that cannot be read."""
    return any(is_attachment(part) and not is_picture(part) for part in message.parts)


def _has_text(message: Message) -> bool:
    return bool(message.text.strip() or message.html_text.strip())


def _pictures_in(message: Message) -> list[Part]:
    """Pictures within the text count only when there is no text: a scanned letter, not a signature."""
    return [] if _has_text(message) else [part for part in message.parts if is_picture(part)]


def _by_remedy(parts: Iterable[Part]) -> tuple[Reason, ...]:
    by_remedy: dict[Reason, list[str]] = {}
    for part in parts:
        attachment = unread(part)
        by_remedy.setdefault(attachment.remedy, []).append(attachment.shown)
    return tuple(remedy.within(f"附件{_listed(names)}暂不能读，", "。") for remedy, names in by_remedy.items())


def _listed(names: list[str]) -> str:
    shown = "、".join(names[:_MOST_NAMES])
    return shown if len(names) <= _MOST_NAMES else f"{shown}等 {len(names)} 个"
