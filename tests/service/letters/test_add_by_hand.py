"""What an editor adds by hand becomes articles of the department that the editor names, without a doubt about it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from archive import articles, changes, letters, removals, revisions, senders
from archive.articles import ArticleRecord
from archive.files import HashStore
from archive.letters import LetterRecord
from intake.parse.message import parse_message
from intake.pool import ReadingPool
from service.letters.add_by_hand import LARGEST, AddedFile, AddedMaterial, add_by_hand
from service.letters.receive import LetterReceiver
from service.office import Office
from service.register.register import department_names
from tests.support.correspondence import manuscript, receive, submission
from tests.support.ledger_rows import BULLETIN
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import all_out, sending
from tests.support.pasted_articles import ARTICLE, FIRST, SECOND, THIRD, TITLE
from tests.support.photographs import exif, landscape
from values.errors import BadUsage, StorageFailed
from values.letter import AddedByHand, Removal, RemovalKind, Verdict
from values.manuscript import Paragraph, Picture, Table

WHO = "王编辑"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(60_000)
WORD_CLIPBOARD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta charset="utf-8"><meta name="Generator" content="Microsoft Word 15">
<style><!-- @font-face {{font-family:宋体;}} p.MsoNormal {{margin:0cm;}} --></style></head>
<body lang="ZH-CN"><!--StartFragment-->
<p class="MsoNormal" align="center"><b><span style="font-size:22pt">{TITLE}</span></b><o:p></o:p></p>
<p class="MsoNormal" align="center">区教体局</p>
<p class="MsoNormal" style="text-indent:24pt">{FIRST}<!--[if gte mso 9]><xml><w:View>0</w:View></xml><![endif]--></p>
<table class="MsoNormalTable" border="1"><tr><td><p class="MsoNormal">片区</p></td>
<td><p class="MsoNormal">幼儿园</p></td></tr>
<tr><td><p class="MsoNormal">东部</p></td><td><p class="MsoNormal">21</p></td></tr></table>
<p class="MsoNormal" style="text-indent:24pt">{SECOND}</p>
<p class="MsoNormal" style="text-indent:24pt">{THIRD}</p>
<!--EndFragment--></body></html>"""


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


def photograph(orientation: int = 1, size: tuple[int, int] = (800, 600)) -> bytes:
    """A JPEG as a phone writes it; the pixels lie on their side for orientation 6."""
    made = io.BytesIO()
    landscape(*size).save(made, "JPEG", exif=exif(orientation), quality=80)
    return made.getvalue()


def file_of(name: str = "", data: bytes | None = None) -> AddedFile:
    file = manuscript()
    return AddedFile(name or file.name, file.data if data is None else data)


def add(office: Office, *files: AddedFile, department: str = "区教体局", who: str = WHO) -> int:
    return add_by_hand(office, office.bulletin(None), AddedMaterial(department, files=files), who=who)


def read(office: Office, pool: ReadingPool, material: AddedMaterial) -> LetterRecord:
    id = add_by_hand(office, office.bulletin(None), material, who=WHO)
    LetterReceiver(office, pool).read_waiting(office.bulletin(None))
    return letter_of(office, id)


def letter_of(office: Office, id: int) -> LetterRecord:
    with office.ledger.reading() as ledger:
        letter = letters.letter_with_id(ledger, BULLETIN, id)
    assert letter is not None
    return letter


def all_articles(office: Office) -> list[ArticleRecord]:
    with office.ledger.reading() as ledger:
        return list(articles.articles(ledger))


def lines(article: ArticleRecord) -> list[str]:
    return [block.text for block in article.manuscript.blocks if isinstance(block, Paragraph)]


def rules_of(article: ArticleRecord) -> set[str]:
    return {finding.rule.name for finding in article.findings}


