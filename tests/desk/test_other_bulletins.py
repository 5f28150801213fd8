"""Every article, letter, issue, file, picture and page is looked up within the bulletin of the path: under another
bulletin's path there is none of it, and nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pytest

from archive import revisions
from archive.corrections import write_correction
from archive.endorsements import EndorsementWords
from archive.senders import learn
from archive.upper_adoptions import NewUpperAdoption
from service.approval.decide_review import ReviewDecision, decide_review
from service.approval.put_forward import put_forward
from service.approval.reviewers import Reviewer
from service.article.endorse import EndorsementRequest, ScanUpload, endorse
from service.article.original import OriginalViewer
from service.commission.commissioning import commission
from service.figures.upper_adoption import record_upper_adoptions
from service.issue.assemble import assemble
from service.issue.page_renderer import PageRenderer
from service.issue.sign_off import sign_off
from service.office import Office
from service.people.accounts import set_address
from service.register.allowed_words import allow_word
from tests.support.desk import DeskDriver
from tests.support.desk_routes import SampleRequest, files_of, guarded_requests, rows_of
from tests.support.ledger_rows import AT, keep_letter, new_article
from tests.support.offices import bulletin, config, hand_in, office_at, write_config
from tests.support.pdf import lines, pdf
from values.approval import ApprovalWay
from values.manuscript import Manuscript, Paragraph, Picture

HERE: Final = "wuxing"
THERE: Final = "dangjian"
PNG: Final = b"\x89PNG\r\n\x1a\n and more"
ADDRESS: Final = "jtj@example.org"
WORD: Final = "党建联建"
APPROVER: Final = "zhao@office.example"
STEP: Final = f'[[bulletin.approval]]\nstep = "审核"\npeople = ["{APPROVER}"]\n'
"""Of the other bulletin."""
IN_BULLETIN: Final = [step for step in guarded_requests() if step.pattern.startswith("/b/{bulletin}/")]
IN_PATH: Final = [step for step in IN_BULLETIN if step.pattern.count("{") > 1 and "/feed/" not in step.pattern]
"""Without the feed, which wants a token of its bulletin first (test_feed)."""
WITHOUT_ID: Final = frozenset(
    f"POST /b/{{bulletin}}/{path}"
    for path in (
        "articles/merge/choose",
        "commissions/new",
        "departments/import",
        "departments/new",
        "departments/order",
        "issue/edited",
        "issue/prepare",
        "issue/sign-off/prepare",
        "issue/supplement/prepare",
        "issue/supplement/sign-off/prepare",
        "issue/supplement/word",
        "issue/urging",
        "issue/word",
        "letters",
        "statistics/report",
    )
)
"""Forms that are about the bulletin itself; `order` lists all its departments, `choose` leads to a page that offers its
articles."""


@dataclass(frozen=True, slots=True)
class Things:
    """What the other bulletin has, by the names that paths and forms use."""

    in_path: Mapping[str, Any]
    forms: Mapping[str, Mapping[str, Any]]
    """Forms without an id in their path, by what follows the bulletin in it."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    home = tmp_path_factory.mktemp("bulletins")
    both = config(bulletin(HERE), bulletin(THERE).replace("区民政局", "区委组织部"), STEP)
    with office_at(write_config(home / "office", both), AT, JIANBAO_IMAP_PASSWORD="pw") as opened:
        hand_in(opened, "甲", "乙")
        assemble(opened, opened.bulletin(HERE), date(2022, 11, 8))
        yield opened


