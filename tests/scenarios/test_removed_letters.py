"""Letters that were read, printed, rejected or sealed, and then removed: every page and every command copes with what
is left, and shows nothing of what was there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive import letters
from service.office import Office
from service.removal.remove import destroy_sealed, erase
from tests.support.command_line import command_line_of
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import BULLETIN
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending
from tests.support.removable import NAME, SECRET, Removable, add_printed, add_rejected, add_sealed, deliver_all
from tools.desk_paths import paths

POSTS = ("retry", "confirm", "set-aside", "release", "destroy", "erase")


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


@pytest.fixture
def removed(office: Office) -> list[Removable]:
    """A printed, a rejected and a sealed letter, all removed, and one that is there."""
    printed, rejected, sealed = add_printed(office), add_rejected(office), add_sealed(office)
    add_rejected(office, "present", "别的词句")
    deliver_all(office)
    for letter in (printed, rejected):
        erase(office, office.bulletin(None), letter.id, "对方要求", who="赵管理")
    destroy_sealed(office, office.bulletin(None), sealed.id, "保密办要求", who="赵管理")
    return [printed, rejected, sealed]


@pytest.fixture
def driver(office: Office, removed: list[Removable]) -> Iterator[DeskDriver]:
    driver = DeskDriver(office)
    assert removed
    yield driver
    driver.close()


def test_every_page_answers_and_shows_nothing_of_them(
    office: Office, removed: list[Removable], driver: DeskDriver
) -> None:
    values = {
        "bulletin": (BULLETIN,),
        "department": ("区民政局",),
        "article": tuple(str(letter.article) for letter in removed),
        "letter": tuple(str(letter.id) for letter in removed),
        "issue": ("1", "2"),
    }
    more = {
        "/b/{bulletin}/search": ("?q=" + SECRET[:4], "?q=机密"),
        "/b/{bulletin}/letters": ("?verdict=removed", "?verdict=sealed", "?verdict=article"),
    }
    for role in ("viewer", "admin"):
        driver.login(role)
        for path in paths(driver.app.state.roles, values, more):
            answer = driver.get(path)
            assert answer.status_code < 500, path
            text = answer.text.replace(SECRET[:4] + '"', "")
            assert NAME not in text, path
            assert SECRET not in text, path
            if path.endswith("/original") and "/letters/" in path:
                assert answer.status_code == 404, path


def test_the_letter_page_says_who_removed_it_when_and_why(removed: list[Removable], driver: DeskDriver) -> None:
    driver.login("admin")
    for letter, kind, why in zip(
        removed, ("已删除", "已删除", "已销毁"), ("对方要求",) * 2 + ("保密办要求",), strict=True
    ):
        words = driver.words(f"/b/{BULLETIN}/letters/{letter.id}")
        assert kind in words
        assert "赵管理" in words
        assert why in words
        assert letter.sha256 in words
    listed = driver.words(f"/b/{BULLETIN}/letters?verdict=removed")
    assert (listed.count("（已删除）"), listed.count("（已销毁）")) == (2, 1)
    assert "等您处理" not in driver.words(f"/b/{BULLETIN}/letters")


def test_every_action_on_them_is_refused_with_a_sentence(
    office: Office, removed: list[Removable], driver: DeskDriver
) -> None:
    driver.login("admin")
    for letter in removed:
        for action in POSTS:
            answer = driver.post(f"/b/{BULLETIN}/letters/{letter.id}/{action}", why="理由")
            assert answer.status_code in (400, 409), action
            assert "删除" in answer.text or "销毁" in answer.text, action
    with office.ledger.reading() as ledger:
        assert sum(record.removal is not None for record in letters.letters(ledger)) == len(removed)


def test_every_command_answers_and_shows_nothing_of_them(office: Office, removed: list[Removable]) -> None:
    command_line = command_line_of(office)
    for command in ("messages", "articles", "issues", "outbox", "senders", "verify"):
        for form in ((), ("--json",)):
            done = command_line.run(command, *form)
            assert done.status == 0, (command, done.errors)
            assert SECRET not in done.output, command
    for letter in removed:
        assert command_line.run("retry", letter.sha256).status == 2
        assert command_line.run("sealed", "release", letter.sha256, "--why", "理由").status == 2


def test_only_an_administrator_removes_at_the_desk(office: Office) -> None:
    letter, sealed = add_rejected(office), add_sealed(office)
    deliver_all(office)
    driver = DeskDriver(office)
    try:
        for path in (f"/b/{BULLETIN}/letters/{letter.id}/erase", f"/b/{BULLETIN}/letters/{sealed.id}/destroy"):
            page = path.rpartition("/")[0]
            driver.login("editor")
            assert path not in driver.get(page).text
            assert driver.post(path, why="理由").status_code == 403
            driver.login("admin")
            assert path in driver.get(page).text
            assert driver.post(path, why=" ").status_code == 400
            assert driver.post(path, why="理由").status_code == 303
            assert "理由" in driver.words(page)
    finally:
        driver.close()
