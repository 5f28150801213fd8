"""增刊: counted, kept and drafted apart from the ordinary issues, and never mixed with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from archive import articles, issues, outbox
from archive.issues import IssueRecord
from service.issue.arrange import choose_for_supplement
from service.issue.assemble import NothingToAssemble, assemble, discard
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.invariants import broken_promises
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI, bulletin, config, hand_in, office_at, write_config
from tests.support.projection import projection
from values.errors import BadUsage
from values.issue import IssueStatus

TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)
MAIL = '\n[smtp]\nhost = "127.0.0.1"\nport = 2525\nsecurity = "none"\nsender = "jianbao@example.org"\n'
DATED = TUESDAY.date()
EDITOR = "王编辑"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(
        MAIL + config(bulletin(more='first_number = 1\nfirst_total = 100\neditors = ["editor@example.org"]')), TUESDAY
    )


@pytest.fixture
def office(office: Office) -> Iterator[Office]:
    """Articles 1, 2 and 3; the second is chosen for the supplement."""
    hand_in(office, "甲", "乙", "丙")
    choose_for_supplement(office, 2, EDITOR)
    yield office
    assert broken_promises(office.data_dir) == []


def made(office: Office, *, supplement: bool, dated: date = DATED) -> IssueRecord:
    found = assemble(office, office.bulletin(None), dated, supplement=supplement)
    assert found is not None
    return found.issue


def shown(issue: IssueRecord) -> tuple[str, list[int]]:
    return issue.number.label, [id for id, _ in issue.articles]


def text_of(office: Office, issue: IssueRecord) -> str:
    return projection((office.data_dir / issue.files[0]).read_bytes())


def where(office: Office) -> dict[int, str]:
    with office.ledger.reading() as ledger:
        return {one.id: one.issue_label for one in articles.articles(ledger)}


def test_two_drafts_stand_open_beside_each_other_and_share_no_article(office: Office) -> None:
    assert shown(made(office, supplement=False)) == ("第1期", [1, 3])
    assert shown(made(office, supplement=True)) == ("增刊第1期", [2])
    assert where(office) == {1: "第1期", 2: "增刊第1期", 3: "第1期"}
    with office.ledger.reading() as ledger:
        assert [issue.status for issue in issues.issues(ledger)] == [IssueStatus.DRAFT] * 2


def test_a_supplement_says_its_own_number_and_no_total(office: Office) -> None:
    supplement = text_of(office, made(office, supplement=True))
    assert "IssueNumber|增刊第1期\n" in supplement
    assert "章贡区“五型”政府建设增刊第1期送审稿（第 1 稿）" in supplement
    assert "sign-off" not in supplement
    assert "还本期未报送的单位" not in supplement
    assert "IssueNumber|第1期（总第100期）\n" in text_of(office, made(office, supplement=False))


def test_supplements_do_not_count_among_the_issues(office: Office) -> None:
    made(office, supplement=True)
    sign_off(office, office.bulletin(None), 1, EDITOR, supplement=True)
    assert "IssueNumber|第1期（总第100期）\n" in text_of(office, made(office, supplement=False))
    sign_off(office, office.bulletin(None), 1, EDITOR)
    hand_in(office, "丁", "戊")
    choose_for_supplement(office, 4, EDITOR)
    assert shown(made(office, supplement=True)) == ("增刊第2期", [4])
    assert "IssueNumber|第2期（总第101期）\n" in text_of(office, made(office, supplement=False))


def test_each_has_files_and_a_manifest_of_its_own(office: Office) -> None:
    for supplement in (True, False):
        made(office, supplement=supplement)
        sign_off(office, office.bulletin(None), 1, EDITOR, supplement=supplement)
    files = sorted(path.relative_to(office.data_dir).as_posix() for path in (office.data_dir / "issues").rglob("*.*"))
    assert files == [
        *(f"issues/wuxing/1/{name}" for name in ("1-r1.docx", "1.docx", "manifest.json")),
        "issues/wuxing/supplement-1/manifest.json",
        "issues/wuxing/supplement-1/supplement-1-r1.docx",
        "issues/wuxing/supplement-1/supplement-1.docx",
    ]
    told = json.loads((office.data_dir / "issues/wuxing/supplement-1/manifest.json").read_text(encoding="utf-8"))
    assert (told["label"], told["supplement"], [one["id"] for one in told["articles"]]) == ("增刊第1期", True, [2])


def test_sign_off_and_discard_mean_the_one_that_is_named(office: Office) -> None:
    made(office, supplement=False)
    with pytest.raises(BadUsage, match="没有增刊第 1 期"):
        sign_off(office, office.bulletin(None), 1, EDITOR, supplement=True)
    made(office, supplement=True)
    gone = discard(office, office.bulletin(None), 1, EDITOR, supplement=True)
    assert (gone.number.label, gone.status) == ("增刊第1期", IssueStatus.DISCARDED)
    assert where(office) == {1: "第1期", 2: "", 3: "第1期"}
    assert shown(made(office, supplement=True)) == ("增刊第1期", [2])


def test_each_draft_is_mailed_under_its_own_name(office: Office) -> None:
    made(office, supplement=False)
    made(office, supplement=True)
    with office.ledger.reading() as ledger:
        sent = outbox.letters_out(ledger)
    assert [letter.subject for letter in sent] == [
        "【送审】章贡区“五型”政府建设第1期（第 1 稿，2 篇）",
        "【送审】章贡区“五型”政府建设增刊第1期（第 1 稿，1 篇）",
    ]
    assert len({letter.message_id for letter in sent}) == 2


def test_person_at_the_desk_is_not_mailed_what_the_desk_shows(office: Office) -> None:
    found = assemble(office, office.bulletin(None), DATED, mailed_to=())
    assert found is not None
    assert (found.changed, found.issue.revision) == (True, 1)
    with office.ledger.reading() as ledger:
        assert outbox.letters_out(ledger) == []


def test_an_article_that_changed_sides_is_signed_off_only_with_a_draft_that_shows_it(office: Office) -> None:
    made(office, supplement=False)
    choose_for_supplement(office, 3, EDITOR)
    made(office, supplement=True)
    with pytest.raises(BadUsage, match="《丙》已改入增刊，但还在送审稿里"):
        sign_off(office, office.bulletin(None), 1, EDITOR)
    choose_for_supplement(office, 3, EDITOR, chosen=False)
    with pytest.raises(BadUsage, match="《丙》已从增刊改回普通一期"):
        sign_off(office, office.bulletin(None), 1, EDITOR, supplement=True)
    sign_off(office, office.bulletin(None), 1, EDITOR)
    assert where(office) == {1: "第1期", 2: "增刊第1期", 3: "第1期"}
    with pytest.raises(BadUsage, match="《丙》已改为已刊发"):
        sign_off(office, office.bulletin(None), 1, EDITOR, supplement=True)
    assert shown(made(office, supplement=True)) == ("增刊第1期", [2])


def test_article_back_in_the_ordinary_draft_is_listed_as_moved(office: Office) -> None:
    made(office, supplement=False)
    choose_for_supplement(office, 3, EDITOR)
    made(office, supplement=True)
    choose_for_supplement(office, 3, EDITOR, chosen=False)
    made(office, supplement=True)
    assert where(office) == {1: "第1期", 2: "增刊第1期", 3: "第1期"}


def test_without_chosen_articles_there_is_no_supplement(office: Office) -> None:
    choose_for_supplement(office, 2, EDITOR, chosen=False)
    with pytest.raises(NothingToAssemble, match="arrange 编号 --supplement"):
        made(office, supplement=True)


def test_the_schedule_makes_ordinary_issues(office: Office) -> None:
    fired = assemble(office, office.bulletin(None), None, TUESDAY + timedelta(days=3))
    assert fired is not None
    assert (shown(fired.issue), fired.issue.dated) == (("第1期", [1, 3]), date(2022, 11, 11))


def test_yearly_supplements_begin_anew_each_year(tmp_path: Path) -> None:
    more = 'numbering = "yearly"\nfirst_number = 30\nfirst_supplement = 5'
    with office_at(write_config(tmp_path / "yearly", config(bulletin(more=more))), TUESDAY) as office:
        for name, dated, label in (
            ("甲", date(2022, 11, 8), "2022年增刊第5期"),
            ("乙", date(2022, 12, 8), "2022年增刊第6期"),
            ("丙", date(2023, 1, 8), "2023年增刊第1期"),
        ):
            (article,) = hand_in(office, name)
            choose_for_supplement(office, article, EDITOR)
            issue = made(office, supplement=True, dated=dated)
            assert issue.number.label == label
            sign_off(office, office.bulletin(None), issue.number.number, EDITOR, supplement=True)
        hand_in(office, "丁")
        assert made(office, supplement=False).number.label == "2022年第30期"
        assert broken_promises(office.data_dir) == []