@pytest.fixture(scope="module")
def things(office: Office) -> Things:
    """A signed-off issue, a draft that is put forward, whose article has a picture; a letter, a page, a learned
    address, a word."""
    there = office.bulletin(THERE)
    [printed] = hand_in(office, "丙", bulletin=THERE)
    made = assemble(office, there, date(2022, 11, 8))
    assert made is not None
    put_forward(office, there, 70, "王编辑")
    approver = Reviewer(APPROVER, "赵管理", ApprovalWay.DESK)
    decide_review(office, there, approver, ReviewDecision(made.issue.id, 1, approves=True))
    signed = sign_off(office, there, 70, "王编辑")
    with closing(OriginalViewer(office)) as viewer:
        endorsed = EndorsementRequest(
            EndorsementWords("市级", "", None, "请推广"), ScanUpload("a.pdf", pdf(lines("请推广")))
        )
        endorsement = endorse(office, viewer, there, printed, endorsed, who="王编辑")
    adopted = NewUpperAdoption(printed, "市级", "《信息》", date(2022, 11, 8))
    record_upper_adoptions(office, there, [adopted], who="王编辑")
    [erratum] = hand_in(office, "戊", bulletin=THERE)
    with office.ledger.writing() as ledger:
        write_correction(ledger, erratum, printed, made_by="", at=AT)
    sha256 = office.media.put(PNG)
    picture = Picture(sha256, "image/png", 914400, 914400)
    manuscript = Manuscript(("丁",), "区委组织部", (Paragraph("正文。"), picture))
    with office.ledger.writing() as ledger:
        letter = keep_letter(ledger, "来信", bulletin=THERE)
        learn(ledger, THERE, ADDRESS, "区委组织部", who="王编辑", at=AT)
    office.raws.put("来信".encode())
    with office.ledger.writing() as ledger:
        article = revisions.add_article(ledger, letter, new_article("丁", bulletin=THERE, manuscript=manuscript), at=AT)
    draft = assemble(office, there, date(2022, 11, 15))
    assert draft is not None
    put_forward(office, there, 71, "王编辑")
    allow_word(office, there, WORD, "王编辑")
    commissioned = commission(office, there, "党建联建", "", ["区委组织部"], "2022-11-30", who="王编辑")
    key = f"{THERE}-{'0' * 64}"
    about_issue = {"issue": draft.issue.id, "revision": draft.issue.revision}
    of_department = {"before": "区委组织部", "version": 0, "why": "并入"}
    of_paper = {"publication-1": "《信息》", "dated-1": "2022-11-06"}
    issue_forms: dict[str, Mapping[str, Any]] = {
        "arrange": {"article": f"{article}:1:"},
        "preview/again": {"key": key},
        "sign-off": about_issue,
        "discard": about_issue,
        "put-forward": about_issue,
        "ask-again": {"issue": draft.issue.id, "person": APPROVER},
        "decide-several": {"article": f"{article}:1", "status": "held"},
        "undo": {"article": f"{article}:1"},
        "replace": {"words": "丁", "substitute": "戊", "place": f"{article}:title:0", f"version-{article}": 1},
    }
    return Things(
        {
            "article": article,
            "printed": printed,
            "endorsement": endorsement,
            "erratum": erratum,
            "adoption": 1,
            "letter": letter,
            "issue": signed.id,
            "draft": draft.issue.id,
            "kind": "docx",
            "sha256": sha256,
            "key": key,
            "sheet": 1,
            "number": 1,
            "department": "区委组织部",
            "commission": commissioned.id,
        },
        {
            "articles/merge": {
                "article": [str(article), str(printed)],
                f"version-{article}": 1,
                f"version-{printed}": 1,
            },
            "statistics/upper/read": {"letter": letter},
            "statistics/upper/take": {"take": 1, "article-1": printed, "level-1": "市级", **of_paper},
            "departments/retire": of_department,
            "departments/restore": of_department,
            "departments/forget": {"address": ADDRESS},
            "departments/move-sender": {"address": ADDRESS, "to": "区民政局"},
            "departments/disallow": {"word": WORD},
            **{f"issue/{name}": form for name, form in issue_forms.items()},
            **{f"issue/supplement/{name}": form for name, form in issue_forms.items()},
        },
    )


@pytest.fixture(scope="module")
def desk(office: Office, things: Things) -> Iterator[DeskDriver]:
    driver = DeskDriver(office)
    renderer = PageRenderer(lambda _docx: pdf(lines("第一页")))
    renderer.request(THERE, things.in_path["key"], lambda: b"")
    renderer.wait_for(things.in_path["key"], 20)
    driver.app.state.page_renderer = renderer
    set_address(office, driver.login("admin").name, APPROVER, who="赵管理")
    yield driver
    renderer.close()
    driver.close()


