"""A file uploaded at the desk becomes a letter of the department that the person names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from archive import articles, letters, removals
from archive.files import HashStore
from archive.uploads import upload_of
from intake.pool import ReadingPool
from service.letters.receive import LetterReceiver
from service.letters.upload import LARGEST, upload_manuscript
from service.office import Office
from tests.support.correspondence import manuscript
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending
from values.errors import BadUsage, StorageFailed
from values.letter import Removal, RemovalKind, Verdict

WHO = "王编辑"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


def upload(office: Office, department: str = "区教体局", data: bytes = b"file", name: str = "稿件.docx") -> int:
    return upload_manuscript(office, office.bulletin(None), name, data, department, who=WHO)


def test_bring_in_records_letter_department_and_person(office: Office) -> None:
    letter_id = upload(office)
    with office.ledger.reading() as ledger:
        letter = letters.letter_with_id(ledger, "wuxing", letter_id)
        uploaded = upload_of(ledger, letter_id)
    assert letter is not None
    assert uploaded is not None
    assert (letter.verdict, uploaded.department, uploaded.who) == (Verdict.PENDING, "区教体局", WHO)
    assert office.raws.read(letter.sha256).startswith(b"From: desk@jianbao.invalid\r\n")


def test_bring_in_of_the_same_file_for_the_same_department_is_one_letter(office: Office) -> None:
    first = upload(office)
    assert upload(office) == first
    assert upload(office, department="区民政局") != first


class Interrupted(HashStore):
    """A store beside which something else happens after the bytes are durable."""

    def __init__(self, root: Path, happen: Callable[[], object]) -> None:
        super().__init__(root, ".eml")
        self._happen = happen

    def sync(self) -> None:
        super().sync()
        self._happen()


def test_upload_that_is_erased_while_it_is_stored_again_is_refused_and_leaves_no_file(office: Office) -> None:
    letter_id = upload(office)
    with office.ledger.reading() as ledger:
        [letter] = letters.letters(ledger)

    def erase() -> None:
        with office.ledger.writing() as ledger:
            letters.settle(ledger, letter_id, Verdict.IGNORED, "无稿", at=office.now())
            removals.remove(ledger, letter_id, Removal(RemovalKind.ERASED, WHO, "理由", office.now()))

    with pytest.raises(BadUsage, match="删除"):
        upload(replace(office, raws=Interrupted(office.raws.root, erase)))
    assert not office.raws.path(letter.sha256).exists()


def test_upload_whose_bytes_are_destroyed_meanwhile_is_not_recorded(office: Office) -> None:
    def destroy() -> None:
        for path in office.raws.root.rglob("*.eml"):
            office.raws.destroy(path.stem)

    with pytest.raises(StorageFailed, match="再上传一次"):
        upload(replace(office, raws=Interrupted(office.raws.root, destroy)))
    with office.ledger.reading() as ledger:
        assert not letters.letters(ledger)


@pytest.mark.parametrize("data", [b"", bytes(LARGEST + 1)])
def test_bring_in_refuses_an_empty_or_too_large_file(office: Office, data: bytes) -> None:
    with pytest.raises(BadUsage, match=r"空的|超过 20 MB"):
        upload(office, data=data)


def test_bring_in_refuses_an_unknown_department(office: Office) -> None:
    with pytest.raises(BadUsage):
        upload(office, department="外星局")


def test_uploaded_manuscript_becomes_a_confirmed_article_of_that_department(office: Office, pool: ReadingPool) -> None:
    file = manuscript()
    upload(office, data=file.data, name=f"C:\\稿\\{file.name}")
    assert LetterReceiver(office, pool).read(office.bulletin(None)) == {Verdict.UNCONFIRMED: 1}
    with office.ledger.reading() as ledger:
        article = articles.article_named(ledger, 1)
        [letter] = letters.letters(ledger)
    assert (article.department, article.confirmed) == ("区教体局", True)
    assert letter.verdict in (Verdict.ARTICLE, Verdict.FLAGGED)
    assert "由王编辑在审稿台代区教体局上传" in letter.reason
