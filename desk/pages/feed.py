"""The feed of signed-off issues and their files, for feed readers and other systems: they bring a token, no session.

Feed readers can send little: a token comes as a Bearer token, as the password of HTTP Basic, or in the address. What is
written in an address stays in histories and logs of proxies, so only a token that opens nothing but the feed is taken
from there.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from archive.api_tokens import TokenRecord
from archive.renaming import id_since
from desk.page import bulletin_of, download, office_of
from desk.routes import get
from desk.session import client_of
from service.issue.past_issues import file_of
from service.people.access_record import HandedOut
from service.people.api_tokens import allowed_scopes, holder_of
from service.people.attempts import TooManyAttempts
from service.publishing.feed import feed_of, is_withdrawn
from values.api_token import TokenScope
from values.whole_number import LARGEST_ID, whole_number

_KINDS: Final = ("docx", "pdf", "ofd")
_HEADERS: Final = {
    "cache-control": "private, no-cache",
    # The address may have the token.
    "referrer-policy": "no-referrer",
}
_CHALLENGE: Final = {"www-authenticate": 'Basic realm="jianbao feed", charset="UTF-8"'}
"""RFC 7617: feed readers and browsers then ask for a password."""


def feed(request: Request) -> Response:
    """The feed. ?before= the page after the issue of that id, ?token= the token."""
    admitted = _admit(request)
    if isinstance(admitted, Response):
        return admitted
    bulletin = bulletin_of(request)
    before = whole_number(request.query_params.get("before", ""), LARGEST_ID)
    document = feed_of(office_of(request), bulletin, f"/b/{bulletin.id}/feed", before)
    tag = f'"{hashlib.sha256(document).hexdigest()[:32]}"'
    headers = {**_HEADERS, "etag": tag}
    if _has_it(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(document, media_type="application/atom+xml", headers=headers)


def feed_file(request: Request) -> Response:
    """The Word, PDF or OFD file of an issue in the feed."""
    admitted = _admit(request)
    if isinstance(admitted, Response):
        return admitted
    office, bulletin, params = office_of(request), bulletin_of(request), request.path_params
    file = None
    if params["kind"] in _KINDS and not is_withdrawn(office, params["issue"]):
        file = file_of(office, bulletin, params["issue"], params["kind"])
    if file is None:
        return _refusal(404, "没有这一期，或这一期没有这种文件。")
    handed_out = HandedOut(bulletin.id, f"{file.label}的 {params['kind']} 文件（订阅）", params["issue"])
    who = f"{admitted.account.person.who}（{admitted.name}）"
    response = download(request, file.data, file.name, file.content_type, handed_out, who=who)
    response.headers.update(_HEADERS)
    return response


def _admit(request: Request) -> TokenRecord | Response:
    """The token that the request brings, if it opens the feed of the bulletin in the path; else the refusal."""
    office = office_of(request)
    sent, is_in_address = _token_of(request)
    if not sent:
        return _refusal(401, "订阅要有令牌：请把它写作口令（用户名随意），或写在网址的 token= 后面。", **_CHALLENGE)
    try:
        record = holder_of(office, sent, client_of(office, request))
    except TooManyAttempts as error:
        return _refusal(429, str(error), **{"retry-after": str(error.retry_after)})
    if record is None:
        return _refusal(401, "令牌不对、过期或已吊销。", **_CHALLENGE)
    if is_in_address and record.scopes != {TokenScope.FEED}:
        return _refusal(
            403,
            f"令牌“{record.name}”还能做别的事，不能写在网址里：网址会留在各处的记录中。"
            "请吊销它，另做一个只有“订阅”权限的。",
        )
    if TokenScope.FEED not in allowed_scopes(record):
        return _refusal(403, "令牌没有“订阅”（feed）的权限。")
    if record.bulletin:
        with office.ledger.reading() as ledger:
            asked_for = id_since(ledger, request.path_params["bulletin"], 0)
        if record.bulletin not in (request.path_params["bulletin"], asked_for):
            return _refusal(404, "没有这个刊物，或者令牌不是它的。")
    return record


def _token_of(request: Request) -> tuple[str, bool]:
    """The token, "" for none, and whether the address has it."""
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip(), False
    if scheme.lower() == "basic":
        try:
            pair = base64.b64decode(credentials.strip(), validate=True).decode("utf-8")
        except (binascii.Error, ValueError):  # ValueError: not ASCII, or not UTF-8
            return "", False
        return pair.partition(":")[2], False
    return request.query_params.get("token", ""), True


def _has_it(request: Request, tag: str) -> bool:
    """Whether the reader has this page already. A date does not tell: files that are made later, and a seal that is
    released, change the feed and are no later than what it has."""
    # Compression by a proxy makes an entity tag weak; the comparison is the weak one anyhow (RFC 9110 13.1.2).
    tags = [entry.strip().removeprefix("W/") for entry in request.headers.get("if-none-match", "").split(",")]
    return tag in tags or tags == ["*"]


def _refusal(status: int, sentence: str, **headers: str) -> Response:
    refused = {**_HEADERS, "cache-control": "no-store", **headers}
    return PlainTextResponse(f"{sentence}\n", status_code=status, headers=refused)


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/b/{bulletin}/feed", feed, role=None),
    get("/b/{bulletin}/feed/{issue:int}/{kind}", feed_file, role=None),
)