def test_letter_holds_the_file_and_the_ledger_who_added_it(office: Office) -> None:
    letter = letter_of(office, add(office, file_of(data=b"file\r\n\x00\xff")))
    assert (letter.verdict, letter.added) == (Verdict.PENDING, AddedByHand("区教体局", WHO))
    message = parse_message(office.raws.read(letter.sha256))
    assert [part.data for part in message.parts if part.name] == [b"file\r\n\x00\xff"]


def test_file_becomes_a_confirmed_article_without_doubt_learning_or_letter_out(
    office: Office, pool: ReadingPool
) -> None:
    letter = read(office, pool, AddedMaterial("区民政局", files=(file_of(),)))
    assert letter.verdict is Verdict.ARTICLE
    assert letter.reason == "由王编辑添加：区民政局《内外兼修提升学前教育》已成稿"
    assert letter.sender == WHO
    [article] = all_articles(office)
    assert (article.confirmed, article.department, article.attachment) == (True, "区民政局", manuscript().name)
    assert "unknown-sender" not in rules_of(article)
    with office.ledger.reading() as ledger:
        assert senders.learned_senders(ledger, BULLETIN) == []
        [text] = revisions.revisions_of(ledger, article.id)
        summaries = [change.summary for change in changes.changes_of(ledger, "letter", letter.id)]
    assert (text.added_by, summaries) == (WHO, ["添加区民政局的稿件"])
    assert all_out(office) == []


def test_same_material_is_one_letter_whoever_adds_it(office: Office) -> None:
    first = add(office, file_of())
    assert add(office, file_of(), who="李编辑") == first
    assert letter_of(office, first).added == AddedByHand("区教体局", WHO)
    assert add(office, file_of(), department="区民政局") != first


@pytest.mark.parametrize("first_by_mail", [True, False])
def test_file_that_is_an_article_already_is_a_duplicate(
    office: Office, pool: ReadingPool, *, first_by_mail: bool
) -> None:
    if first_by_mail:
        receive(office, pool, submission(manuscript()))
    else:
        read(office, pool, AddedMaterial("区教体局", files=(file_of(),)))
    letter = read(office, pool, AddedMaterial("区民政局", files=(file_of(),)))
    assert letter.verdict is Verdict.DUPLICATE
    assert [(article.department, article.confirmed) for article in all_articles(office)] == [("区教体局", True)]


@pytest.mark.parametrize("name", ["../../etc/passwd", 'a"b\r\nBcc: x@example.org\r\n.docx', "\u202e" + "长" * 300, ""])
def test_hostile_names_of_files_are_only_names(office: Office, pool: ReadingPool, name: str) -> None:
    letter = read(office, pool, AddedMaterial("区民政局", files=(AddedFile(name, manuscript().data),)))
    assert letter.verdict is Verdict.ARTICLE
    with office.ledger.reading() as ledger:
        content = letters.content_of(ledger, letter.id)
    assert content is not None
    assert [header for header, _ in content.headers] == ["From", "To", "Subject"]


def test_pasted_text_is_an_article_without_the_doubts_about_a_letters_text(office: Office, pool: ReadingPool) -> None:
    letter = read(office, pool, AddedMaterial("区教体局", text=ARTICLE))
    assert letter.verdict is Verdict.ARTICLE
    [article] = all_articles(office)
    assert (article.manuscript.title, article.department) == (TITLE, "区教体局")
    assert lines(article) == [FIRST, SECOND, THIRD]
    assert not rules_of(article) & {"pasted-text", "pasted-doubtful", "unknown-sender"}


@pytest.mark.parametrize(
    "text",
    [
        "我区召开防汛工作会\n昨日，区防汛办召开会议，部署汛期工作。",
        "请领导审阅本周要闻\n本周办结12件。",
        "更正启事\n上期第三条数字有误，应为12件，特此更正。",
        "--jianbao-brought-in\nSubject: x\n\n正文在此，共三句。",
    ],
)
def test_short_text_is_an_article_because_an_editor_says_so(office: Office, pool: ReadingPool, text: str) -> None:
    letter = read(office, pool, AddedMaterial("区教体局", text=text))
    assert letter.verdict in (Verdict.ARTICLE, Verdict.FLAGGED), letter.reason
    [article] = all_articles(office)
    assert article.confirmed
    assert article.manuscript.title == text.split("\n")[0]


