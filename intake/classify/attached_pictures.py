"""附图: the pictures sent beside manuscripts, and which manuscript each of them belongs to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from intake.classify.attachments import is_attachment, is_picture
from intake.parse.file_kinds import is_owner_file, stem_of
from intake.parse.message import Message, Part
from intake.parse.picture_kinds import picture_kind
from values.ordinals import number_of

_LEAST_WIDTH, _LEAST_HEIGHT = 200, 150  # pixels; below that it is the logo of a signature
_WIDEST_SHAPE: Final = 3
"""Width to height. Wider ones are banners and signatures."""
_NUMBER: Final = re.compile(r"(\d{1,9}|(?<=图)[一二三四五六七八九十]{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shares:
    """of_each: the pictures of every manuscript, in the manuscripts' order. homeless: those that nobody can place."""

    of_each: tuple[tuple[Part, ...], ...]
    homeless: tuple[Part, ...]


def attached_pictures(message: Message, *, within: bool) -> tuple[Part, ...]:
    """The pictures beside the manuscripts, each content once, in the order of their names: 图2 before 图10.

    within: also the photographs that stand in the letter's text, after the attached ones.
    """
    attached = [part for part in message.parts if is_picture(part) and is_attachment(part)]
    found = sorted(attached, key=lambda part: _natural(stem_of(part.name)))
    distinct: dict[bytes, Part] = {}
    for part in (*found, *(photographs_within(message) if within else ())):
        if not part.unopened and not is_owner_file(part.name):
            distinct.setdefault(part.data, part)
    return tuple(distinct.values())


def photographs_within(message: Message) -> list[Part]:
    """The pictures in the letter's text that are too large, and too little of a banner, for a signature."""
    return [part for part in message.parts if is_picture(part) and not is_attachment(part) and _is_photograph(part)]


def shared_out(pictures: Iterable[Part], manuscripts: Sequence[Part]) -> Shares:
    """Which picture belongs to which manuscript: to the only one; else to the one whose name its own begins with or
    its folder or archive bears; else to the only one in its folder, its archive or its forwarded letter."""
    of_each: list[list[Part]] = [[] for _ in manuscripts]
    homeless: list[Part] = []
    for picture in pictures:
        home = 0 if len(manuscripts) == 1 else _home(picture, manuscripts)
        (homeless if home is None else of_each[home]).append(picture)
    return Shares(tuple(map(tuple, of_each)), tuple(homeless))


def _home(picture: Part, manuscripts: Sequence[Part]) -> int | None:
    named = _named(_plain(stem_of(picture.name)), manuscripts)
    for place in reversed(_places(picture)):
        named = named if named is not None else _same(_plain(stem_of(place)), manuscripts)
    return named if named is not None else _beside(picture, manuscripts)


def _beside(picture: Part, manuscripts: Sequence[Part]) -> int | None:
    """The only manuscript in the nearest folder or archive that holds any; a letter counts when it was forwarded."""
    places = _places(picture)
    for depth in range(len(places), -1, -1):
        beside = [
            index
            for index, one in enumerate(manuscripts)
            if one.origin == picture.origin and _places(one)[:depth] == places[:depth]
        ]
        if beside:
            return beside[0] if len(beside) == 1 and (depth or picture.origin) else None
    return None


def _named(name: str, manuscripts: Sequence[Part]) -> int | None:
    """The manuscript with the longest name that this one begins with."""
    stems = [_plain(stem_of(one.name)) for one in manuscripts]
    begun = {index: len(own) for index, own in enumerate(stems) if own and name.startswith(own)}
    longest = [index for index, length in begun.items() if length == max(begun.values())]
    return longest[0] if len(longest) == 1 else None


def _same(name: str, manuscripts: Sequence[Part]) -> int | None:
    same = [index for index, one in enumerate(manuscripts) if _plain(stem_of(one.name)) == name]
    return same[0] if len(same) == 1 else None


def _places(part: Part) -> list[str]:
    """The archives and folders that it lies in, from the outermost."""
    archives = part.name.split("/")[:-1]
    return archives + (part.folder.split("/") if part.folder else [])


def _is_photograph(part: Part) -> bool:
    kind = picture_kind(part.data)
    large = kind.width >= _LEAST_WIDTH and kind.height >= _LEAST_HEIGHT
    return large and kind.width <= _WIDEST_SHAPE * kind.height


def _natural(name: str) -> list[tuple[int, str]]:
    pieces = _NUMBER.split(_plain(name))
    return [(number_of(piece) or 0, "") if at % 2 else (0, piece) for at, piece in enumerate(pieces)]


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
