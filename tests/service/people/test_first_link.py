"""The first administrator's link is in a file until it was used."""

from __future__ import annotations

from service.office import Office
from service.people.accounts import add_user
from service.people.first_link import write_first_link
from tests.support.desk import DeskDriver
from tests.support.people import PASSWORD, path_of
from values.account import Role


def test_file_is_there_until_the_password_is_set(office: Office) -> None:
    link = write_first_link(office)
    assert link
    assert (link.file.parent, link.file.stat().st_mode & 0o777) == (office.data_dir, 0o600)
    assert link.file.read_text(encoding="utf-8") == f"{link.invitation.url}\n"
    desk = DeskDriver(office)
    assert desk.post(path_of(link.invitation.url), password="short", again="short").status_code == 400
    assert link.file.exists()
    assert desk.post(path_of(link.invitation.url), password=PASSWORD, again=PASSWORD).status_code == 303
    assert not link.file.exists()


def test_file_of_a_link_that_was_used_is_removed_at_the_next_start(office: Office) -> None:
    link = write_first_link(office)
    assert link
    kept = link.file.read_bytes()
    DeskDriver(office).post(path_of(link.invitation.url), password=PASSWORD, again=PASSWORD)
    link.file.write_bytes(kept)  # as after a crash between the two
    assert write_first_link(office) is None
    assert not link.file.exists()


def test_file_stays_while_others_set_their_passwords(office: Office) -> None:
    link = write_first_link(office)
    assert link
    editor = add_user(office, "wang", Role.EDITOR, who="测试")
    assert DeskDriver(office).post(path_of(editor.url), password=PASSWORD, again=PASSWORD).status_code == 303
    assert link.file.exists()
