"""Letters: listed, read, handed out byte for byte; and manuscripts handed in."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, File, Form, Query, UploadFile
from fastapi.responses import Response
from starlette.requests import Request

from archive.letter_pages import letters_page
from archive.letters import LetterRecord, letter_with_id, letter_with_sha256
from desk.api.caller import ApiCaller, BulletinInPath, Reader, Submitter
from desk.api.conditional import ConditionalRoute
from desk.api.paging import USUAL_LIMIT, Before, Limit, next_page
from desk.api.problems import problems
from desk.api.shapes import ApiLetter, ApiLetters
from desk.letter_file import letter_file
from desk.page import file_response
from desk.refusals import NotFound
from service.letters.add_by_hand import AddedFile, AddedMaterial, add_by_hand
from service.office import Office
from service.people.access_record import HandedOut, record_download
from service.shapes.letters import message_rows
from settings.model import BulletinSettings
from values.letter import Verdict

letters: Final = APIRouter(route_class=ConditionalRoute, tags=["letters"])
_PATH: Final = "/bulletins/{bulletin}/letters"
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"message/rfc822": {}}, "description": "The letter byte for byte."}
}
_LONGEST_TEXT: Final = 2_000_000
"""Characters: as at the desk."""
_VERDICTS: Final = sorted({verdict.for_programs for verdict in Verdict})


@letters.get(_PATH, responses=problems())
def list_letters(
    request: Request,
    caller: Reader,
    bulletin: BulletinInPath,
    verdict: Annotated[str | None, Query(json_schema_extra={"enum": [*_VERDICTS]}, max_length=20)] = None,
    limit: Limit = USUAL_LIMIT,
    before: Before = None,
) -> ApiLetters:
    """Letters with their verdicts, the latest first."""
    wanted = [each for each in Verdict if verdict in (None, each.for_programs)]
    if not wanted:
        raise NotFound(f"没有这种结果：{verdict}。有：{'、'.join(_VERDICTS)}。")
    with caller.office.ledger.reading() as ledger:
        shown = letters_page(ledger, bulletin.id, wanted, removed_of=wanted, before=before, most=limit)
    rows = [_row(caller.office, letter) for letter in shown.letters]
    return ApiLetters.model_validate({"items": rows, "next": next_page(request, shown.before)})


@letters.get(_PATH + "/{sha256}", responses=problems())
def read_letter(caller: Reader, bulletin: BulletinInPath, sha256: str) -> ApiLetter:
    """A letter and what became of it."""
    return ApiLetter.model_validate(_row(caller.office, _letter(caller, bulletin, sha256)))


@letters.get(_PATH + "/{sha256}/original", responses=problems() | _FILE, response_class=Response)
def read_original_letter(caller: Reader, bulletin: BulletinInPath, sha256: str) -> Response:
    """The letter as it came; not a sealed one."""
    letter = _letter(caller, bulletin, sha256)
    data = letter_file(caller.office, letter)
    record_download(caller.office, caller.who, HandedOut(bulletin.id, f"来信 {letter.id} 的原文", letter.id))
    return file_response(data, f"来信{letter.id}.eml", "message/rfc822")


@letters.post("/bulletins/{bulletin}/submissions", status_code=202, responses=problems())
def hand_in_manuscript(
    caller: Submitter,
    bulletin: BulletinInPath,
    department: Annotated[str, Form(max_length=200, description="By any name of the register, or another name.")],
    response: Response,
    file: Annotated[list[UploadFile], File(description="Manuscripts, and pictures that belong to them.")] = [],  # noqa: B006 (FastAPI copies it)
    text: Annotated[str, Form(max_length=_LONGEST_TEXT, description="The article as text, without a file.")] = "",
) -> ApiLetter:
    """Keeps the material as a letter of that department, which is read within seconds; Location is where to look. The
    same material for the same department is the same letter."""
    files = tuple(AddedFile(each.filename or "", each.file.read()) for each in file)
    material = AddedMaterial(department, text=text, files=files)
    letter_id = add_by_hand(caller.office, bulletin, material, who=caller.who)
    with caller.office.ledger.reading() as ledger:
        letter = letter_with_id(ledger, bulletin.id, letter_id)
    assert letter is not None, "it was kept above"
    response.headers["location"] = f"/api/v1/bulletins/{bulletin.id}/letters/{letter.sha256}"
    return ApiLetter.model_validate(_row(caller.office, letter))


def _letter(caller: ApiCaller, bulletin: BulletinSettings, sha256: str) -> LetterRecord:
    with caller.office.ledger.reading() as ledger:
        letter = letter_with_sha256(ledger, bulletin.id, sha256)
    if letter is None:
        raise NotFound("没有这封来信。")
    return letter


def _row(office: Office, letter: LetterRecord) -> dict[str, Any]:
    return message_rows(office, [letter])[0]
