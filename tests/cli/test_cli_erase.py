"""`erase` and `sealed destroy`: what they print, and what they answer when there is nothing to remove."""

from __future__ import annotations

import pytest

from service.office import Office
from tests.support.command_line import command_line_of
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending
from tests.support.removable import add_rejected, add_sealed, deliver_all

WHY = ("--why", "对方要求删除个人信息")


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


def test_erase_shows_the_tombstone(office: Office) -> None:
    letter = add_rejected(office)
    deliver_all(office)
    done = command_line_of(office).run_json("erase", letter.sha256[:10], *WHY)
    [row] = done.document
    assert (done.status, row["from"], row["subject"], row["verdict"]) == (0, "", "", "article")
    assert (row["removed"]["kind"], row["removed"]["why"]) == ("erased", WHY[1])
    shown = command_line_of(office).run("messages").output
    assert "已删除（原为已成稿）" in shown
    assert WHY[1] in shown


def test_destroy_shows_the_tombstone(office: Office) -> None:
    letter = add_sealed(office)
    command_line = command_line_of(office)
    done = command_line.run_json("sealed", "destroy", letter.sha256[:10], "--why", "保密办要求")
    assert (done.status, done.document[0]["removed"]["kind"]) == (0, "destroyed")
    again = command_line.run("sealed", "release", letter.sha256, *WHY)
    assert (again.status, "已于 2022-11-08" in again.errors, "销毁" in again.errors) == (2, True, True)
    assert "已销毁（原为封存）" in command_line.run("messages").output


def test_what_cannot_be_erased_is_answered_with_the_reason(office: Office) -> None:
    letter, sealed = add_rejected(office), add_sealed(office)
    command_line = command_line_of(office)
    answers = {
        "回信还在发件箱": letter.sha256,
        "sealed destroy": sealed.sha256,
        "没有以": "0" * 64,
        "不是来信的编号": "甲",
    }
    for words, name in answers.items():
        refused = command_line.run("erase", name, *WHY)
        assert (refused.status, words in refused.errors) == (2, True), refused.errors
    deliver_all(office)
    assert command_line.run("erase", letter.sha256, *WHY).status == 0
    again = command_line.run("erase", letter.sha256, *WHY), command_line.run("retry", letter.sha256)
    assert [(each.status, " 删除" in each.errors) for each in again] == [(2, True)] * 2
    assert command_line.run("erase", letter.sha256).status == 2


def test_a_removed_letter_is_not_imported_again(office: Office) -> None:
    letter = add_rejected(office)
    deliver_all(office)
    command_line = command_line_of(office)
    command_line.run("erase", letter.sha256, *WHY)
    file = office.data_dir.parent / "again.eml"
    file.write_bytes(letter.raw)
    done = command_line.run_json("import", str(file))
    assert (done.status, done.document["stored"]) == (2, 0)
    assert "以前已删除或销毁" in done.document["errors"][0]
    assert not office.raws.path(letter.sha256).exists()
