"""A joint article in the manifest: which letters its text comes from, and what a rebuilt ledger makes of that."""

from __future__ import annotations

import json
from pathlib import Path

from archive.article_mergers import mergers_into
from archive.articles import articles
from archive.issues import signed_off_issues
from intake.pool import ReadingPool
from service.article.joint_adoption import MergeRequest, merge_articles
from service.article.split import NewPart, SplitRequest, split_article
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import DATABASE, Office
from service.rebuilding.rebuild import rebuild
from settings.load import load_settings
from tests.support.correspondence import manuscript, receive, submission
from tests.support.offices import Clock, office_at
from tests.support.printed_office import TITLES, TUESDAY, write_printed_config
from values.issue import ArticleStatus


def print_joint(office: Office, pool: ReadingPool) -> None:
    """第70期 prints the second letter's article with the text of the first; the third waits."""
    for number, title in enumerate(TITLES):
        receive(office, pool, submission(manuscript(title), number=number))
    merge_articles(office, MergeRequest([1, 2], 2, "王编辑", title="两件事"))
    sign(office)


def sign(office: Office) -> None:
    assemble(office, office.bulletin(None), TUESDAY.date())
    sign_off(office, office.bulletin(None), 70, "王编辑")


def manifest_of(office: Office) -> list[dict[str, object]]:
    with office.ledger.reading() as ledger:
        [issue] = signed_off_issues(ledger)
    path = next(file.path for file in issue.final if file.kind == "manifest")
    listed: list[dict[str, object]] = json.loads((office.data_dir / path).read_bytes())["articles"]
    return listed


def test_the_manifest_names_all_letters_and_a_rebuilt_ledger_prints_none_again(
    tmp_path: Path, pool: ReadingPool
) -> None:
    config_file = write_printed_config(tmp_path / "office")
    with office_at(config_file, TUESDAY) as office:
        print_joint(office, pool)
        with office.ledger.reading() as ledger:
            first, second, _ = articles(ledger)
        joint, _ = manifest_of(office)
        data_dir = office.data_dir
    assert (joint["title"], joint["departments"], joint["split_from"]) == ("两件事", ["区教体局"], None)
    assert joint["letter"]["sha256"] == second.letter_sha256  # type: ignore[index]
    assert [letter["sha256"] for letter in joint["letters"]] == [first.letter_sha256]  # type: ignore[attr-defined]
    assert [(part["id"], part["title"]) for part in joint["merged"]] == [(1, TITLES[0])]  # type: ignore[attr-defined]
    for file in data_dir.glob(f"{DATABASE}*"):
        file.unlink()
    rebuilt = rebuild(load_settings(config_file), Clock(TUESDAY), {})
    with office_at(config_file, TUESDAY) as office, office.ledger.reading() as ledger:
        status = {record.manuscript.title: record.status for record in articles(ledger)}
        [host] = [record.id for record in articles(ledger) if record.manuscript.title == TITLES[1]]
        merged = [merger.article for merger in mergers_into(ledger, [host])]
    assert status == {
        TITLES[0]: ArticleStatus.HELD,
        TITLES[1]: ArticleStatus.PUBLISHED,
        TITLES[2]: ArticleStatus.PUBLISHED,
    }
    assert (len(merged), rebuilt.problems) == (1, ())


def test_a_part_is_listed_with_what_it_was_split_from(tmp_path: Path, pool: ReadingPool) -> None:
    with office_at(write_printed_config(tmp_path / "office"), TUESDAY) as office:
        receive(office, pool, submission(manuscript(TITLES[0])))
        with office.ledger.reading() as ledger:
            [whole] = articles(ledger)
        split_article(office, SplitRequest(1, [NewPart(len(whole.manuscript.blocks) - 1, "末段")], "王编辑"))
        sign(office)
        listed = manifest_of(office)
    assert [(each["id"], each["split_from"]) for each in listed] == [(1, None), (2, 1)]
