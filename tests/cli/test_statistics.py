"""`statistics`: the figures of departments as a table and as JSON."""

from __future__ import annotations

from archive import articles
from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.endorsed import print_articles
from tests.support.offices import hand_in


def test_the_figures_of_a_period_are_a_table_and_a_document(office: Office, command_line: CommandLine) -> None:
    print_articles(office, "甲")
    hand_in(office, "乙")
    document = command_line.run_json("statistics", "--period", "2022-11").document
    assert (document["first"], document["last"]) == ("2022-11-01", "2022-11-30")
    [row] = document["departments"]
    assert (row["department"], row["received"], row["adopted"], row["rate"], row["upper"]) == (
        "区民政局",
        2,
        1,
        0.5,
        {},
    )
    assert not {"points", "endorsed"} & row.keys()
    table = command_line.run("statistics").output
    assert "区民政局" in table
    assert "50%" in table


def test_a_period_that_is_none_is_refused(command_line: CommandLine) -> None:
    refused = command_line.run("statistics", "--period", "去年")
    assert (refused.status, "应是期间" in refused.errors) == (2, True)


def test_the_report_of_a_period_becomes_an_article_and_twice_is_once(office: Office, command_line: CommandLine) -> None:
    print_articles(office, "甲")
    for _ in range(2):
        assert command_line.run("statistics", "--period", "2022-11", "--report").status == 0
    with office.ledger.reading() as ledger:
        assert [record.department for record in articles.articles(ledger)].count(None) == 1
    refused = command_line.run("statistics", "--period", "2020-01", "--report")
    assert (refused.status, "没有什么可通报的" in refused.errors) == (2, True)
