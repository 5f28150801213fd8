"""附图: which pictures belong to which manuscript."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.classify.attached_pictures import attached_pictures, share_pictures
from intake.classify.submission import SentPictures, Submission
from intake.parse.message import Message, Part, parse_message
from tests.support.photographs import quarters, saved
from tests.support.submissions import DOC, DOCX, MANUSCRIPT, PNG, File, classified, raw_letter, submission

LARGE = saved(quarters(200, 150), "PNG")
SMALL = saved(quarters(199, 150), "PNG")
BANNER = saved(quarters(640, 160), "PNG")


def picture(name: str, folder: str = "", origin: str = "") -> Part:
    data = PNG + f"{name}{folder}".encode()
    return Part(name, "image/png", "attachment", data, folder=folder, origin=origin)


def document(name: str, folder: str = "", origin: str = "") -> Part:
    return Part(name, "", "attachment", DOCX + name.encode(), folder=folder, origin=origin)


def homes(pictures: list[Part], *manuscripts: Part) -> list[str]:
    """The manuscript's name for each picture, "" for none."""
    shares = share_pictures(pictures, manuscripts)
    found = {part.data: one.name for one, share in zip(manuscripts, shares.of_each, strict=True) for part in share}
    assert len(found) + len(shares.unplaced) == len(pictures)
    return [found.get(part.data, "") for part in pictures]


def test_pictures_come_in_the_order_of_their_names_and_each_once() -> None:
    names = ["图10.png", "图2.png", "图1.png", "图十一.png", "图３.png", "会场.png"]
    files = [File(name, PNG + name.encode(), "image/png") for name in names]
    again = File("图4.png", PNG + "图2.png".encode(), "image/png")
    found = attached_pictures(parse_message(raw_letter(MANUSCRIPT, *files, again)), within=False)
    assert [part.name for part in found] == ["会场.png", "图1.png", "图2.png", "图３.png", "图10.png", "图十一.png"]


def test_one_manuscript_has_all_pictures_of_the_letter() -> None:
    assert homes([picture("a.png"), picture("材料.zip/b.png", "照片")], document("稿.docx")) == ["稿.docx", "稿.docx"]


@pytest.mark.parametrize(
    ("sent", "home"),
    [
        (picture("书香校园1.png"), "书香校园.docx"),
        (picture("书香 校园-会场.png"), "书香校园.docx"),
        (picture("书香校园进社区.png"), "书香校园进社区.docx"),
        (picture("会场.png"), ""),
        (picture("材料.zip/1.png", "书香校园"), "书香校园.docx"),
        (picture("书香校园.zip/1.png", "照片"), "书香校园.docx"),
        (picture("材料.zip/1.png", "食堂/照片"), "材料.zip/明厨亮灶.docx"),
        (picture("材料.zip/1.png", "别的"), ""),
        (picture("1.png", origin="rsj@example.org"), "转来的.docx"),
    ],
)
def test_of_several_manuscripts_name_folder_or_letter_tells_which_it_is(sent: Part, home: str) -> None:
    manuscripts = (
        document("书香校园.docx"),
        document("书香校园进社区.docx"),
        document("材料.zip/明厨亮灶.docx", "食堂"),
        document("材料.zip/夜校.docx", "夜校"),
        document("转来的.docx", origin="rsj@example.org"),
    )
    assert homes([sent], *manuscripts) == [home]


def test_pictures_that_nobody_can_place_are_named_and_not_lost() -> None:
    two = (File("甲.docx", DOCX + b"1"), File("乙.docx", DOCX + b"2"))
    found = submission(*two, File("甲1.png", LARGE, "image/png"), File("会场.png", SMALL, "image/png"))
    assert [[part.name for part in share] for share in found.pictures.of_each] == [["甲1.png"], []]
    assert [unread.for_sender for unread in found.notes.unread] == [
        "附图“会场.png”不知属于哪篇，没有收入。请在图片文件名前加上稿件名后重发，或由编辑从原信中取用。",
    ]


def shown(name: str, data: bytes, *, in_signature: bool = False, disposition: str = "inline") -> Part:
    """A picture that a page of the letter shows."""
    return Part(name, "image/png", disposition, data, shown_in_text=not in_signature, shown_in_signature=in_signature)


def letter_with(*parts: Part) -> Message:
    message = parse_message(raw_letter(MANUSCRIPT))
    return replace(message, parts=(*message.parts, *parts))


def test_signature_logo_is_no_attached_picture_and_a_photograph_in_the_text_is_counted() -> None:
    logos = [File("logo.png", data, "image/png", "inline") for data in (SMALL, BANNER)]
    assert submission(MANUSCRIPT, *logos).pictures == SentPictures(((),))
    found = classified(letter_with(shown("会场.png", LARGE)))
    assert isinstance(found, Submission)
    assert (found.pictures, found.notes.unread) == (SentPictures(((),), left_in_letter=1), ())


@pytest.mark.parametrize("disposition", ["inline", "attachment"])
def test_picture_of_a_signature_is_not_the_articles_however_it_is_marked(disposition: str) -> None:
    found = classified(letter_with(shown("image001.png", LARGE, in_signature=True, disposition=disposition)))
    assert isinstance(found, Submission)
    assert (found.pictures, found.notes.unread) == (SentPictures(((),)), ())


def test_photograph_that_no_page_shows_is_attached_although_it_is_marked_inline() -> None:
    found = submission(MANUSCRIPT, File("IMG_2031.jpeg", LARGE, "image/jpeg", "inline"))
    assert [part.name for part in found.pictures.of_each[0]] == ["IMG_2031.jpeg"]


def test_icon_is_the_articles_neither_by_its_size_nor_by_its_mark() -> None:
    icon = File("image003.png", SMALL, "image/png")
    found = submission(MANUSCRIPT, icon)
    assert (found.pictures, found.notes.unread) == (SentPictures(((),)), ())


def test_files_that_are_no_pictures_stay_unread() -> None:
    found = submission(MANUSCRIPT, File("表.xls", DOC), File("会场.png", LARGE, "image/png"))
    assert [part.name for part in found.pictures.of_each[0]] == ["会场.png"]
    assert [unread.for_sender for unread in found.notes.unread] == ["附件“表.xls”暂不能读，请把文字稿存为 .docx 重发。"]
