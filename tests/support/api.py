"""Another system at the API: requests with a token, in the process."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.office import Office
from service.people.api_tokens import TokenRequest, issue_token
from tests.support.desk import DeskDriver, somebody
from values.account import Role
from values.api_token import TokenScope

BASE = "/api/v1"
OURS = f"{BASE}/bulletins/wuxing"


class ApiDriver:
    """A system that has a token of an editor with all scopes, unless it is given another."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.desk = DeskDriver(office)
        self.editor = somebody(office, Role.EDITOR, "")
        self.token = self.new_token()

    def new_token(
        self,
        scopes: Iterable[TokenScope] = tuple(TokenScope),
        *,
        role: Role = Role.EDITOR,
        bulletin: str = "",
        days: int = 30,
    ) -> str:
        """The text of a new token of the editor."""
        request = TokenRequest(self.editor.name, "OA", frozenset(scopes), days, bulletin)
        return issue_token(self.office, request, who="赵管理").text

    def get(self, path: str, *, token: str | None = None, **headers: str) -> Any:
        """path: below the bulletin's, as "/articles", or whole."""
        return self.send("GET", path, token=token, headers=headers)

    def send(
        self, method: str, path: str, *, token: str | None = None, headers: dict[str, str] | None = None, **more: Any
    ) -> Any:
        """more: as of httpx, `json` or `files`."""
        whole = path if path.startswith(BASE) else OURS + path
        sent = {"authorization": f"Bearer {self.token if token is None else token}", **(headers or {})}
        return self.desk.client.request(method, whole, headers=sent, **more)

    def change(self, method: str, path: str, document: Any, *, version: int | None) -> Any:
        """With If-Match; None: without."""
        headers = {} if version is None else {"if-match": f'"{version}"'}
        return self.send(method, path, headers=headers, json=document)
