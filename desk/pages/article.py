"""稿件: the article as read next to the original as sent, its findings and history, and the actions on it."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive import decisions, revisions
from archive.approvals import remarks_at
from archive.article_comments import comments_on
from archive.articles import ArticleRecord
from archive.changes import changes_of
from archive.commissions import commissions_answered_by
from archive.corrections import corrected_by, corrections_of
from archive.endorsements import endorsements_on
from archive.letters import letter_with_sha256
from archive.upper_adoptions import upper_adoptions_on
from archive.viewings import record_viewing, viewings_of
from desk.forms import Form
from desk.page import back_to, fragment, is_htmx, office_of, page, person_of
from desk.pages.article_history import history_lines
from desk.pages.article_path import (
    ARTICLE,
    article_id_in_path,
    article_in_path,
    article_path,
    may_edit,
    note_own_change,
    unsaved_work,
)
from desk.pages.article_text import shown_blocks
from desk.pages.decision_form import decision_in, undo_of
from desk.routes import get, post
from service.article.decide import decide
from service.article.edit import apply_all_fixes, apply_fix, put_back, restore_revision
from service.article.original import picture_of
from service.article.related import related_to
from service.article.remarks import allowable_word, sorted_remarks
from service.article.returning import notice_for
from service.commission.commissioning import choosable_commissions
from service.issue.issue_order import neighbours_of
from service.office import Office
from service.people.accounts import editor_names
from service.register.register import register_of
from values.errors import StorageFailed

_log = structlog.get_logger(__name__)

_IMAGE_TYPES: Final = ("image/png", "image/jpeg")
_FIXED_MESSAGE: Final = "已改好，成为第 {} 稿。"


def article_page(request: Request) -> Response:
    """The page of the article. Records that the person has seen its text."""
    record = article_in_path(request)
    office, person = office_of(request), person_of(request)
    _record_viewing(office, person.id, record)
    return page(request, "article/page.html", **_article_values(request, record))


def _record_viewing(office: Office, person: int, record: ArticleRecord) -> None:
    """Records which revision the person opened, unless that is recorded; a full disk does not prevent reading."""
    with office.ledger.reading() as ledger:
        viewing = viewings_of(ledger, person, [record.id]).get(record.id)
    if viewing is not None and viewing.revision == record.revision:
        return
    try:
        with office.ledger.writing() as ledger:
            record_viewing(ledger, person, record.id, record.revision, at=office.now())
    except StorageFailed as error:
        _log.warning("viewing not recorded", article=record.id, error=str(error))


def _article_values(request: Request, record: ArticleRecord) -> dict[str, Any]:
    """The values for the page and its fragments."""
    office = office_of(request)
    remarks = sorted_remarks(record.findings)
    editors = editor_names(office) if may_edit(request, record) else ()
    with office.ledger.reading() as ledger:
        bulletin = office.bulletin(record.bulletin)
        before, after = neighbours_of(ledger, bulletin, record)
        return {
            "before": before,
            "after": after,
            "editors": editors,
            "article": record,
            "path": article_path(record),
            "editable": may_edit(request, record),
            "blocks": shown_blocks(record.manuscript, remarks),
            "remarks": remarks,
            "word_of": partial(allowable_word, manuscript=record.manuscript),
            "letter": letter_with_sha256(ledger, record.bulletin, record.letter_sha256),
            "revisions": revisions.revisions_of(ledger, record.id),
            "history": history_lines(
                changes_of(ledger, "article", record.id), decisions.decisions_of(ledger, record.id)
            ),
            "comments": comments_on(ledger, record.id),
            "corrections": corrections_of(ledger, [record.id]).get(record.id, ()),
            "corrects": corrected_by(ledger, [record.id]).get(record.id),
            "related": related_to(ledger, record),
            "endorsements": endorsements_on(ledger, [record.id]),
            "levels": bulletin.levels,
            "upper": upper_adoptions_on(ledger, [record.id]),
            "upper_levels": bulletin.adopting_levels,
            "approver_remarks": remarks_at(ledger, record.id),
            "commissions": commissions_answered_by(ledger, record.bulletin, record.id),
            "choosable": choosable_commissions(ledger, record.bulletin, office.now()),
            "departments": register_of(office, ledger, bulletin).departments,
            "notice": notice_for(office, ledger, record, at=office.now()) if may_edit(request, record) else None,
            **unsaved_work(request, record),
        }


def fix(request: Request, form: Form) -> Response:
    """Applies one finding or, with the field "all", every one of its rule."""
    office, who = office_of(request), person_of(request).who
    article_id, seen = article_id_in_path(request), form.seen()
    rule, index = form.text("rule"), form.number("index")
    if form.flag("all"):
        after = apply_all_fixes(office, article_id, rule, who, seen=seen)
    else:
        after = apply_fix(office, article_id, -1 if index is None else index, rule, who, seen=seen)
    return answer_change(request, after, form, _FIXED_MESSAGE.format(after.revision))


def put_back_line(request: Request, form: Form) -> Response:
    """Puts a line into the text that was read as one for the office only."""
    article_id, index = article_id_in_path(request), form.number("index")
    who, seen = person_of(request).who, form.seen()
    after = put_back(office_of(request), article_id, -1 if index is None else index, who, seen=seen)
    return answer_change(request, after, form, _FIXED_MESSAGE.format(after.revision))


def restore(request: Request, form: Form) -> Response:
    """Makes an earlier revision the newest one."""
    article_id, number = article_id_in_path(request), form.number("number") or 0
    who, seen = person_of(request).who, form.seen()
    after = restore_revision(office_of(request), article_id, number, who, seen=seen, why=form.text("why"))
    note_own_change(request, after)
    return back_to(request, article_path(after), f"已恢复第 {number} 稿，成为第 {after.revision} 稿。")


def decide_about(request: Request, form: Form) -> Response:
    """采用、留用、退稿、退改, 改回待审; with a department where the sender is unknown, or the article is of another."""
    office = office_of(request)
    result = decide(office, decision_in(request, form))
    after, notice, undo = result.article, result.notice, undo_of([result])
    if form.flag("next"):
        with office.ledger.reading() as ledger:
            _, following = neighbours_of(ledger, office.bulletin(after.bulletin), after)
        path = f"/b/{after.bulletin}/issue" if following is None else f"/b/{after.bulletin}/articles/{following}"
        return back_to(request, path, f"《{after.manuscript.title}》已改为{after.status.chinese}。", undo=undo)
    if notice is not None:
        letter = f"没有寄信：{notice.why_not}" if notice.why_not else f"已写信给 {notice.to}"
        return back_to(request, article_path(after), f"已退改，{letter}。", undo=undo)
    learned = f"已记住 {result.learned_sender} 是{after.department}的地址。" if result.learned_sender else ""
    done = f"改归{after.department}" if after.status is result.before and form.text("department") else ""
    return back_to(request, article_path(after), f"已{done or '改为' + after.status.chinese}。{learned}", undo=undo)


def picture(request: Request) -> Response:
    """A picture of the article as it is printed."""
    record, sha256 = article_in_path(request), request.path_params["sha256"]
    image = picture_of(office_of(request).media, record, sha256)
    if image is None or image[1] not in _IMAGE_TYPES:
        return Response(status_code=404)
    headers = {"content-security-policy": "default-src 'none'; sandbox"}  # and no-store: its letter may be sealed later
    return Response(image[0], media_type=image[1], headers=headers)


def answer_change(request: Request, after: ArticleRecord, form: Form, message: str) -> Response:
    """The fragments of the page that have changed; without scripts a redirection to the place of the change."""
    note_own_change(request, after)
    if is_htmx(request):
        return fragment(request, "article/_live.html", message=message, **_article_values(request, after))
    place = form.number("place")
    return back_to(request, article_path(after) + (f"#block-{place}" if place is not None else "#text"), message)


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get(ARTICLE, article_page),
    get(ARTICLE + "/pictures/{sha256}", picture),
    post(ARTICLE + "/fix", fix),
    post(ARTICLE + "/put-back", put_back_line),
    post(ARTICLE + "/restore", restore),
    post(ARTICLE + "/decide", decide_about),
)
