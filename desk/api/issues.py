"""Issues: listed, read, their files; the next issue prepared, assembled, signed off."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from archive.issues import IssueRecord, issue_of_bulletin, issues_page
from archive.preparations import Preparation, preparation_of
from desk.api.caller import ApiCaller, BulletinInPath, EditingCaller, Reader, Signer
from desk.api.conditional import ConditionalRoute, SeenVersion, version_tag
from desk.api.paging import USUAL_LIMIT, Before, Limit, next_page
from desk.api.problems import problems
from desk.api.shapes import ApiDraft, ApiIssue, ApiIssues, ApiNextIssue
from desk.page import file_response
from desk.refusals import NotFound
from service.issue.assemble import assemble
from service.issue.issue_order import order_by_section
from service.issue.past_issues import file_of
from service.issue.prepare import set_date, write_editors_note
from service.issue.sign_off import is_unfinished, sign_off
from service.people.access_record import HandedOut, record_download
from service.shapes.issues import assembled_row, issue_row
from settings.model import BulletinSettings
from values.errors import NotThere
from values.issue import IssueStatus
from values.whole_number import LARGEST_ID

issues: Final = APIRouter(route_class=ConditionalRoute, tags=["issues"])
_PATH: Final = "/bulletins/{bulletin}/issues"
_NEXT: Final = "/bulletins/{bulletin}/next-issue"
_LONGEST_NOTE: Final = 10_000
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The file."}
}


class ApiNote(BaseModel):
    """按语 of the next issue."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field(max_length=_LONGEST_NOTE, description='A paragraph a line; "": none.')


class ApiIssueDate(BaseModel):
    """印发日期 of the next issue."""

    model_config = ConfigDict(extra="forbid")

    dated: date | None = Field(alias="date", description="null: the day of assembling.")


class ApiAssembly(BaseModel):
    """The draft that is wanted."""

    model_config = ConfigDict(extra="forbid")

    supplement: bool = False
    notify_editors: bool = Field(True, description="Whether the editors are mailed the draft.")


class ApiSignOff(BaseModel):
    """The revision of the draft that is signed off."""

    model_config = ConfigDict(extra="forbid")

    revision: int = Field(ge=1, le=LARGEST_ID, description="The one that was looked at.")
    looked_at: list[int] = Field(
        [], max_length=1_000, description="Ids of articles whose text a letter changed, and that somebody has read."
    )


@issues.get(_PATH, responses=problems())
def list_issues(
    request: Request, caller: Reader, bulletin: BulletinInPath, limit: Limit = USUAL_LIMIT, before: Before = None
) -> ApiIssues:
    """Issues, the latest made first."""
    with caller.office.ledger.reading() as ledger:
        records = issues_page(ledger, bulletin.id, before=before, most=limit + 1)
    shown = records[:limit]
    ended_with = shown[-1].id if len(records) > limit else None
    return ApiIssues.model_validate({"items": list(map(_row, shown)), "next": next_page(request, ended_with)})


@issues.get(_PATH + "/{issue}", responses=problems())
def read_issue(caller: Reader, bulletin: BulletinInPath, issue: int) -> ApiIssue:
    """An issue."""
    return ApiIssue.model_validate(_row(_issue(caller, bulletin, issue)))


@issues.get(_PATH + "/{issue}/files/{kind}", responses=problems() | _FILE, response_class=Response)
def read_issue_file(
    caller: Reader, bulletin: BulletinInPath, issue: int, kind: Literal["docx", "pdf", "ofd", "manifest", "draft"]
) -> Response:
    """A file of an issue that is signed off or discarded."""
    file = file_of(caller.office, bulletin, _issue(caller, bulletin, issue).id, kind)
    if file is None:
        raise NotFound("这一期没有这种文件；送审中的一期还没有可取的文件。")
    record_download(caller.office, caller.who, HandedOut(bulletin.id, f"{file.label}的 {kind} 文件", issue))
    return file_response(file.data, file.name, file.content_type)


