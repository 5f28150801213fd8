"""Who calls the API, and what the token allows: the values that its routes ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Path, Security
from fastapi.security import HTTPBearer
from starlette.requests import Request

from archive.api_tokens import TokenRecord
from archive.renaming import id_since
from desk.refusals import NotAllowed, NotFound
from service.office import Office
from service.people.api_tokens import allowed_scopes
from settings.model import BulletinSettings
from values.api_token import TokenScope

_BEARER: Final = HTTPBearer(auto_error=False, description="`token add` prints a token once.")
"""For the description alone: `desk.api.door` has looked at the token before the body was read."""


@dataclass(frozen=True, slots=True)
class ApiCaller:
    """A request's token, which is valid."""

    office: Office
    token: TokenRecord

    @property
    def who(self) -> str:
        """The name that decisions and changes are recorded with: the person's, and the system's."""
        return f"{self.token.account.person.who}（{self.token.name}）"

    def may_open(self, bulletin: str) -> bool:
        """Whether the token is for the bulletin of that id."""
        return self.token.bulletin in ("", bulletin)


def caller_of(request: Request) -> ApiCaller:
    """The caller, as `desk.api.door` has admitted it."""
    caller = request.state.caller
    assert isinstance(caller, ApiCaller)
    return caller


def needs(scope: TokenScope) -> Callable[..., ApiCaller]:
    """A dependency that returns the caller where the token has that scope; raises NotAllowed for another."""

    def admitted(request: Request, _bearer: Annotated[object, Security(_BEARER)]) -> ApiCaller:
        caller = caller_of(request)
        if scope not in allowed_scopes(caller.token):
            owner = caller.token.account
            cause = "令牌没有" if scope not in caller.token.scopes else f"{owner.name} 现在的角色没有"
            raise NotAllowed(f"{cause}“{scope.chinese}”（{scope.value}）的权限。")
        return caller

    return admitted


Reader = Annotated[ApiCaller, Depends(needs(TokenScope.READ))]
Submitter = Annotated[ApiCaller, Depends(needs(TokenScope.SUBMIT))]
EditingCaller = Annotated[ApiCaller, Depends(needs(TokenScope.EDIT))]
Signer = Annotated[ApiCaller, Depends(needs(TokenScope.SIGN_OFF))]


def bulletin_in_path(request: Request, bulletin: Annotated[str, Path(max_length=64)]) -> BulletinSettings:
    """Raises NotFound, also for a bulletin that the token is not for; the former id of one that was renamed names the
    present one."""
    caller = caller_of(request)
    settings = caller.office.settings.bulletin(bulletin)
    if settings is not None and caller.may_open(bulletin):
        return settings
    with caller.office.ledger.reading() as ledger:
        now = id_since(ledger, bulletin, 0)
    if now != bulletin and caller.office.settings.bulletin(now) is not None and caller.may_open(now):
        raise NotFound(f"刊物 {bulletin} 改名为 {now} 了。")
    raise NotFound("没有这个刊物，或者令牌不是它的。")


BulletinInPath = Annotated[BulletinSettings, Depends(bulletin_in_path)]
