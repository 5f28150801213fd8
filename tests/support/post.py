"""An office to which letters are handed in one by one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from archive import article_changes, articles, letters
from intake.neighbours import Neighbours
from intake.pool import ReadingPool
from intake.reading import read_letter
from intake.settle import settle_reading
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.letters.receive import LetterReceiver
from service.office import Office
from service.register.register import register_of
from service.shapes.articles import article_rows
from service.shapes.letters import message_rows
from tests.support.manuscripts import STYLES, large, plain
from tests.support.submissions import File, raw_letter
from tools.docx_builder import docx
from values.issue import ArticleStatus
from values.manuscript import Paragraph
from values.vouching import marked

TITLE = "多措并举推动就业政策落地见效"
FIRST = (
    "今年以来，区人社局聚焦就业创业政策进企业、进校园、进社区，精细指导、精准落实，各项补贴政策加速兑现。",
    "一是配套政策做乘法。出台促进高校毕业生留区就业的若干措施，从招工稳工、创业扶持等方面全方位发力。",
    "二是优化流程做减法。规范资金审核程序，累计兑现稳岗返还、技能培训等补助资金 4912.5 万元，惠及企业 320 家。",
)
CORRECTED = (*FIRST[:2], FIRST[2].replace("4912.5", "4921.5"))


class Post:
    """An office to which letters are handed in one by one, each a minute after the other."""

    def __init__(self, office: Office, pool: ReadingPool, inbox: Path) -> None:
        self.office = office
        self._bulletin = office.bulletin(None)
        self._receiver = LetterReceiver(office, pool)
        self._inbox = inbox
        self._count = 0

    def send(
        self,
        *paragraphs: str,
        title: str = TITLE,
        name: str = "稿件.docx",
        subject: str = "投稿",
        text: str = "请查收。",
        sender: str = "rsj@example.org",
        header: str = "",
    ) -> dict[str, Any]:
        """Hands in a letter, with a manuscript when there are paragraphs; returns its row."""
        self._count += 1
        files = [File(name, docx(large(title) + plain(*paragraphs), styles=STYLES))] if paragraphs else []
        header += f"Date: Tue, 08 Nov 2022 09:{self._count:02d}:00 +0800\r\nMessage-ID: <{self._count}@example.org>\r\n"
        letter = self._inbox / f"{self._count}.eml"
        letter.write_bytes(raw_letter(*files, sender=sender, subject=subject, text=text, header=header))
        taken = self._receiver.import_letters(self._bulletin, [letter])
        assert (taken.new, taken.errors) == (1, ())
        with self.office.ledger.reading() as ledger:
            return message_rows(self.office, letters.letters(ledger))[-1]

    def answer_header(self, sender: str = "rsj@example.org") -> str:
        """The line by which a letter answers one of ours that this address alone got."""
        local = marked(f"receipt.{'0' * 24}", sender, self.office.key())
        return f"References: <{local}@example.org>\r\n"

    def read_again(self, sha256: str, paragraphs: tuple[str, ...]) -> dict[str, Any]:
        """The letter settled once more, as if its file were now read to these paragraphs; returns its row."""
        with self.office.ledger.writing() as ledger:
            [letter] = letters.letters_named(ledger, sha256)
            register = register_of(self.office, ledger, self._bulletin)
            reading = read_letter(self.office.raws.read(sha256), register)
            [draft] = reading.articles
            draft = replace(draft, manuscript=replace(draft.manuscript, blocks=tuple(map(Paragraph, paragraphs))))
            neighbours = Neighbours(letter.bulletin, letter.received_at)
            reading = replace(reading, articles=(draft,))
            settled = settle_reading(ledger, letter, reading, neighbours, self.office.now())
            letters.settle(ledger, letter.id, settled.verdict, settled.reason.for_clerk, at=self.office.now())
            return message_rows(self.office, letters.letters_named(ledger, sha256))[0]

    def articles(self) -> list[dict[str, Any]]:
        with self.office.ledger.reading() as ledger:
            return article_rows(self.office, articles.articles(ledger))

    def decide(self, article: int, status: ArticleStatus) -> None:
        with self.office.ledger.writing() as ledger:
            article_changes.change_status(
                ledger, articles.article_named(ledger, article), status, who="editor", note="", at=self.office.now()
            )

    def print_issue(self, shown: Collection[int] = ()) -> None:
        assemble(self.office, self._bulletin, date(2022, 11, 8))
        sign_off(self.office, self._bulletin, 70, "editor", shown=shown)
