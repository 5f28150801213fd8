"""`sign-off` and `discard`: what becomes of a draft."""

from __future__ import annotations

import pytest

from service.issue.assemble import assemble
from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.offices import hand_in


@pytest.fixture
def office(office: Office) -> Office:
    hand_in(office, "甲")
    assemble(office, office.bulletin(None))
    return office


@pytest.mark.usefixtures("office")
def test_sign_off_makes_the_number_final(command_line: CommandLine) -> None:
    signed = command_line.run_json("sign-off", "70", "--revision", "1")
    assert (signed.status, signed.document["status"]) == (0, "signed_off")
    assert any(path.endswith("manifest.json") for path in signed.document["files"])


@pytest.mark.usefixtures("office")
def test_sign_off_of_another_revision_is_bad_usage(command_line: CommandLine) -> None:
    refused = command_line.run_json("sign-off", "70", "--revision", "2")
    assert (refused.status, refused.output) == (2, "")
    [issue] = command_line.run_json("issues").document
    assert issue["status"] == "draft"


def test_sign_off_tells_a_person_which_files_there_are(office: Office, command_line: CommandLine) -> None:
    shown = command_line.run("sign-off", "70").output
    assert shown.startswith("第70期已签发，1 篇稿件已刊发：")
    assert str(office.data_dir) in shown
