"""A change of an article or an issue is refused unless it names the version that its sender has seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pytest

from service.commission.commissioning import commission
from service.issue.assemble import assemble
from service.office import Office
from tests.support.desk import DeskDriver
from tests.support.desk_routes import SampleRequest, guarded_requests, rows_of
from tests.support.ledger_rows import AT
from tests.support.offices import bulletin, config, hand_in, office_at, write_config

TEXT: Final = {"title": "别的标题", "byline": "区民政局", "key": "0", "kind-0": "paragraph", "text-0": "别的正文。"}
FORMS: Final[dict[str, dict[str, Any]]] = {
    "articles/{article:int}/decide": {"status": "held"},
    "articles/{article:int}/fix": {"rule": "title", "index": 0},
    "articles/{article:int}/put-back": {"index": 0},
    "articles/{article:int}/settle": {"rule": "title", "index": 0, "state": "dismissed"},
    "issue/articles/{article:int}/settle": {"rule": "title", "index": 0, "state": "dismissed"},
    "articles/{article:int}/restore": {"number": 1},
    "articles/{article:int}/edit": TEXT,
    "issue/articles/{article:int}/decide": {"status": "rejected", "note": "重复"},
    "issue/articles/{article:int}/move": {"place": "down"},
    "issue/articles/{article:int}/title": {"title": "别的标题"},
    "issue/articles/{article:int}/supplement": {"chosen": "1"},
    "issue/prepare": {"dated": "2022-11-11", "editors_note": "请学习。"},
    "articles/{article:int}/responsible-editor": {"responsible_editor": "李编辑"},
    "articles/{article:int}/joint": {"add": "区民政局"},
    "articles/{article:int}/split": {"at": "1", "title-1": "乙"},
    "articles/{article:int}/merge/undo": {},
    "issue/sign-off": {"issue": 1},
    "issue/put-forward": {"issue": 1},
    "issue/discard": {"issue": 1},
    "commissions/{commission:int}/cancel": {},
    "commissions/{commission:int}/extend": {"due": "2022-11-14"},
    "commissions/{commission:int}/link": {"article": 1},
    "commissions/{commission:int}/send": {},
    "commissions/{commission:int}/unlink": {"article": 1},
}
"""Each changes article 1, issue 1 or commission 1, when it also has the version; fields that it needs by what follows
the bulletin in its path. The paths of the supplement have the same views."""
WITHOUT_VERSION: Final = frozenset(
    {
        "commissions/new",
        "commissions/{commission:int}/take-back/{letter:int}",
        "articles/{article:int}/unsaved",
        "articles/{article:int}/unsaved/forget",
        "articles/{article:int}/edit/resolve",
        "articles/{article:int}/allow",
        "articles/{article:int}/disallow",
        "articles/{article:int}/comments",
        "articles/{article:int}/commission",
        "articles/{article:int}/correct",
        "articles/{article:int}/endorsements",
        "articles/{article:int}/endorsements/{endorsement:int}",
        "articles/{article:int}/endorsements/{endorsement:int}/remove",
        "articles/{article:int}/not-a-correction",
        "articles/{article:int}/upper",
        "articles/{article:int}/upper/{adoption:int}/remove",
        "articles/merge",
        "articles/merge/choose",
        "issue/arrange",
        "issue/decide-several",
        "issue/edited",
        "issue/edited/{letter:int}",
        "issue/undo",
        "issue/ask-again",
        "issue/circulate/{issue:int}",
        "issue/circulate/{issue:int}/take-back",
        "issue/preview/again",
        "issue/replace",
        "issue/sign-off/prepare",
        "issue/signed/{issue:int}/complete",
        "issue/urging",
        "issue/urging/take-back/{letter:int}",
        "issue/word",
    }
)
"""What somebody types for himself, a conflict (test_article_edit), a word that the form itself names and the
bulletin's list takes or loses whatever the article says, what names all that was shown (test_issue_edited) or the
version of each article or commission (test_article_commission, test_arrange, test_issue_several, test_article_merge,
test_issue_replace), what is noted about a printed article, whose text never changes (an endorsement has its own
version: test_article_endorsements), what is made of the present articles without changing any, what is written below
an article, and letters, which change nothing that is printed."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskDriver]:
    home = tmp_path_factory.mktemp("versions")
    path = write_config(home / "office", config(bulletin()))
    with office_at(path, AT, JIANBAO_IMAP_PASSWORD="pw") as office:
        _hand_in(office)
        driver = DeskDriver(office)
        driver.login("editor")
        yield driver
        driver.close()


def _hand_in(office: Office) -> None:
    hand_in(office, "甲", "乙")
    assemble(office, office.bulletin(None), date(2022, 11, 8))
    commission(office, office.bulletin(None), "秋季防火", "", ["区民政局"], "2022-11-10", who="王编辑")


def path_of(name: str) -> str:
    return f"/b/wuxing/{re.sub('{[a-z]+:int}', '1', name)}"


def name_of(step: SampleRequest) -> str:
    return step.pattern.removeprefix("/b/{bulletin}/")


def test_every_form_about_articles_and_issues_is_listed() -> None:
    forms = {name_of(step) for step in guarded_requests() if step.method == "POST"}
    about = {
        name
        for name in forms
        if name.startswith(("articles/", "issue/", "commissions/")) and "/supplement/" not in name
    }
    assert about == FORMS.keys() | WITHOUT_VERSION


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("name", FORMS)
def test_change_without_the_version_seen_is_refused(desk: DeskDriver, name: str, htmx: bool) -> None:
    before = rows_of(desk.office)
    answer = desk.post(path_of(name), htmx=htmx, **FORMS[name])
    assert (answer.status_code, rows_of(desk.office)) == (400, before)
    assert "看到的是哪一稿" in answer.text


@pytest.mark.parametrize(
    "name", [name for name in FORMS if name not in ("issue/sign-off", "issue/put-forward", "issue/prepare")]
)
def test_change_of_another_version_than_the_present_one_is_refused(desk: DeskDriver, name: str) -> None:
    before = {table: rows for table, rows in rows_of(desk.office).items() if table != "unsaved"}
    stale: dict[str, Any] = {"version": 77, "revision": 77}
    if name.endswith("/edit"):
        stale = {"version": 77, "revision": 1, **TEXT}
    answer = desk.post(path_of(name), **{**FORMS[name], **stale})
    if name.endswith("/edit"):  # the text that was edited is the present one: what else was changed is no conflict
        assert answer.status_code == 303
        return
    assert answer.status_code == 409, answer.text
    assert {table: rows for table, rows in rows_of(desk.office).items() if table != "unsaved"} == before
