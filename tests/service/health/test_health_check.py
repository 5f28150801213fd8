"""What `check` says of an office; its fonts and its schedule are in test_fonts.py and test_check_schedule.py."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from service.backup.back_up import back_up_to_file
from service.backup.hold import RestoredState, hold
from service.health.check import CheckLine, CheckState, check_disk, check_installation, unfetched_letters
from service.office import Office
from service.removal.remove import erase
from settings.secrets import Secret
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import Clock
from tests.support.outboxes import letter_out, put_in, sending
from tests.support.removable import add_rejected, deliver_all


def lines(office: Office) -> dict[str, CheckLine]:
    """By name; of lines with the same name the last."""
    return {line.name: line for line in check_installation(office)}


def test_every_part_of_an_office_has_its_line(office: Office) -> None:
    checked = lines(office)
    assert {"配置", "台账", "搜索", "磁盘", "时钟", "读信", "发信", "邮箱口令", "模板", "用词表"} <= checked.keys()
    assert checked["台账"].state is CheckState.FINE
    assert checked["发信"] == CheckLine("发信", CheckState.FINE, "没有配置 [smtp] host，不发信")


def test_a_password_that_is_nowhere_is_broken_and_the_mailbox_with_it(office: Office) -> None:
    checked = lines(office)
    assert checked["邮箱口令"].state is CheckState.BROKEN
    assert checked["邮箱"].state is CheckState.BROKEN


def test_a_template_that_is_gone_is_broken_with_its_path(office: Office) -> None:
    bulletin = office.bulletin(None)
    gone = bulletin.model_copy(update={"template": office.data_dir / "gone.docx"})
    settings = office.settings.model_copy(update={"bulletins": (gone,)})
    line = lines(Office(settings, office.ledger, office.raws, office.media, office.now, {}))["模板"]
    assert line.state is CheckState.BROKEN
    assert "gone.docx 读不到" in line.message


def test_a_data_folder_that_others_can_enter_is_broken_with_the_remedy(office: Office) -> None:
    assert lines(office)["数据文件夹"].state is CheckState.FINE
    office.data_dir.chmod(0o755)
    line = lines(office)["数据文件夹"]
    assert line.state is CheckState.BROKEN
    assert f"chmod 700 {office.data_dir}" in line.message


def test_a_password_for_sending_is_looked_at_too(office: Office, tmp_path: Path) -> None:
    password = tmp_path / "smtp"
    password.write_text("SECRETCODE", encoding="utf-8")
    password.chmod(0o644)
    secret = Secret("file", str(password))
    smtp = office.settings.smtp.model_copy(update={"host": "127.0.0.1", "port": 9, "username": "a", "password": secret})
    settings = office.settings.model_copy(update={"smtp": smtp})
    line = lines(Office(settings, office.ledger, office.raws, office.media, office.now, {}))["发信口令"]
    assert line.state is CheckState.ADVICE
    assert "chmod 600" in line.message


def test_free_space_is_named_with_its_figure(office: Office) -> None:
    assert check_disk(office).message.startswith("剩余 ")


def test_an_office_that_has_fetched_everything_has_no_unfetched_letters(office: Office) -> None:
    with office.ledger.reading() as ledger:
        assert unfetched_letters(ledger, office.bulletin(None)) == []


class TestLettersOut:
    """With a mail server that is not there."""

    @pytest.fixture
    def office_setup(self) -> OfficeSetup:
        return OfficeSetup(sending(None))

    def test_the_outbox_is_counted_and_the_server_unavailable(self, office: Office) -> None:
        put_in(office, letter_out("a"), letter_out("b"))
        checked = lines(office)
        assert checked["发信"].state is CheckState.UNAVAILABLE
        assert checked["发件箱"] == CheckLine(
            "发件箱", CheckState.FINE, "待发 2 封，已发 0 封，发送结果不明 0 封，发不出 0 封，已收回 0 封"
        )


def test_the_age_of_the_last_backup_is_shown(office: Office, tmp_path: Path) -> None:
    assert lines(office)["备份"].state is CheckState.ADVICE
    back_up_to_file(office.ledger.server, office.data_dir, tmp_path, office.now)
    assert (lines(office)["备份"].state, "0 天前" in lines(office)["备份"].message) == (CheckState.FINE, True)
    assert isinstance(office.now, Clock)
    office.now.now += timedelta(days=9)
    assert (lines(office)["备份"].state, "9 天前" in lines(office)["备份"].message) == (CheckState.ADVICE, True)


def test_a_removal_that_cannot_be_finished_is_broken_and_names_what_holds_it_up(office: Office) -> None:
    letter = add_rejected(office)
    deliver_all(office)
    assert "删除来信" not in lines(office)
    sha256 = office.raws.put(b"of no letter that the ledger has")
    erase(office, office.bulletin(None), letter.id, "理由", who="赵管理")
    line = lines(office)["删除来信"]
    assert (line.state, sha256 in line.message) == (CheckState.BROKEN, True)


def test_a_restore_that_waits_is_broken_with_its_remedy(office: Office) -> None:
    hold(office.data_dir, RestoredState(office.now(), office.now()))
    assert lines(office)["恢复"].state is CheckState.BROKEN
    assert "restore --release" in lines(office)["恢复"].message
