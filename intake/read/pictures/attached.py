"""附图: pictures sent beside a manuscript, placed at the end of its article."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from intake.parse.file_kinds import stem_of
from intake.parse.message import Part
from intake.read.docx.tally import Tally
from intake.read.pictures.display import PictureDisplay
from intake.read.pictures.prepare import PreparedPicture, prepare, upright
from intake.read.source import Omission
from values import rules
from values.manuscript import Media, Picture
from values.paper import EMU_PER_MM, TEXT_WIDTH

_MOST: Final = (TEXT_WIDTH, 105 * EMU_PER_MM)
"""EMU, across and down: as wide as the text area; two of them fill a page."""
_MOST_NAMES: Final = 8
"""Names listed in the message."""
_WHY: Final = {
    rules.DAMAGED_PICTURE: "已损坏或认不出格式，没有放入，请检查后重发",
    rules.HUGE_PICTURE: "像素过多，没有放入，请缩小后重发",
    rules.PICTURE_FORMAT: "的格式排版时无法放入，请改为 PNG 或 JPEG 重发",
}
_HEIC: Final = (
    "是手机的 HEIC 格式，排版时无法放入。请在手机上导出为 JPEG 重发；"
    "iPhone 可在“设置”—“相机”—“格式”里选“兼容性最佳”，以后拍的就是 JPEG"
)


@dataclass(frozen=True, slots=True)
class Appendix:
    """What follows the body of an article."""

    blocks: tuple[Picture, ...] = ()
    media: tuple[Media, ...] = ()
    omissions: tuple[Omission, ...] = ()
    """What was placed, what could not be, and what was left in the letter."""


def appendix(pictures: Sequence[Part], inside: Collection[str], left_in_letter: int = 0) -> Appendix:
    """The pictures prepared for print, upright, with their names as descriptions.

    inside: SHA-256 of the pictures in the manuscript; these are not repeated. left_in_letter: the number of photographs
    in the text of the letter that are not among `pictures`; they are reported.
    """
    tally = Tally()
    placed: list[tuple[str, PreparedPicture]] = []
    omissions: list[Omission] = []
    for part in pictures:
        if hashlib.sha256(part.data).hexdigest() in inside:
            continue
        name = stem_of(part.name)
        made = prepare(part.data, PictureDisplay(description=name, orientation=upright(part.data), most=_MOST))
        if isinstance(made, PreparedPicture):
            placed.append((name, made))
            for remark in made.remarks:
                tally.add(remark)
        else:
            why = _HEIC if made.name == "HEIC" else _WHY[made.rule]
            omissions.append(Omission(made.rule, f"附图“{part.name}”{why}。"))
    if placed:
        names = [name for name, _ in placed]
        omissions.insert(0, Omission(rules.ATTACHED_PICTURE, _placed_message(names)))
    if left_in_letter:
        left = f"来信正文里有 {left_in_letter} 张图片没有收入，需要时请到原信中取。"
        omissions.append(Omission(rules.PICTURE_IN_LETTER, left))
    return Appendix(
        tuple(made.picture for _, made in placed),
        tuple(made.media for _, made in placed),
        (*omissions, *tally.omissions()),
    )


def _placed_message(names: Sequence[str]) -> str:
    shown = "、".join(names[:_MOST_NAMES]) + ("等" if len(names) > _MOST_NAMES else "")
    return f"{len(names)} 张附图已放在文末：{shown}。"
