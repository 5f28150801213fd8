"""Letters that need LibreOffice, once or more often, and a service that is told to stop meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive import articles, letters
from archive.articles import ArticleRecord
from archive.letters import LetterRecord
from archive.transaction import Transaction
from intake.fetch.mailbox import LETTER_LIMIT
from intake.keep import LetterStore
from intake.pool import ReadingPool
from intake.process import Convert, LetterProcessor
from programs.children import ChildLimits
from programs.conversion import ConversionRequest, Conversions, NotConverted
from service.office import Office
from service.register.register import register_of
from tests.support.drawings import page, shown_chart, with_chart
from tests.support.legacy import rtf
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin
from tests.support.submissions import File, raw_letter
from tools.docx_builder import docx, paragraph
from values.letter import Letter, Verdict
from values.manuscript import Picture
from values.outgoing import SettledLetter
from values.reason import Reason

NOW = datetime(2022, 11, 4, 8, 0, tzinfo=UTC)
_KNOWN = 'first_number = 70\nunknown_senders = "draft"'
_BLUE = page(216, 144, "0 0 1 rg 10 10 60 60 re f")


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin(more=_KNOWN), NOW)


class Workshop:
    """Gives for each kind of file what it was told to, and remembers what it was asked for."""

    def __init__(self, *, docx: bytes = b"", pdf: bytes = _BLUE, most: int = 100) -> None:
        self._made = {"docx": docx, "pdf": pdf}
        self._most = most
        self.asked: list[list[str]] = []

    def __call__(self, files: Sequence[ConversionRequest]) -> Conversions:
        self.asked.append([file.target for file in files])
        return {file.key: self._made[file.target] for file in files[: self._most]}


def processor(office: Office, pool: ReadingPool, workshop: Convert | None) -> LetterProcessor:
    return LetterProcessor(office.ledger, office.raws, office.media, pool, office.now, LETTER_LIMIT, workshop)


def read(office: Office, processor: LetterProcessor, *raws: bytes) -> list[Verdict]:
    """Keeps the letters and reads all that is pending."""
    only = office.bulletin(None)
    LetterStore(only.id, office.ledger, office.raws, office.now).keep([Letter(raw, NOW) for raw in raws])
    with office.ledger.reading() as ledger:
        register = register_of(office, ledger, only)
    return [verdict for _, verdict in processor.read_pending(only.id, register)]


def all_articles(office: Office) -> Sequence[ArticleRecord]:
    with office.ledger.reading() as ledger:
        return articles.articles(ledger)


def all_letters(office: Office) -> Sequence[LetterRecord]:
    with office.ledger.reading() as ledger:
        return letters.letters(ledger)


def pictures(article: ArticleRecord) -> list[Picture]:
    return [block for block in article.manuscript.blocks if isinstance(block, Picture)]


def test_old_document_that_holds_a_chart_goes_twice(office: Office, pool: ReadingPool) -> None:
    workshop = Workshop(docx=with_chart(first="文稿"))
    read(office, processor(office, pool, workshop), raw_letter(File("old.rtf", rtf())))
    assert workshop.asked == [["docx"], ["pdf"]]
    (article,) = all_articles(office)
    (picture,) = pictures(article)
    assert office.media.read(picture.sha256).startswith(b"\x89PNG")
    assert [finding.rule.name for finding in article.findings if finding.rule.name in ("drawn", "chart")] == ["drawn"]


def test_conversions_beyond_the_limit_are_reported(office: Office, pool: ReadingPool) -> None:
    body = "".join(shown_chart(width=914_400 + number) for number in range(25))
    workshop = Workshop()
    read(office, processor(office, pool, workshop), raw_letter(File("投稿.docx", with_chart(body=body))))
    assert workshop.asked == [["pdf"] * 20]
    (article,) = all_articles(office)
    assert len(pictures(article)) == 20
    assert [finding.message for finding in article.findings if finding.rule.name == "chart"] == [
        "文件里有 5 个图表，没有读入，请改用图片。"
    ]


def test_letters_whose_files_had_no_turn_stay_pending_and_the_others_are_settled(
    office: Office, pool: ReadingPool
) -> None:
    plain = raw_letter(File("a.docx", docx(paragraph("没有图表的文稿"))))
    first, second = (raw_letter(File("b.docx", with_chart(first=line))) for line in ("甲稿", "乙稿"))
    wide = raw_letter(File("c.docx", with_chart(body=shown_chart(width=9_144_000), first="丙稿")))
    stopped = read(office, processor(office, pool, Workshop(most=1)), plain, first, wide)
    assert len(stopped) == 2
    assert [letter.verdict for letter in all_letters(office)].count(Verdict.PENDING) == 1
    workshop = Workshop()
    assert len(read(office, processor(office, pool, workshop), second)) == 2
    assert workshop.asked == [["pdf", "pdf"]]
    assert [len(pictures(article)) for article in all_articles(office)] == [0, 1, 1, 1]


def test_drawings_that_make_a_letter_unreadable_are_left_out_of_it(office: Office) -> None:
    endless = "0 0 1 rg " + "0 0 200 100 re 3 3 190 90 re f* " * 400_000
    workshop = Workshop(pdf=page(216, 144, endless))
    letter = raw_letter(File("投稿.docx", with_chart()))
    with ReadingPool(limits=ChildLimits(seconds=2.0)) as pool:
        read(office, processor(office, pool, workshop), letter)
    (article,) = all_articles(office)
    assert pictures(article) == []
    assert "chart" in [finding.rule.name for finding in article.findings]
    assert [one.attempts for one in all_letters(office)] == [2]


def test_failed_drawing_leaves_the_reading_without_it(office: Office, pool: ReadingPool) -> None:
    def fail(files: Sequence[ConversionRequest]) -> Conversions:
        return {file.key: NotConverted(Reason.alike("太慢")) for file in files}

    read(office, processor(office, pool, None), raw_letter(File("a.docx", with_chart(first="甲稿"))))
    read(office, processor(office, pool, fail), raw_letter(File("b.docx", with_chart(first="乙稿"))))
    without, failed = (letter.reason.partition("请留意：")[2] for letter in all_letters(office))
    assert without == failed
    assert "1 个图表，没有读入" in failed


def refusing(office: Office, pool: ReadingPool, subject: str) -> LetterProcessor:
    """One with a defect that letters of this subject meet, unless they are quarantined."""

    def refuse(_ledger: Transaction, settled: SettledLetter) -> None:
        if settled.subject == subject and settled.verdict is not Verdict.QUARANTINED:
            raise ZeroDivisionError

    return replace(processor(office, pool, None), on_settled=refuse)


def named_letters(*names: str) -> list[bytes]:
    return [raw_letter(File(f"{name}.docx", docx(paragraph(f"{name}的正文。"))), subject=name) for name in names]


def verdicts_of(office: Office) -> dict[str, Verdict]:
    """By subject, "" for letters that are not read."""
    return {letter.subject: letter.verdict for letter in all_letters(office)}


def test_defect_that_one_letter_meets_costs_the_others_no_verdict(office: Office, pool: ReadingPool) -> None:
    names = ("第一封", "第二封", "第三封", "第四封", *(f"第{number}封" for number in range(5, 22)))
    with pytest.raises(ZeroDivisionError):
        read(office, refusing(office, pool, "第三封"), *named_letters(*names))
    verdicts = verdicts_of(office)
    assert verdicts.pop("") is Verdict.PENDING
    assert verdicts == dict.fromkeys([name for name in names if name != "第三封"], Verdict.ARTICLE)
    assert read(office, processor(office, pool, None)) == [Verdict.ARTICLE]
    assert len(all_articles(office)) == len(names)


def test_letter_that_meets_a_defect_each_time_is_quarantined(office: Office, pool: ReadingPool) -> None:
    receiving = refusing(office, pool, "第三封")
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            read(office, receiving, *named_letters("第三封"))
    assert read(office, receiving) == [Verdict.QUARANTINED]
    [letter] = all_letters(office)
    assert letter.reason.startswith("读了 3 次，都因程序出错（ZeroDivisionError）没有记下结果。")
    assert all_articles(office) == []


def test_letter_to_be_sealed_is_never_quarantined_for_a_defect(office: Office, pool: ReadingPool) -> None:
    receiving = refusing(office, pool, "")  # the ledger gets no subject of a sealed letter
    sealed = raw_letter(File("甲.docx", docx(paragraph("机密★10年") + paragraph("正文。"))), subject="甲")
    for _ in range(4):
        with pytest.raises(ZeroDivisionError):
            read(office, receiving, sealed)
    assert read(office, processor(office, pool, None)) == [Verdict.SEALED]


def test_defect_that_all_letters_meet_quarantines_none(office: Office, pool: ReadingPool) -> None:
    def refuse(_ledger: Transaction, _settled: SettledLetter) -> None:
        raise ZeroDivisionError

    receiving = replace(processor(office, pool, None), on_settled=refuse)
    for _ in range(4):
        with pytest.raises(ZeroDivisionError):
            read(office, receiving, *named_letters("甲", "乙"))
    assert [letter.verdict for letter in all_letters(office)] == [Verdict.PENDING] * 2


def test_letters_of_a_batch_are_settled_in_one_transaction(office: Office, pool: ReadingPool) -> None:
    transactions: list[Transaction] = []

    def note(ledger: Transaction, _settled: SettledLetter) -> None:
        if ledger not in transactions:
            transactions.append(ledger)

    raws = [raw_letter(File(f"{name}.docx", docx(paragraph(f"{name}的正文。")))) for name in "甲乙丙"]
    read(office, replace(processor(office, pool, None), on_settled=note), *raws)
    assert len(transactions) == 1