@issues.post(_PATH + "/{issue}/sign-off", responses=problems(412, 503))
def sign_issue_off(caller: Signer, bulletin: BulletinInPath, issue: int, signed: ApiSignOff) -> ApiIssue:
    """Makes the number final and the files, and publishes the articles. Takes some seconds for the PDF. Repeated for
    the revision that is signed off, it is answered as the first time; files that a failure has left out are made."""
    record = _issue(caller, bulletin, issue)
    is_repeated = record.status is IssueStatus.SIGNED_OFF and record.revision == signed.revision
    if is_repeated and not is_unfinished(record):
        return ApiIssue.model_validate(_row(record))
    if record.status is IssueStatus.DISCARDED:
        raise NotThere(f"{record.number.label}已经作废，不能签发。")
    done = sign_off(
        caller.office,
        bulletin,
        record.number.number,
        caller.who,
        seen=signed.revision,
        shown=frozenset(signed.looked_at),
        supplement=record.number.supplement,
    )
    return ApiIssue.model_validate(_row(done))


@issues.get(_NEXT, responses=problems())
def read_next_issue(
    caller: Reader, bulletin: BulletinInPath, response: Response, supplement: bool = False
) -> ApiNextIssue:
    """What would be printed now, in order. Its ETag begins with the version of note and date."""
    with caller.office.ledger.reading() as ledger:
        prepared = preparation_of(ledger, bulletin.id, supplement=supplement)
    return _next(caller, bulletin, prepared, response, supplement=supplement)


@issues.put(_NEXT + "/note", responses=problems(412, 428))
def write_note(
    caller: EditingCaller, bulletin: BulletinInPath, note: ApiNote, seen: SeenVersion, response: Response
) -> ApiNextIssue:
    """Writes the 按语."""
    return _next(
        caller, bulletin, write_editors_note(caller.office, bulletin, note.note, caller.who, seen=seen), response
    )


@issues.put(_NEXT + "/date", responses=problems(412, 428))
def write_date(
    caller: EditingCaller, bulletin: BulletinInPath, dated: ApiIssueDate, seen: SeenVersion, response: Response
) -> ApiNextIssue:
    """Sets the date that the next draft carries."""
    return _next(caller, bulletin, set_date(caller.office, bulletin, dated.dated, caller.who, seen=seen), response)


@issues.post("/bulletins/{bulletin}/drafts", responses=problems(412, 503))
def make_draft(caller: EditingCaller, bulletin: BulletinInPath, wanted: ApiAssembly) -> ApiDraft:
    """Makes the draft of the next issue, or makes the open one anew. Where nothing has changed since, as when the
    request is repeated, the revision stays and nobody is mailed."""
    made = assemble(
        caller.office, bulletin, supplement=wanted.supplement, mailed_to=None if wanted.notify_editors else ()
    )
    assert made is not None, "without a fire time there is a draft, or NothingToAssemble"
    return ApiDraft.model_validate({**assembled_row(made.issue), "changed": made.changed})


def _issue(caller: ApiCaller, bulletin: BulletinSettings, issue: int) -> IssueRecord:
    record = None
    if issue in range(1, LARGEST_ID + 1):
        with caller.office.ledger.reading() as ledger:
            record = issue_of_bulletin(ledger, bulletin.id, issue)
    if record is None:
        raise NotFound(f"没有编号 {issue} 的一期。")
    return record


def _row(record: IssueRecord) -> dict[str, Any]:
    kinds: list[str] = [file.kind for file in record.final]
    if record.draft and record.status is not IssueStatus.DRAFT:
        kinds.append("draft")
    return {"id": record.id, **issue_row(record), "kinds": kinds}


def _next(
    caller: ApiCaller,
    bulletin: BulletinSettings,
    prepared: Preparation,
    response: Response,
    *,
    supplement: bool = False,
) -> ApiNextIssue:
    with caller.office.ledger.reading() as ledger:
        sections = order_by_section(ledger, bulletin, supplement=supplement)
    response.headers["etag"] = version_tag(prepared.version)
    return ApiNextIssue.model_validate(
        {
            "bulletin": bulletin.id,
            "sections": [
                {"name": name, "articles": [article.id for article in in_section]}
                for name, in_section in sections.items()
            ],
            "note": prepared.editors_note,
            "date": prepared.dated.isoformat() if prepared.dated else None,
            "responsible_editor": prepared.responsible_editor,
            "version": prepared.version,
        }
    )
