"""附图: the pictures sent along with manuscripts, and to which manuscript each of them belongs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from intake.classify.attachments import is_attachment, is_icon, is_photograph, is_picture
from intake.parse.file_kinds import is_owner_file, stem_of
from intake.parse.message import Message, Part
from values.ordinals import number_of

_NUMBER: Final = re.compile(r"(\d{1,9}|(?<=图)[一二三四五六七八九十]{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class PictureShares:
    """Which pictures belong to which manuscript."""

    of_each: tuple[tuple[Part, ...], ...]
    """The pictures of every manuscript, in the manuscripts' order."""
    unplaced: tuple[Part, ...]
    """Those of which nothing shows to which of several manuscripts they belong."""


def attached_pictures(message: Message, *, within: bool) -> tuple[Part, ...]:
    """The pictures attached to the letter, each content once, in the order of their names: 图2 before 图10.

    within: also the photographs shown in the letter's text, after the attached ones.
    """
    attached = [part for part in message.parts if is_picture(part) and is_attachment(part) and not is_icon(part)]
    by_name = sorted(attached, key=lambda part: _natural_key(stem_of(part.name)))
    distinct: dict[bytes, Part] = {}
    for part in (*by_name, *(photographs_within(message) if within else ())):
        if not part.unopened and not is_owner_file(part.name):
            distinct.setdefault(part.data, part)
    return tuple(distinct.values())


def photographs_within(message: Message) -> list[Part]:
    """The pictures in the letter's text that are too large, and too little of a banner, for a signature."""
    return [part for part in pictures_within(message) if is_photograph(part)]


def pictures_within(message: Message) -> list[Part]:
    """The pictures that the letter shows in its text, without those of the signature."""
    pictures = [part for part in message.parts if is_picture(part) and not is_attachment(part)]
    return [part for part in pictures if not part.shown_in_signature]


def share_pictures(pictures: Iterable[Part], manuscripts: Sequence[Part]) -> PictureShares:
    """Gives each picture to a manuscript: to the only one; else to the one whose name its own begins with or
    its folder or archive bears; else to the only one in its folder, its archive or its forwarded letter."""
    of_each: list[list[Part]] = [[] for _ in manuscripts]
    unplaced: list[Part] = []
    for picture in pictures:
        index = 0 if len(manuscripts) == 1 else _index_of_manuscript(picture, manuscripts)
        (unplaced if index is None else of_each[index]).append(picture)
    return PictureShares(tuple(map(tuple, of_each)), tuple(unplaced))


def _index_of_manuscript(picture: Part, manuscripts: Sequence[Part]) -> int | None:
    index = _index_by_prefix(_comparable(stem_of(picture.name)), manuscripts)
    for folder in reversed(_folders_of(picture)):
        index = index if index is not None else _index_by_name(_comparable(stem_of(folder)), manuscripts)
    return index if index is not None else _index_by_folder(picture, manuscripts)


def _index_by_folder(picture: Part, manuscripts: Sequence[Part]) -> int | None:
    """The only manuscript in the nearest folder or archive that holds any; a letter counts when it was forwarded."""
    folders = _folders_of(picture)
    for depth in range(len(folders), -1, -1):
        indexes = [
            index
            for index, manuscript in enumerate(manuscripts)
            if manuscript.origin == picture.origin and _folders_of(manuscript)[:depth] == folders[:depth]
        ]
        if indexes:
            return indexes[0] if len(indexes) == 1 and (depth or picture.origin) else None
    return None


def _index_by_prefix(name: str, manuscripts: Sequence[Part]) -> int | None:
    """The manuscript with the longest name with which this name begins; None for none or several."""
    stems = [_comparable(stem_of(manuscript.name)) for manuscript in manuscripts]
    lengths = {index: len(stem) for index, stem in enumerate(stems) if stem and name.startswith(stem)}
    longest = [index for index, length in lengths.items() if length == max(lengths.values())]
    return longest[0] if len(longest) == 1 else None


def _index_by_name(name: str, manuscripts: Sequence[Part]) -> int | None:
    same = [index for index, manuscript in enumerate(manuscripts) if _comparable(stem_of(manuscript.name)) == name]
    return same[0] if len(same) == 1 else None


def _folders_of(part: Part) -> list[str]:
    """The archives and folders in which a part lies, the outermost first."""
    archives = part.name.split("/")[:-1]
    return archives + (part.folder.split("/") if part.folder else [])


def _natural_key(name: str) -> list[tuple[int, str]]:
    pieces = _NUMBER.split(_comparable(name))
    return [(number_of(piece) or 0, "") if at % 2 else (0, piece) for at, piece in enumerate(pieces)]


def _comparable(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
