"""`articles`: every article, its text and findings."""

from __future__ import annotations

from argparse import ArgumentParser

from archive import articles
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import office_of
from cli.views.articles import article_table
from service.shapes.articles import article_rows


def add_arguments(_parser: ArgumentParser) -> None:
    """None of its own."""


def run(invocation: Invocation) -> ExitStatus:
    """Lists the articles in the order in which they were received."""
    with office_of(invocation) as office:
        with office.ledger.reading() as ledger:
            records = articles.articles(ledger)
        invocation.output.give(lambda: article_rows(office, records), lambda: [article_table(records)])
    return ExitStatus.DONE
