"""Stored texts and findings of earlier versions can be read."""

from __future__ import annotations

import json

from sqlalchemy import select, update

from archive import articles
from archive.database import Ledger
from archive.manuscripts import findings_json
from archive.schema import revision
from tests.support.ledger_rows import add_article, new_article, sha256
from values import rules
from values.finding import Finding, Severity
from values.manuscript import Manuscript, Picture

FINDINGS = (
    Finding(rules.NO_BYLINE, Severity.WARNING, "没有署名"),
    Finding(rules.DOUBLED_MARK, Severity.ERROR, "标点重复", 1, 3, 5, "，"),
)


def test_picture_written_before_there_were_captions_has_none(ledger: Ledger) -> None:
    picture = Picture(sha256("picture"), "image/png", 914_400, 457_200)
    with ledger.writing() as writing:
        one = add_article(writing, new_article("投稿", manuscript=Manuscript(("标题",), None, (picture,))))
        old = writing.sql.execute(select(revision.c.manuscript)).scalar_one().replace('"caption":"",', "")
        assert "caption" not in old
        writing.sql.execute(update(revision).values(manuscript=old))
    with ledger.reading() as reading:
        assert articles.article_named(reading, one).manuscript.blocks == (picture,)


def test_finding_of_a_rule_that_this_version_does_not_have_is_read_and_written_as_it_is(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        one = add_article(writing, new_article("投稿", findings=FINDINGS))
        stored = writing.sql.execute(select(revision.c.findings)).scalar_one()
        old = stored.replace('"rule":"no-byline"', '"rule":"of-another-version"').replace(',"replacement":null', "")
        assert "of-another-version" in old
        assert "replacement" not in old
        writing.sql.execute(update(revision).values(findings=old))
    with ledger.reading() as reading:
        [unknown, registered] = articles.article_named(reading, one).findings
    assert (unknown.rule.name, unknown.message, unknown.replacement) == ("of-another-version", "没有署名", None)
    assert registered == FINDINGS[1]
    assert json.loads(findings_json([unknown, registered])) == [
        dict.fromkeys(("paragraph", "start", "end", "suggestion", "replacement"))
        | {"rule": "of-another-version", "severity": "warning", "message": "没有署名"},
        {key: value for key, value in FINDINGS[1].as_json().items() if key not in ("state", "settled_by")},
    ]
