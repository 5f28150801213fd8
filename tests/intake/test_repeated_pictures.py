"""Pictures that a sender attaches to letter after letter, which no program marks as a signature's."""

from __future__ import annotations

import io

import pytest

from archive import articles, letters
from archive.articles import ArticleRecord
from intake.pool import ReadingPool
from service.letters.handle_letters import read_again
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.correspondence import receive, submission
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending
from tests.support.photographs import landscape
from tests.support.submissions import File
from tools.docx_builder import docx, paragraph
from values.manuscript import Picture

SCHOOL = "一是严格保教管理，确保常规规范；二是推行联盟共建，推动学前教育整体发展，全区幼儿园结对共建。"
CANTEEN = "今年以来，区里建成社区食堂十五处，每天为老年人送去热乎饭菜，服务一千五百余人次，群众满意。"
FLOOD = "入汛以来，应急队伍昼夜巡查圩堤水库，转移安置低洼地带群众，抢修水毁公路，守住防汛安全底线。"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


def picture(width: int, height: int = 300, *, disposition: str = "inline") -> File:
    """A picture that is as large as a photograph; another for each width."""
    buffer = io.BytesIO()
    landscape(width, height).save(buffer, "JPEG")
    return File("IMG.jpg", buffer.getvalue(), "image/jpeg", disposition)


LOGO, PHOTOGRAPH, ANOTHER = picture(400), picture(640, 480), picture(500)


def manuscript(title: str, text: str) -> File:
    return File(f"{title}.docx", docx(paragraph(title) + paragraph(text)))


def letter(number: int, title: str, text: str, *pictures: File, sender: str = "jtj@example.org") -> bytes:
    return submission(manuscript(title, text), *pictures, number=number, sender=sender)


def recorded(office: Office) -> list[ArticleRecord]:
    with office.ledger.reading() as ledger:
        return list(articles.articles(ledger))


def pictures(office: Office) -> list[int]:
    """How many pictures each article has."""
    return [sum(isinstance(block, Picture) for block in each.manuscript.blocks) for each in recorded(office)]


def test_picture_that_came_with_another_article_is_left_out_and_the_editor_learns_it(
    office: Office, pool: ReadingPool
) -> None:
    receive(office, pool, letter(1, "学前教育提质", SCHOOL, LOGO))
    receive(office, pool, letter(2, "社区食堂送温暖", CANTEEN, LOGO, PHOTOGRAPH))
    receive(office, pool, letter(3, "防汛队伍昼夜巡查", FLOOD, LOGO))
    assert pictures(office) == [1, 1, 0]
    with office.ledger.reading() as ledger:
        reasons = [each.reason for each in letters.letters(ledger)]
    assert "像是标志或签名图" not in reasons[0]
    assert "随信的 1 张图片也随稿件 1《学前教育提质》发来过" in reasons[1]
    assert "稿件 1《学前教育提质》" in reasons[2]
    messages = {finding.rule.name: finding.message for finding in recorded(office)[1].findings}
    assert messages["attached-picture"] == "1 张附图已放在文末。"
    assert "repeated-picture" in messages
    assert "attached-picture" not in {finding.rule.name for finding in recorded(office)[2].findings}


@pytest.mark.parametrize("subject", ["投稿", "更正：社区食堂送温暖", "Re: 【收稿】社区食堂送温暖"])
def test_photograph_that_comes_again_with_a_corrected_text_stays(
    office: Office, pool: ReadingPool, subject: str
) -> None:
    receive(office, pool, letter(1, "社区食堂送温暖", CANTEEN, PHOTOGRAPH))
    corrected = letter(2, "社区食堂送温暖", CANTEEN.replace("十五", "十六"), PHOTOGRAPH)
    corrected = corrected.replace("Subject: 投稿".encode(), f"Subject: {subject}".encode())
    receive(office, pool, corrected)
    assert set(pictures(office)) == {1}


