"""One decision about the articles that are ticked on 本期, and 撤销: decisions are taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, is_htmx, is_path_of_ours, office_of, person_of
from desk.pages.decision_form import articles_in, several_decision_in, undo_of
from desk.pages.issue_board import answering_refusals, board_answer, issue_paths
from desk.routes import post
from service.article.article_left import ArticleLeft, left_in_words
from service.article.decide import DecisionResult
from service.article.decide_several import decide_several
from service.article.undo import UndoneDecision, undo_decisions
from values.issue import ArticleStatus

_DONE: Final = {
    ArticleStatus.DRAFT: "{} 篇改回待审",
    ArticleStatus.ADOPTED: "{} 篇已采用",
    ArticleStatus.HELD: "{} 篇留用，不在本期",
    ArticleStatus.RETURNED: "{} 篇已退改",
    ArticleStatus.REJECTED: "{} 篇退稿，不在本期",
}


def decide_about_several(request: Request, form: Form) -> Response:
    """Fields: article, of each that is ticked as "id:version"; status; note, the reason."""
    wanted = several_decision_in(request, form)
    outcome = decide_several(office_of(request), wanted, articles_in(request, form))
    done = _DONE[wanted.status].format(len(outcome.decided)) + _unwritten(outcome.decided)
    tone = "warn" if outcome.left else "good"
    return board_answer(request, _with_left(done, outcome.left), tone=tone, undo=undo_of(outcome.decided))


def undo(request: Request, form: Form) -> Response:
    """Fields: article, of each decision as "id:version"; back, the path of the page that showed the button."""
    outcome = undo_decisions(office_of(request), articles_in(request, form), person_of(request).who)
    message = _with_left(_undone_sentence(outcome.undone), outcome.left)
    back = form.text("back")
    if not is_htmx(request) and back and is_path_of_ours(back):
        return back_to(request, back, message)
    return board_answer(request, message, tone="warn" if outcome.left else "good")


def _unwritten(decided: Sequence[DecisionResult]) -> str:
    """The departments of returned articles that get no letter, and why."""
    return "".join(
        f"；《{result.article.manuscript.title}》没有给单位寄信（{result.notice.why_not}），请另行告知"
        for result in decided
        if result.notice is not None and result.notice.why_not
    )


def _undone_sentence(undone: Sequence[UndoneDecision]) -> str:
    if len(undone) > 1:
        return f"已撤销 {len(undone)} 篇的决定"
    [only] = undone
    letter = "，退改信已收回" if only.letter_withdrawn else ""
    return f"已撤销：《{only.article.manuscript.title}》恢复为{only.article.status.chinese}{letter}"


def _with_left(done: str, left: Sequence[ArticleLeft]) -> str:
    return f"{done}。{len(left)} 篇没有动：{left_in_words(left)}" if left else done


ROUTES: Final[tuple[BaseRoute, ...]] = (
    *(post(path, answering_refusals(decide_about_several)) for path in issue_paths("/decide-several")),
    *(post(path, answering_refusals(undo)) for path in issue_paths("/undo")),
)