OTHER_ARTICLES: Final = {
    "endorsements": "printed",
    "correct": "printed",
    "upper": "printed",
    "not-a-correction": "erratum",
}
"""Pages of an article, by what follows its path, that need another one than that of the draft."""
ABOUT: Final[Mapping[str, Any]] = {
    "version": 1,
    "revision": 1,
    "status": "held",
    "place": "up",
    "title": "改了的标题",
    "chosen": "1",
    "number": 1,
    "index": 0,
    "rule": "title",
    "state": "dismissed",
    "word": "网格员",
    "take": "theirs",
    "why": "不是给我们的",
    "note": "请改",
    "level": "市级",
    "publication": "《信息》",
    "dated": "2022-11-07",
    "text": "请推广",
    "due": "2022-12-01",
}
"""Fields of the forms whose path has an id: together, what any of them needs."""


def ask(desk: DeskDriver, step: SampleRequest, things: Things, under: str) -> Any:
    """The answer to a request for the other bulletin's things."""
    pattern = step.pattern.replace("approvals/{issue:int}", "approvals/{draft}")
    for place, name in OTHER_ARTICLES.items():
        pattern = pattern.replace(f"articles/{{article:int}}/{place}", f"articles/{{{name}}}/{place}")
    path = pattern.replace(":int}", "}").replace(":path}", "}").format(bulletin=under, **things.in_path)
    if step.method == "GET":
        return desk.get(path)
    return desk.post(path, **{**ABOUT, "article": things.in_path["article"], **things.forms.get(name_of(step), {})})


def name_of(step: SampleRequest) -> str:
    return step.pattern.removeprefix("/b/{bulletin}/")


@pytest.mark.parametrize("step", IN_PATH, ids=str)
def test_what_another_bulletin_has_is_not_there(desk: DeskDriver, things: Things, step: SampleRequest) -> None:
    before = rows_of(desk.office), files_of(desk.office)
    answer = ask(desk, step, things, HERE)
    assert (answer.status_code, rows_of(desk.office), files_of(desk.office)) == (404, *before), answer.text


def test_every_form_is_about_something_that_is_looked_up(things: Things) -> None:
    bare = {str(step) for step in IN_BULLETIN if step.method == "POST" and step not in IN_PATH}
    assert bare - WITHOUT_ID == {f"POST /b/{{bulletin}}/{name}" for name in things.forms}
    assert bare >= WITHOUT_ID


@pytest.mark.parametrize("htmx", [False, True])
def test_forms_that_name_what_another_bulletin_has_change_nothing(desk: DeskDriver, things: Things, htmx: bool) -> None:
    before = rows_of(desk.office)
    answers = {name: desk.post(f"/b/{HERE}/{name}", htmx=htmx, **form) for name, form in things.forms.items()}
    by_name = {name for name in things.forms if name.startswith("departments/")}
    expected = {name: 400 if name in by_name else 404 for name in things.forms}
    assert {name: answer.status_code for name, answer in answers.items()} == expected
    assert rows_of(desk.office) == before


def test_a_comparison_with_an_article_of_another_bulletin_is_refused(desk: DeskDriver, things: Things) -> None:
    assert desk.get(f"/b/{HERE}/articles/1/compare?with={things.in_path['article']}").status_code == 404


def test_under_its_own_bulletin_everything_is_there(desk: DeskDriver, things: Things) -> None:
    """Pages before forms: the forms change what there is. Pages of the original and of a past issue need LibreOffice,
    a picture is in the issue or in the supplement, and no letter is there to be taken back."""
    in_order = sorted(IN_PATH, key=lambda step: step.method)
    missing = {str(step) for step in in_order if ask(desk, step, things, THERE).status_code == 404}
    assert missing == {
        "GET /b/{bulletin}/articles/{article:int}/original/pages/{number:int}",
        "GET /b/{bulletin}/past/{issue:int}/first-page",
        "GET /b/{bulletin}/issue/supplement/pictures/{sha256}",
        "POST /b/{bulletin}/commissions/{commission:int}/take-back/{letter:int}",
        "POST /b/{bulletin}/issue/circulate/{issue:int}/take-back",
        "POST /b/{bulletin}/issue/urging/take-back/{letter:int}",
        "POST /b/{bulletin}/issue/supplement/circulate/{issue:int}/take-back",
    }
    assert {
        name for name, form in things.forms.items() if desk.post(f"/b/{THERE}/{name}", **form).status_code == 404
    } == set()