def test_photograph_of_an_article_that_was_written_anew_stays(office: Office, pool: ReadingPool) -> None:
    anew = CANTEEN[:30] + "下一步，将新建三处，让更多老人受益。"
    receive(office, pool, letter(1, "社区食堂送温暖", CANTEEN, PHOTOGRAPH))
    receive(office, pool, letter(2, "热乎饭菜送到老人身边", anew, PHOTOGRAPH))
    receive(office, pool, letter(3, "社区食堂送温暖", FLOOD, PHOTOGRAPH))
    assert pictures(office) == [1, 1, 1]


def test_picture_of_another_sender_and_another_picture_stay(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, letter(1, "学前教育提质", SCHOOL, LOGO))
    receive(office, pool, letter(2, "社区食堂送温暖", CANTEEN, LOGO, sender="mzj@example.org"))
    receive(office, pool, letter(3, "防汛队伍昼夜巡查", FLOOD, ANOTHER))
    assert pictures(office) == [1, 1, 1]


@pytest.mark.parametrize("disposition", ["inline", "attachment"])
def test_mark_of_the_picture_does_not_matter(office: Office, pool: ReadingPool, disposition: str) -> None:
    again = picture(400, disposition=disposition)
    receive(office, pool, letter(1, "学前教育提质", SCHOOL, LOGO))
    receive(office, pool, letter(2, "社区食堂送温暖", CANTEEN, again))
    assert pictures(office) == [1, 0]


def test_picture_within_the_document_is_the_articles(office: Office, pool: ReadingPool) -> None:
    """Two manuscripts of one letter: the picture belongs to the one whose name it has, and to no earlier article."""
    named = File("社区食堂送温暖1.jpg", PHOTOGRAPH.data, "image/jpeg")
    both = submission(manuscript("学前教育提质", SCHOOL), manuscript("社区食堂送温暖", CANTEEN), named)
    receive(office, pool, both)
    assert sorted(pictures(office)) == [0, 1]


def test_letter_that_is_read_again_does_not_bring_the_picture_back(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, letter(1, "学前教育提质", SCHOOL, LOGO))
    receive(office, pool, letter(2, "社区食堂送温暖", CANTEEN, LOGO, File("表.xls", b"\xd0\xcf\x11\xe0 broken")))
    bulletin = office.bulletin(None)
    read_again(office, bulletin, 2, who="王编辑")
    LetterReceiver(office, pool).read(bulletin)
    assert pictures(office) == [1, 0]
    rules_found = [finding.rule.name for finding in recorded(office)[1].findings]
    assert rules_found.count("repeated-picture") == 1


def corrected(raw: bytes) -> bytes:
    return raw.replace("Subject: 投稿".encode(), "Subject: 更正：投稿".encode())


def test_picture_of_an_article_that_is_read_again_is_not_compared_with_later_ones(
    office: Office, pool: ReadingPool
) -> None:
    receive(office, pool, letter(1, "学前教育提质", SCHOOL, PHOTOGRAPH, File("表.xls", b"\xd0\xcf\x11\xe0 broken")))
    receive(office, pool, corrected(letter(2, "防汛队伍昼夜巡查", FLOOD, PHOTOGRAPH)))
    assert pictures(office) == [1, 1]
    bulletin = office.bulletin(None)
    read_again(office, bulletin, 1, who="王编辑")
    LetterReceiver(office, pool).read(bulletin)
    assert pictures(office) == [1, 1]


def test_editor_learns_of_a_picture_that_only_the_second_reading_leaves_out(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, letter(1, "学前教育提质", SCHOOL, ANOTHER))
    receive(office, pool, letter(2, "社区食堂送温暖", CANTEEN, LOGO, File("表.xls", b"\xd0\xcf\x11\xe0 broken")))
    receive(office, pool, corrected(letter(3, "学前教育提质", SCHOOL.replace("二是", "再就是"), LOGO)))
    assert pictures(office) == [1, 1]
    bulletin = office.bulletin(None)
    read_again(office, bulletin, 2, who="王编辑")
    LetterReceiver(office, pool).read(bulletin)
    assert pictures(office) == [1, 0]
    assert "repeated-picture" in {finding.rule.name for finding in recorded(office)[1].findings}
