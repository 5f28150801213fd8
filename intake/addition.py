"""补充 and 更正: a letter of a department without a manuscript that adds photographs to an article, or corrects it."""

from __future__ import annotations

import re
from typing import Final

from intake.classify.asked_corrections import asked_corrections
from intake.classify.attached_pictures import attached_pictures
from intake.classify.cloud import cloud_attachment
from intake.classify.intent import announces_addition, announces_correction, titles_named
from intake.classify.no_manuscript import has_documents
from intake.classify.own_words import own_words
from intake.classify.words import WordsKind, kind_of_words
from intake.outcome import Addition
from intake.parse.file_kinds import PGP_MESSAGE
from intake.parse.message import Message
from intake.read.pictures.attached import appendix
from intake.register import Register
from values.department import department_of_sender
from values.reason import Reason

_NUMBER: Final = re.compile(r"编号\s*[:：]?\s*(\d{1,9})", re.ASCII)
_PLACE: Final = re.compile(r"第\s*([一二三四五六七八九十\d]{1,3})\s*篇")
_REPLACES: Final = re.compile("换|替|代替|不要|不用|删|去掉|撤")
"""Words beside pictures that say more than that these belong to the article."""
_LONGEST_COVER: Final = 60
"""Characters of words beside pictures that only announce them."""


def addition_of(message: Message, register: Register) -> Addition | None:
    """What the letter adds or corrects; None for a letter that says something else, or may be a machine's or a
    stranger's. Of which article, the ledger decides."""
    if has_documents(message) or cloud_attachment(message) or PGP_MESSAGE in message.text:
        return None
    kind, words = kind_of_words(message), own_words(message)
    pictures = attached_pictures(message, within=True)
    corrections = asked_corrections(words)
    if kind is WordsKind.THANKS or (kind is WordsKind.QUESTION and not corrections):
        return None
    if not (pictures or corrections or announces_correction(message) or announces_addition(message)):
        return None
    placed = appendix(pictures, ()) if pictures and not _REPLACES.search(words) else None
    owners = {owner.name for owner in department_of_sender(message.sender, register.departments)}
    place = _PLACE.search(f"{message.subject}\n{words}")
    says_more = bool(pictures) and (placed is None or len("".join(words.split())) > _LONGEST_COVER)
    return Addition(
        department=owners.pop() if len(owners) == 1 else None,
        titles=titles_named(message),
        numbers=tuple(int(number) for number in _NUMBER.findall(f"{message.subject}\n{words}")),
        place=place[1] if place else "",
        pictures=placed.blocks if placed else (),
        media=placed.media if placed else (),
        unplaced=tuple(Reason.alike(each.message) for each in placed.omissions if each.serious) if placed else (),
        corrections=corrections,
        says_more=says_more or (not pictures and not corrections),
    )