def test_html_of_words_clipboard_keeps_its_table(office: Office, pool: ReadingPool) -> None:
    read(office, pool, AddedMaterial("区教体局", text=ARTICLE, html=WORD_CLIPBOARD))
    [article] = all_articles(office)
    assert article.manuscript.title == TITLE
    [table] = [block for block in article.manuscript.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row] for row in table.rows] == [["片区", "幼儿园"], ["东部", "21"]]
    assert lines(article) == [FIRST, SECOND, THIRD]


def test_text_of_another_editor_that_is_there_already_is_a_duplicate(office: Office, pool: ReadingPool) -> None:
    read(office, pool, AddedMaterial("区教体局", text=ARTICLE))
    again = read(office, pool, AddedMaterial("区教体局", text=ARTICLE + "\n\n"))
    assert again.verdict is Verdict.DUPLICATE
    assert len(all_articles(office)) == 1


def test_photographs_belong_to_the_text_upright_and_are_never_taken_for_a_logo(
    office: Office, pool: ReadingPool
) -> None:
    photo = AddedFile("IMG_0001.jpg", photograph(orientation=6))
    for text in (ARTICLE, "防汛会议召开\n昨日，区防汛办召开会议，部署汛期工作。"):
        letter = read(office, pool, AddedMaterial("区教体局", text=text, files=(photo,)))
        assert letter.verdict in (Verdict.ARTICLE, Verdict.FLAGGED)
    for article in all_articles(office):
        [picture] = [block for block in article.manuscript.blocks if isinstance(block, Picture)]
        with Image.open(io.BytesIO(office.media.read(picture.sha256))) as image:
            assert image.height > image.width
            assert not image.getexif()


def test_heic_is_reported_with_the_remedy_and_the_text_is_kept(office: Office, pool: ReadingPool) -> None:
    read(office, pool, AddedMaterial("区教体局", text=ARTICLE, files=(AddedFile("IMG_0002.HEIC", HEIC),)))
    [article] = all_articles(office)
    [message] = [finding.message for finding in article.findings if "IMG_0002" in finding.message]
    assert "HEIC" in message
    assert "兼容性最佳" in message


def test_several_files_at_once_are_several_articles(office: Office, pool: ReadingPool) -> None:
    second = ARTICLE.replace(TITLE, "片区联盟共建推动整体发展").encode()
    letter = read(office, pool, AddedMaterial("区教体局", files=(file_of(), AddedFile("说明.docx", b"PK\x03\x04 x"))))
    assert letter.verdict is Verdict.FLAGGED
    assert "说明.docx" in letter.reason
    read(office, pool, AddedMaterial("区教体局", text=ARTICLE, files=(AddedFile("稿二.txt", second),)))
    assert [article.manuscript.title for article in all_articles(office)] == [
        "内外兼修提升学前教育",
        TITLE,
        "片区联盟共建推动整体发展",
    ]


def test_unit_that_is_not_registered_is_kept_as_it_was_typed(office: Office, pool: ReadingPool) -> None:
    with office.ledger.reading() as ledger:
        before = department_names(ledger, office.bulletin(None))
    read(office, pool, AddedMaterial(" 龙泉  街道 ", text=ARTICLE))
    [article] = all_articles(office)
    assert (article.department, article.confirmed) == ("龙泉 街道", True)
    with office.ledger.reading() as ledger:
        assert department_names(ledger, office.bulletin(None)) == before


