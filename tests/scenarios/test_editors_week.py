"""What an editor does with an issue, by the command line: decide, remake, sign off, discard; and the next number."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.scenario import DATED, PRINTED, Installation, installation_of


@pytest.fixture(scope="module")
def week_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory: the sample letters are in, and the draft of issue 70 is made."""
    office = installation_of(PRINTED, tmp_path_factory.mktemp("week"))
    assert office.run("import", str(PRINTED / "inbox")).status == 0
    assert office.run("assemble", "--date", DATED).status == 0
    return office.data


@pytest.fixture
def office(week_before: Path, tmp_path: Path) -> Installation:
    """With a copy of `week_before`, for the test to change."""
    office = installation_of(PRINTED, tmp_path)
    shutil.copytree(week_before, office.data, dirs_exist_ok=True)
    return office


def assemble(office: Installation) -> dict[str, object]:
    made = office.run("assemble", "--date", DATED)
    assert made.status == 0, made.complaints
    document: dict[str, object] = made.document
    return document


def statuses(office: Installation) -> dict[int, tuple[str, int | None]]:
    return {row["id"]: (row["status"], row["issue"]) for row in office.run("articles").document}


def test_an_article_held_back_leaves_the_draft_and_comes_back_when_adopted(office: Installation) -> None:
    held = office.run("decide", "2", "held", "--note", "下期再用")
    assert (held.status, held.document["status"]) == (0, "held")
    made = assemble(office)
    assert (made["number"], made["revision"], made["articles"]) == (70, 2, [1, 3, 4, 5])
    assert statuses(office)[2] == ("held", None)
    office.run("decide", "2", "adopted")
    again = assemble(office)
    assert (again["number"], again["revision"], again["articles"]) == (70, 3, [1, 2, 3, 4, 5])


def test_an_article_of_an_unknown_sender_is_in_no_issue_until_it_is_adopted(office: Installation) -> None:
    [waiting] = [row for row in office.run("messages").document if row["verdict"] == "unconfirmed"]
    [article] = waiting["articles"]
    assert article not in assemble(office)["articles"]  # type: ignore[operator]
    assert office.run("decide", str(article), "adopted").status == 0
    assert article in assemble(office)["articles"]  # type: ignore[operator]
    [letter] = [row for row in office.run("messages").document if row["sha256"] == waiting["sha256"]]
    assert letter["verdict"] == "article"


def test_a_signed_off_issue_is_final_and_the_next_one_takes_the_next_number(office: Installation) -> None:
    [draft] = office.run("issues").document
    file = office.data / draft["files"][0]
    before = file.read_bytes()
    signed = office.run("sign-off", "70")
    assert (signed.status, signed.document["status"], signed.document["date"]) == (0, "signed_off", DATED)
    assert file.read_bytes() == before
    assert file.stat().st_mode & 0o222 == 0
    assert {statuses(office)[id] for id in draft["articles"]} == {("published", 70)}
    assert office.run("sign-off", "70").status == 2
    assert office.run("discard", "70").status == 2
    assert "刊发" in office.run("decide", "1", "held").complaints
    nothing = office.run("assemble", "--date", "2022-11-15")
    assert nothing.status == 1
    office.run("decide", "6", "adopted")
    made = office.run("assemble", "--date", "2022-11-15").document
    assert (made["number"], made["label"], made["articles"]) == (71, "第71期", [6])
    assert [row["number"] for row in office.run("issues").document] == [70, 71]


def test_a_discarded_draft_frees_its_articles_and_its_number_but_no_file_name(office: Installation) -> None:
    [draft] = office.run("issues").document
    assert office.run("discard", "70").document["status"] == "discarded"
    assert set(statuses(office).values()) == {("draft", None)}
    made = assemble(office)
    assert (made["number"], made["articles"]) == (70, draft["articles"])
    assert made["files"] != draft["files"]
    assert (office.data / draft["files"][0]).is_file()
    assert [row["status"] for row in office.run("issues").document] == ["discarded", "draft"]


def test_retry_reads_a_quarantined_letter_again_and_only_such_a_letter(office: Installation) -> None:
    rows = office.run("messages").document
    quarantined = next(row for row in rows if row["verdict"] == "quarantined")
    article = next(row for row in rows if row["verdict"] == "article")
    [again] = office.run("retry", quarantined["sha256"][:12]).document
    assert (again["verdict"], again["reason"]) == ("quarantined", quarantined["reason"])
    assert again["attempts"] == 1
    assert "已成稿" in office.run("retry", article["sha256"][:12]).complaints
    assert office.run("retry", "zz").status == 2


def test_article_issue_or_bulletin_that_does_not_exist_is_named(office: Installation) -> None:
    for words, named in (
        (("decide", "99", "held"), "99"),
        (("sign-off", "71"), "71"),
        (("assemble", "--bulletin", "nobody"), "nobody"),
    ):
        answer = office.run(*words)
        assert answer.status == 2
        assert named in answer.complaints


def test_an_editor_arranges_the_issue_by_the_command_line(office: Installation) -> None:
    arranged = office.run("arrange", "4", "--first")
    assert (arranged.status, arranged.document["position"]) == (0, 1)
    assert office.run("arrange", "3", "--supplement").document["for_supplement"] is True
    assert office.run("note", "现将各单位的做法刊发如下。").status == 0
    made = assemble(office)
    assert made["articles"] == [4, 1, 2, 5]
    assert "EditorsNote|【编者按】现将各单位的做法刊发如下。" in office.issue(made["files"])  # type: ignore[arg-type]
    assert office.run("arrange", "4").status == 2


def test_a_supplement_goes_its_own_way_by_the_command_line(office: Installation) -> None:
    office.run("arrange", "3", "--supplement")
    made = office.run("assemble", "--supplement").document
    assert (made["number"], made["label"], made["supplement"], made["articles"]) == (1, "增刊第1期", True, [3])
    assert office.run("sign-off", "1").status == 2
    assert office.run("sign-off", "1", "--supplement").document["status"] == "signed_off"
    assert [(row["label"], row["status"]) for row in office.run("issues").document] == [
        ("第70期", "draft"),
        ("增刊第1期", "signed_off"),
    ]
