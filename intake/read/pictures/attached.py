"""附图 at the end of an article: the pictures that were sent beside the manuscript."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from intake.parse.file_kinds import stem_of
from intake.parse.message import Part
from intake.read.docx.tally import Tally
from intake.read.pictures.display import PictureDisplay
from intake.read.pictures.prepare import Ready, prepare, upright
from intake.read.source import Omission
from values import rules
from values.manuscript import Media, Picture

_MOST: Final = (156 * 36_000, 105 * 36_000)  # as wide as the text; two of them fill a page
_MOST_NAMES: Final = 8
_WHY: Final = {
    rules.DAMAGED_PICTURE: "已损坏或认不出格式，没有放入，请检查后重发",
    rules.HUGE_PICTURE: "像素过多，没有放入，请缩小后重发",
    rules.PICTURE_FORMAT: "的格式排版时无法放入，请改为 PNG 或 JPEG 重发",
}


@dataclass(frozen=True, slots=True)
class Appendix:
    """What follows the body: a block a picture, their bytes, and what is to be said of them."""

    blocks: tuple[Picture, ...] = ()
    media: tuple[Media, ...] = ()
    omissions: tuple[Omission, ...] = ()


def appendix(pictures: Sequence[Part], inside: Collection[str], left_in_letter: int = 0) -> Appendix:
    """The pictures made ready for print, set upright, described by their names; those inside already are left out.

    inside: SHA-256 of the manuscript's own pictures. left_in_letter: photographs in the letter's text not among these.
    """
    tally = Tally()
    placed: list[tuple[str, Ready]] = []
    omissions: list[Omission] = []
    for part in pictures:
        if hashlib.sha256(part.data).hexdigest() in inside:
            continue
        name = stem_of(part.name)
        made = prepare(part.data, PictureDisplay(description=name, orientation=upright(part.data), most=_MOST))
        if isinstance(made, Ready):
            placed.append((name, made))
            for remark in made.remarks:
                tally.add(remark)
        else:
            omissions.append(Omission(made.rule, f"附图“{part.name}”{_WHY[made.rule]}。"))
    if placed:
        names = [name for name, _ in placed]
        omissions.insert(0, Omission(rules.ATTACHED_PICTURE, _told(names)))
    if left_in_letter:
        left = f"来信正文里有 {left_in_letter} 张图片没有收入，需要时请到原信中取。"
        omissions.append(Omission(rules.PICTURE_IN_LETTER, left))
    return Appendix(
        tuple(made.picture for _, made in placed),
        tuple(made.media for _, made in placed),
        (*omissions, *tally.omissions()),
    )


def _told(names: Sequence[str]) -> str:
    shown = "、".join(names[:_MOST_NAMES]) + ("等" if len(names) > _MOST_NAMES else "")
    return f"{len(names)} 张附图已放在文末：{shown}。"
