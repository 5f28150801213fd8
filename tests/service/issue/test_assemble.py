"""From articles to a draft on disk, and to its end: signed off or discarded."""

from __future__ import annotations

import re
import stat
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from archive import article_changes, articles, issues
from service.issue.assemble import Assembled, NothingToAssemble, assemble, discard
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.invariants import broken_promises
from tests.support.offices import SHANGHAI, bulletin, config, hand_in, office_at, write_config
from tests.support.projection import projection
from values.errors import BadUsage, StorageFailed
from values.issue import ArticleStatus, IssueStatus

TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)
YEARLY = 'numbering = "yearly"\nfirst_number = 1'


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    return write_config(tmp_path / "office")


def make(office: Office, dated: date | None = None) -> Assembled:
    made = assemble(office, office.bulletin(None), dated or TUESDAY.date())
    assert made is not None
    return made


def decide(office: Office, article_id: int, to: ArticleStatus) -> None:
    with office.ledger.writing() as ledger:
        article_changes.change_status(
            ledger, articles.article_named(ledger, article_id), to, who="王编辑", note="", at=TUESDAY
        )


def statuses(office: Office) -> list[str]:
    with office.ledger.reading() as ledger:
        return [article.status.value for article in articles.articles(ledger)]


def text_of(office: Office, made: Assembled) -> str:
    return projection((office.data_dir / made.issue.files[0]).read_bytes())


def test_draft_is_where_the_contract_says(config_file: Path) -> None:
    with office_at(config_file, TUESDAY) as office:
        hand_in(office, "甲")
        made = make(office)
        assert (made.changed, made.issue.files) == (True, ("issues/wuxing/70/70-r1.docx",))
        assert "甲的正文。" in text_of(office, made)


def test_yearly_issue_has_its_year_in_the_path(tmp_path: Path) -> None:
    with office_at(write_config(tmp_path / "office", config(bulletin(more=YEARLY))), TUESDAY) as office:
        hand_in(office, "甲")
        assert make(office).issue.files == ("issues/wuxing/2022-1/2022-1-r1.docx",)


def test_assembling_again_changes_nothing(config_file: Path) -> None:
    with office_at(config_file, TUESDAY) as office:
        hand_in(office, "甲")
        first = make(office)
    with office_at(config_file, TUESDAY + timedelta(hours=1)) as office:
        again = make(office)
        assert (again.changed, again.issue) == (False, first.issue)
        assert len(list((office.data_dir / "issues").rglob("*.docx"))) == 1


def test_another_date_makes_another_revision(config_file: Path) -> None:
    with office_at(config_file, TUESDAY) as office:
        hand_in(office, "甲")
        make(office)
        made = make(office, date(2022, 11, 9))
        assert (made.changed, made.issue.revision, made.issue.dated) == (True, 2, date(2022, 11, 9))
        assert "2022年11月9日" in text_of(office, made)


def test_nothing_to_assemble_is_reported(config_file: Path) -> None:
    with office_at(config_file, TUESDAY) as office, pytest.raises(NothingToAssemble, match="wuxing 没有可编入的稿件"):
        make(office)


def test_draft_from_which_everything_was_taken_out_stays_a_draft(config_file: Path) -> None:
    with office_at(config_file, TUESDAY) as office:
        (article_id,) = hand_in(office, "甲")
        make(office)
        decide(office, article_id, ArticleStatus.REJECTED)
        made = make(office)
        assert (made.issue.revision, made.issue.articles) == (2, ())
        assert ("甲的正文" in text_of(office, made), "撤下《甲》" in text_of(office, made)) == (False, True)


def test_sign_off_is_final_and_its_file_read_only(config_file: Path) -> None:
    with office_at(config_file, TUESDAY) as office:
        hand_in(office, "甲", "乙")
        made = make(office)
        signed = sign_off(office, office.bulletin(None), 70, "王编辑")
        assert (signed.status, signed.decided_by, signed.draft) == (IssueStatus.SIGNED_OFF, "王编辑", made.issue.draft)
        assert {stat.S_IMODE((office.data_dir / file).stat().st_mode) for file in signed.files} == {0o440}
        assert statuses(office) == ["published", "published"]
        with pytest.raises(BadUsage, match="第70期已于 2022-11-08 16:00 由 王编辑 签发，不能再改"):
            sign_off(office, office.bulletin(None), 70, "李编辑")
        with pytest.raises(BadUsage, match="由 王编辑 签发，不能再改"):
            discard(office, office.bulletin(None), 70, "李编辑")
    assert broken_promises(config_file.parent / "data") == []