def test_unit_is_registered_when_the_editor_asks_so(office: Office, pool: ReadingPool) -> None:
    read(office, pool, AddedMaterial("龙泉街道", text=ARTICLE, registers=True))
    read(office, pool, AddedMaterial("龙泉街道", text=f"{ARTICLE}\n{FIRST[::-1]}", registers=True))
    with office.ledger.reading() as ledger:
        assert department_names(ledger, office.bulletin(None))[-1] == "龙泉街道"


def test_marking_of_secrecy_seals_what_is_added(office: Office, pool: ReadingPool) -> None:
    letter = read(office, pool, AddedMaterial("区教体局", text=f"机密★10年\n{ARTICLE}"))
    assert letter.verdict is Verdict.SEALED
    assert all_articles(office) == []


def test_letter_of_one_file_has_the_bytes_that_uploads_had(office: Office) -> None:
    """So that a file which was uploaded with an earlier version is the same letter."""
    letter = letter_of(office, add(office, AddedFile("稿件.docx", b"file")))
    assert letter.sha256 == "284077d6905d396fccf9b7153162b328fc3bcc65c1ae8dc5979de132fdbfd070"


@pytest.mark.parametrize(
    ("material", "problem"),
    [
        (AddedMaterial("区教体局"), "请粘贴文字"),
        (AddedMaterial("区教体局", text=" \n"), "请粘贴文字"),
        (AddedMaterial(" ", text=ARTICLE), "哪个单位"),
        (AddedMaterial("长" * 31, text=ARTICLE), "最多 30 个字"),
        (AddedMaterial("区教体局", files=(AddedFile("a.docx", b""),)), "是空的"),
        (AddedMaterial("区教体局", files=(AddedFile("a.docx", bytes(LARGEST + 1)),)), "超过 20 MB"),
        (AddedMaterial("区教体局", files=tuple(AddedFile(n, bytes(LARGEST)) for n in "abc")), "合计超过 40 MB"),
        (AddedMaterial("区教体局", files=(AddedFile("IMG.HEIC", HEIC),)), "只有照片"),
        (AddedMaterial("区教体局", files=(AddedFile("IMG.jpg", photograph()),)), "只有照片"),
    ],
)
def test_useless_material_is_refused_with_the_remedy(office: Office, material: AddedMaterial, problem: str) -> None:
    with pytest.raises(BadUsage, match=problem):
        add_by_hand(office, office.bulletin(None), material, who=WHO)
    with office.ledger.reading() as ledger:
        assert not letters.letters(ledger)


class Interrupted(HashStore):
    """A store beside which something else happens after the bytes are durable."""

    def __init__(self, root: Path, happen: Callable[[], object]) -> None:
        super().__init__(root, ".eml")
        self._happen = happen

    def sync(self) -> None:
        super().sync()
        self._happen()


def test_material_that_is_erased_while_it_is_stored_again_is_refused_and_leaves_no_file(office: Office) -> None:
    letter_id = add(office, file_of())
    letter = letter_of(office, letter_id)

    def erase() -> None:
        with office.ledger.writing() as ledger:
            letters.settle(ledger, letter_id, Verdict.IGNORED, "无稿", at=office.now())
            removals.remove(ledger, letter_id, Removal(RemovalKind.ERASED, WHO, "理由", office.now()))

    with pytest.raises(BadUsage, match="删除"):
        add(replace(office, raws=Interrupted(office.raws.root, erase)), file_of())
    assert not office.raws.path(letter.sha256).exists()


def test_material_whose_bytes_are_destroyed_meanwhile_is_not_recorded(office: Office) -> None:
    def destroy() -> None:
        for path in office.raws.root.rglob("*.eml"):
            office.raws.destroy(path.stem)

    with pytest.raises(StorageFailed, match="再添加一次"):
        add(replace(office, raws=Interrupted(office.raws.root, destroy)), file_of())
    with office.ledger.reading() as ledger:
        assert not letters.letters(ledger)
