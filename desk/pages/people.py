"""用户: the accounts of the desk, for admins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive import accounts, changes
from archive.accounts import AccountRecord
from archive.changes import ChangeFilter
from archive.second_factors import accounts_with_second_factor
from desk.forms import Form
from desk.page import back_to, office_of, page, person_of
from desk.refusals import NotFound
from desk.routes import get, post
from service.people.accounts import Invitation, add_user, invite, set_address, set_disabled, set_role
from service.people.second_factor import reset_second_factor
from values.account import Role
from values.errors import BadUsage

_CHANGES_SHOWN: Final = 20
"""Latest changes of accounts below the list; 变更记录 has all."""


def people(request: Request) -> Response:
    """The accounts, and the latest changes of accounts."""
    return _people_page(request)


def add(request: Request, form: Form) -> Response:
    """Adds an account. The answer shows the link, which is shown this once and stored nowhere."""
    name, display_name, address = form.text("name"), form.text("display_name"), form.text("address")
    role, who = _role(form), person_of(request).who
    try:
        invitation = add_user(office_of(request), name, role, display_name=display_name, address=address, who=who)
    except BadUsage as error:
        typed = {"name": name, "display_name": display_name, "address": address}
        return _people_page(request, problem=str(error), typed=typed, role=role)
    return _people_page(request, invitation)


def renew_link(request: Request, _form: Form) -> Response:
    """Makes another invitation for an account and shows it."""
    record = _account(request)
    return _people_page(request, invite(office_of(request), record.name, who=person_of(request).who))


def change_role(request: Request, form: Form) -> Response:
    """Gives an account another role."""
    record, role = _account(request), _role(form)
    set_role(office_of(request), record.name, role, who=person_of(request).who)
    return back_to(request, "/people", f"{record.person.display_name}的角色现在是“{role.chinese}”，下次登录起有效。")


def change_address(request: Request, form: Form) -> Response:
    """Gives an account another mail address."""
    record, address = _account(request), form.text("address")
    set_address(office_of(request), record.name, address, who=person_of(request).who)
    return back_to(
        request, "/people", f"{record.person.display_name}的邮箱{f'现在是 {address}' if address else '已去掉'}。"
    )


def disable(request: Request, _form: Form) -> Response:
    """Disables an account."""
    record = _account(request)
    set_disabled(office_of(request), record.name, True, who=person_of(request).who)
    return back_to(request, "/people", f"{record.person.display_name}已停用，不能再登录。")


def enable(request: Request, _form: Form) -> Response:
    """Enables a disabled account."""
    record = _account(request)
    set_disabled(office_of(request), record.name, False, who=person_of(request).who)
    return back_to(request, "/people", f"{record.person.display_name}已恢复，可以用原来的密码登录。")


def reset_factor(request: Request, _form: Form) -> Response:
    """Removes the second factor of somebody whose phone is lost."""
    record = _account(request)
    reset_second_factor(office_of(request), record.name, who=person_of(request).who)
    message = f"已取消{record.person.display_name}的二次验证，他登录后可以重新设置。"
    return back_to(request, "/people", message)


def _account(request: Request) -> AccountRecord:
    with office_of(request).ledger.reading() as ledger:
        record = accounts.account_with_id(ledger, request.path_params["account"])
    if record is None:
        raise NotFound("没有这个用户。")
    return record


def _role(form: Form) -> Role:
    try:
        return Role(form.text("role"))
    except ValueError:
        raise BadUsage("请选择一个角色。") from None


def _people_page(
    request: Request,
    invitation: Invitation | None = None,
    *,
    problem: str = "",
    typed: Mapping[str, str] | None = None,
    role: Role = Role.EDITOR,
) -> Response:
    with office_of(request).ledger.reading() as ledger:
        everyone = accounts.accounts(ledger)
        with_factor = accounts_with_second_factor(ledger)
        latest = changes.changes(ledger, ChangeFilter(subject="account"), most=_CHANGES_SHOWN)
    return page(
        request,
        "people.html",
        status=400 if problem else 200,
        accounts=everyone,
        with_factor=with_factor,
        changes=latest,
        invitation=invitation,
        problem=problem,
        typed=typed or {},
        chosen=role,
    )


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/people", people, role=Role.ADMIN),
    post("/people", add, role=Role.ADMIN, adds=True),
    post("/people/{account:int}/link", renew_link, role=Role.ADMIN),
    post("/people/{account:int}/address", change_address, role=Role.ADMIN),
    post("/people/{account:int}/role", change_role, role=Role.ADMIN),
    post("/people/{account:int}/second-factor/reset", reset_factor, role=Role.ADMIN),
    post("/people/{account:int}/disable", disable, role=Role.ADMIN),
    post("/people/{account:int}/enable", enable, role=Role.ADMIN),
)