def test_draft_that_a_decision_made_out_of_date_is_not_signed_off(config_file: Path) -> None:
    with office_at(config_file, TUESDAY) as office:
        _, refused = hand_in(office, "甲", "乙")
        make(office)
        decide(office, refused, ArticleStatus.REJECTED)
        with pytest.raises(BadUsage, match="《乙》已改为退稿，但还在送审稿里。请先重新生成送审稿"):
            sign_off(office, office.bulletin(None), 70, "王编辑")
        assert statuses(office) == ["draft", "rejected"]
        assert "乙的正文" not in text_of(office, make(office))
        sign_off(office, office.bulletin(None), 70, "王编辑")
        assert statuses(office) == ["published", "rejected"]


def test_issue_whose_file_is_gone_is_not_signed_off(config_file: Path) -> None:
    with office_at(config_file, TUESDAY) as office:
        hand_in(office, "甲")
        (office.data_dir / make(office).issue.files[0]).unlink()
        with pytest.raises(StorageFailed, match=r"70-r1\.docx 失败：文件不在了"):
            sign_off(office, office.bulletin(None), 70, "王编辑")
        assert statuses(office) == ["draft"]
        assert make(office).issue.revision == 2
        sign_off(office, office.bulletin(None), 70, "王编辑")


def test_discarding_this_years_draft_leaves_last_years_issue_of_that_number(tmp_path: Path) -> None:
    with office_at(write_config(tmp_path / "office", config(bulletin(more=YEARLY))), TUESDAY) as office:
        hand_in(office, "甲")
        make(office)
        sign_off(office, office.bulletin(None), 1, "王编辑")
        hand_in(office, "乙")
        make(office, date(2023, 1, 6))
        discarded = discard(office, office.bulletin(None), 1, "王编辑")
        assert (discarded.number.label, discarded.status) == ("2023年第1期", IssueStatus.DISCARDED)


def test_draft_over_the_turn_of_the_year_keeps_its_number(tmp_path: Path) -> None:
    with office_at(write_config(tmp_path / "office", config(bulletin(more=YEARLY))), TUESDAY) as office:
        hand_in(office, "甲")
        make(office, date(2022, 12, 30))
        assert make(office, date(2023, 1, 6)).issue.number.label == "2022年第1期"


def test_file_that_cannot_be_written_leaves_no_issue_and_no_number(config_file: Path) -> None:
    with office_at(config_file, TUESDAY) as office:
        hand_in(office, "甲")
        (office.data_dir / "issues").write_text("in the way")
        with pytest.raises(StorageFailed, match="该是目录的地方有一个文件"):
            make(office)
        with office.ledger.reading() as ledger:
            assert issues.issues(ledger) == []
        (office.data_dir / "issues").unlink()
        assert make(office).issue.number.label == "第70期"


def test_fifty_who_assemble_and_sign_off_at_once_leave_no_gap(config_file: Path) -> None:
    """security.md J-2: two rounds, and the numbers run on from each to the next."""
    signed = Counter[str]()
    with ThreadPoolExecutor(50) as threads:
        for turn in range(2):
            signed.update(threads.map(lambda who, turn=turn: _one_of_many(config_file, f"{turn}-{who}"), range(50)))
    with office_at(config_file, TUESDAY) as office, office.ledger.reading() as ledger:
        found = issues.issues(ledger)
    assert signed.total() == 100
    assert [issue.number.number for issue in found] == list(range(70, 70 + len(found)))
    assert sum(issue.status is IssueStatus.SIGNED_OFF for issue in found) == signed["signed off"] >= 2
    printed = [article_id for issue in found for article_id, _ in issue.articles]
    assert len(printed) == len(set(printed))
    assert broken_promises(config_file.parent / "data") == []


def _one_of_many(config_file: Path, who: str) -> str:
    """Hands in an article, and tries twice to have a draft with it signed off."""
    with office_at(config_file, TUESDAY) as office:
        hand_in(office, f"第{who}篇")
        for _ in range(2):
            try:
                number = make(office).issue.number.number
                sign_off(office, office.bulletin(None), number, f"编辑{who}")
            except NothingToAssemble:
                return "others took it along"
            except BadUsage as error:
                if not re.search("签发，不能再改|已更新到第", str(error)):
                    raise
            else:
                return "signed off"
    return "others were faster"


def test_the_total_number_counts_on_over_the_years_and_skips_what_was_discarded(tmp_path: Path) -> None:
    more = f"{YEARLY}\nfirst_total = 70"
    with office_at(write_config(tmp_path / "office", config(bulletin(more=more))), TUESDAY) as office:
        hand_in(office, "A")
        make(office)
        discard(office, office.bulletin(None), 1, who="王编辑")
        made = make(office)
        assert "2022年第1期（总第70期）" in text_of(office, made)
        hand_in(office, "B")
        assert "2022年第1期（总第70期）" in text_of(office, make(office))
        sign_off(office, office.bulletin(None), 1, who="王编辑")
        hand_in(office, "C")
        assert "2023年第1期（总第71期）" in text_of(office, make(office, date(2023, 1, 3)))
