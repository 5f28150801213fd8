"""单位: the register. Every form works without scripts; with them the list is ordered by dragging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive.senders import LearnedSender, learned_senders
from archive.settled_findings import allowed_words
from desk.forms import Form, clean
from desk.page import back_to, bulletin_of, fragment, is_htmx, office_of, page, person_of
from desk.refusals import NotFound
from desk.routes import get, post
from service.register import departments
from service.register.allowed_words import disallow_word
from service.register.department_import import import_departments
from service.register.register import all_departments
from settings.departments import department_written
from settings.model import BulletinSettings
from values.account import Role
from values.department import Department
from values.errors import BadUsage, Changed

_SEPARATORS: Final = "，,；;、\t"


@dataclass(frozen=True, slots=True)
class DepartmentFields:
    """The fields of the form of a department, as text."""

    name: str = ""
    full_name: str = ""
    aliases: str = ""
    """One a line, or separated as `split_list` allows."""
    senders: str = ""
    """As the aliases."""
    group: str = ""


def register(request: Request) -> Response:
    """The list of departments."""
    return page(request, "departments.html", **_list(request))


def edit_department(request: Request) -> Response:
    """The form of a department."""
    entry = _entry(request, request.path_params["department"])
    aliases, senders = "\n".join(entry.aliases), "\n".join(entry.senders)
    fields = DepartmentFields(entry.name, entry.full_name, aliases, senders, entry.group)
    return _form(request, entry, fields)


def new_department(request: Request) -> Response:
    """The form for a department to be added."""
    return _form(request, None, DepartmentFields())


def save_department(request: Request, form: Form) -> Response:
    """Saves the form; shows it again with the reason where it is refused."""
    office, bulletin, who = office_of(request), bulletin_of(request), person_of(request).who
    entry = _entry(request, request.path_params["department"])
    fields = _fields(form)
    try:
        wanted = _department(fields)
        changed = departments.change_department(office, bulletin, entry.name, wanted, who=who, seen=form.seen())
    except Changed:
        raise
    except BadUsage as error:
        return _form(request, entry, fields, str(error))
    return back_to(request, _base(bulletin), f"“{wanted.name}”已保存。" if changed else "没有改动。")


def add_department(request: Request, form: Form) -> Response:
    """Adds a department; shows the form again with the reason where it is refused."""
    office, bulletin, who = office_of(request), bulletin_of(request), person_of(request).who
    fields = _fields(form)
    try:
        wanted = _department(fields)
        departments.add_department(office, bulletin, wanted, who=who)
    except BadUsage as error:
        return _form(request, None, fields, str(error))
    return back_to(request, _base(bulletin), f"已新增“{wanted.name}”，排在最后。")


def paste_departments(request: Request) -> Response:
    """The form for a list pasted from a spreadsheet."""
    return page(request, "departments/import.html", base=_base(bulletin_of(request)), pasted="", imported=None)


def import_pasted(request: Request, form: Form) -> Response:
    """Lines that could not be used are shown with the reasons; without any, the answer is the list."""
    bulletin, text = bulletin_of(request), form.raw("pasted")
    imported = import_departments(office_of(request), bulletin, clean_rows(text), who=person_of(request).who)
    summary = f"新增 {len(imported.added)} 个单位，补充 {len(imported.changed)} 个，{imported.same} 个没有变化。"
    if not imported.problems:
        return back_to(request, _base(bulletin), summary)
    values: dict[str, Any] = {"base": _base(bulletin), "pasted": text, "imported": imported, "summary": summary}
    return page(request, "departments/import.html", status=400, **values)


def clean_rows(text: str) -> str:
    """The text with each cell cleaned by `desk.forms.clean`; tabs at both ends of a line stay, as they delimit empty
    cells."""
    return "\n".join("\t".join(clean(cell) for cell in line.split("\t")) for line in text.splitlines())


def retire_department(request: Request, form: Form) -> Response:
    """Takes a department out of use."""
    bulletin, name = bulletin_of(request), form.text("before")
    departments.retire_department(
        office_of(request),
        bulletin,
        name,
        who=person_of(request).who,
        why=form.text("why"),
        seen=form.seen(),
    )
    return back_to(request, _base(bulletin), f"“{name}”已停用；以前的来稿和统计都还在。")


def restore_department(request: Request, form: Form) -> Response:
    """Takes a retired department into use again."""
    bulletin, name = bulletin_of(request), form.text("before")
    departments.restore_department(office_of(request), bulletin, name, who=person_of(request).who, seen=form.seen())
    return back_to(request, _base(bulletin), f"“{name}”已恢复。")


def order_departments(request: Request, form: Form) -> Response:
    """The names in their new order; or one name to be moved up or down by one place."""
    office, bulletin, who = office_of(request), bulletin_of(request), person_of(request).who
    if moved := form.text("up") or form.text("down"):
        departments.move_department(office, bulletin, moved, -1 if form.text("up") else 1, who=who)
    else:
        departments.order_departments(office, bulletin, form.texts("name"), who=who)
    if is_htmx(request):
        return fragment(request, "departments/_list.html", **_list(request))
    return back_to(request, _base(bulletin))


def forget_sender(request: Request, form: Form) -> Response:
    """Removes a learned address."""
    bulletin, address = bulletin_of(request), form.text("address")
    departments.forget_sender(office_of(request), bulletin, address, who=person_of(request).who)
    return back_to(request, _base(bulletin), f"已忘记 {address}；它再来信，会先等人认领。")


def move_sender(request: Request, form: Form) -> Response:
    """Assigns a learned address to another department."""
    bulletin, address, to = bulletin_of(request), form.text("address"), form.text("to")
    departments.move_sender(office_of(request), bulletin, address, to, who=person_of(request).who)
    return back_to(request, _base(bulletin), f"{address} 已改归“{to}”。")


def _list(request: Request) -> dict[str, Any]:
    bulletin = bulletin_of(request)
    with office_of(request).ledger.reading() as ledger:
        entries = all_departments(ledger, bulletin)
        learned = learned_senders(ledger, bulletin.id)
        allowed = allowed_words(ledger, bulletin.id)
    by_department: dict[str, list[LearnedSender]] = {}
    for sender in learned:
        by_department.setdefault(sender.department, []).append(sender)
    names = {entry.name for entry in entries if not entry.retired}
    return {
        "active": [entry for entry in entries if not entry.retired],
        "retired": [entry for entry in entries if entry.retired],
        "learned": by_department,
        "astray": [sender for sender in learned if sender.department not in names],
        "allowed": allowed,
        "base": _base(bulletin),
        "may_edit": person_of(request).role.includes(Role.EDITOR),
    }


def _form(request: Request, entry: Department | None, fields: DepartmentFields, problem: str = "") -> Response:
    bulletin = bulletin_of(request)
    listed = _list(request)
    configured = {department.name for department in bulletin.departments}
    return page(
        request,
        "departments/form.html",
        status=400 if problem else 200,
        entry=entry,
        fields=fields,
        problem=problem,
        in_configuration=entry is not None and entry.name in configured,
        **listed,
    )


def _entry(request: Request, name: str) -> Department:
    with office_of(request).ledger.reading() as ledger:
        entries = all_departments(ledger, bulletin_of(request))
    entry = next((entry for entry in entries if entry.name == name), None)
    if entry is None:
        raise NotFound(f"名录里没有“{name}”；可能刚被改名。")
    return entry


def _fields(form: Form) -> DepartmentFields:
    return DepartmentFields(*map(form.text, ("name", "full_name", "aliases", "senders", "group")))


def _department(fields: DepartmentFields) -> Department:
    """Raises BadUsage with every mistake."""
    aliases, senders = split_list(fields.aliases), split_list(fields.senders, blanks=True)
    return department_written(fields.name, fields.full_name, aliases, senders, fields.group)


def disallow(request: Request, form: Form) -> Response:
    """Takes a word out of the list of allowed words, which stands below the register."""
    bulletin, word = bulletin_of(request), form.text("word")
    disallow_word(office_of(request), bulletin, word, person_of(request).who)
    return back_to(request, _base(bulletin) + "#allowed", f"不再总是允许“{word}”。")


def split_list(text: str, *, blanks: bool = False) -> list[str]:
    """The entries of a text: one a line, or separated by commas, 顿号, semicolons or tabs; with `blanks`, by blanks."""
    for separator in _SEPARATORS + (" \u3000" if blanks else ""):
        text = text.replace(separator, "\n")
    return [entry.strip() for entry in text.splitlines() if entry.strip()]


def _base(bulletin: BulletinSettings) -> str:
    return f"/b/{bulletin.id}/departments"


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/b/{bulletin}/departments", register),
    get("/b/{bulletin}/departments/new", new_department, role=Role.EDITOR),
    get("/b/{bulletin}/departments/import", paste_departments, role=Role.EDITOR),
    get("/b/{bulletin}/departments/of/{department:path}", edit_department, role=Role.EDITOR),
    post("/b/{bulletin}/departments/new", add_department, adds=True),
    post("/b/{bulletin}/departments/import", import_pasted),
    post("/b/{bulletin}/departments/of/{department:path}", save_department),
    post("/b/{bulletin}/departments/retire", retire_department),
    post("/b/{bulletin}/departments/restore", restore_department),
    post("/b/{bulletin}/departments/order", order_departments),
    post("/b/{bulletin}/departments/forget", forget_sender),
    post("/b/{bulletin}/departments/move-sender", move_sender),
    post("/b/{bulletin}/departments/disallow", disallow),
)
