"""Rules between keys of config.toml: no two of what must be distinguished, no letters out without an address.

They read the document as it was written and skip values of a wrong kind, so that their mistakes are reported together
with those of single keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from settings.days_off import Span, is_weekend, parse_span
from settings.lines import Loc
from values.address import is_sendable

Raw = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in the document."""

    loc: Loc
    """Path of the key."""
    reason: str
    """A Chinese sentence without a full stop."""


def mistakes_between_keys(document: Raw) -> Iterator[Mistake]:
    """All mistakes between keys, in the order of the rules."""
    bulletins = list(_tables(document, "bulletin"))
    yield from _repeated_ids(bulletins)
    yield from _shared_mailboxes(bulletins)
    for loc, bulletin in bulletins:
        yield from _sections(loc, bulletin)
        yield from _repeated_names(loc, bulletin)
        yield from _approval(loc, bulletin, separated=_separates(document))
    yield from _sender_of_letters(document)
    yield from _user_header(document)
    yield from _days_worked(document)


def _repeated_ids(bulletins: list[tuple[Loc, Raw]]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for loc, bulletin in bulletins:
        id = _text(bulletin, "id")
        if id and id in seen:
            yield Mistake((*loc, "id"), f"{id} 已经是另一份简报的 id；每份简报的 id 不能相同")
        seen.add(id)


def _shared_mailboxes(bulletins: list[tuple[Loc, Raw]]) -> Iterator[Mistake]:
    """A letter belongs to one bulletin; with two bulletins on one folder, both would take it."""
    seen: dict[tuple[str, str, str], str] = {}
    for loc, bulletin in bulletins:
        mailbox = bulletin.get("mailbox")
        if not isinstance(mailbox, Mapping):
            continue
        folder = _text(mailbox, "folder", "INBOX")
        folder = "INBOX" if folder.upper() == "INBOX" else folder  # RFC 3501 5.1: INBOX alone ignores case
        key = (_text(mailbox, "host").lower(), _text(mailbox, "username").lower(), folder)
        if not all(key):
            continue
        if key in seen:
            yield Mistake(
                (*loc, "mailbox"), f"{key[1]} 的 {folder} 已经归简报 {seen[key]} 收取；两份简报不能收同一个文件夹"
            )
        seen.setdefault(key, _text(bulletin, "id"))


def _sections(loc: Loc, bulletin: Raw) -> Iterator[Mistake]:
    sections = bulletin.get("sections")
    if not isinstance(sections, list):
        return
    report = bulletin.get("report_section")
    names = [section.strip() for section in sections if isinstance(section, str)]
    if isinstance(report, str) and report.strip() not in names:
        yield Mistake(
            (*loc, "report_section"), f"sections 里没有栏目“{report.strip()}”；请在 sections 里添上，或改写这里"
        )
    if "" not in sections:
        yield Mistake((*loc, "sections"), '要有一个空栏目 ""，普通稿件放在那里')
    for index, section in enumerate(sections):
        if section in sections[:index]:
            yield Mistake((*loc, "sections", index), f"栏目“{section}”写了两次")


def _repeated_names(loc: Loc, bulletin: Raw) -> Iterator[Mistake]:
    def names(department: Raw) -> Iterator[tuple[Loc, str]]:
        for key in ("name", "full_name"):
            yield (key,), _text(department, key)
        yield from _texts(department, "aliases")

    yield from _claimed_twice(loc, bulletin, names, "单位名称“{}”已经属于 {}；一个名称只能指一个单位")


def _approval(loc: Loc, bulletin: Raw, *, separated: bool) -> Iterator[Mistake]:
    """Steps and their people are distinguished by name and address; with separated duties no editor is an approver."""
    editors = {address.lower() for _, address in _texts(bulletin, "editors")} if separated else set()
    steps: set[str] = set()
    for where, step in _tables(bulletin, "approval", loc):
        name = _text(step, "step")
        if name and name in steps:
            yield Mistake((*where, "step"), f"步骤“{name}”写了两次；每一步的名称不能相同")
        steps.add(name)
        people: set[str] = set()
        for key, written in _texts(step, "people"):
            address = written.rpartition("<")[2].strip(" >").lower()
            if address in people:
                yield Mistake((*where, *key), f"{address} 在这一步里写了两次")
            if address in editors:
                yield Mistake(
                    (*where, *key), f"配置了三员分立（separation_of_duties），{address} 是编辑，不能又是审核的人"
                )
            people.add(address)


def _separates(document: Raw) -> bool:
    desk = document.get("desk")
    return isinstance(desk, Mapping) and desk.get("separation_of_duties") is True


def _claimed_twice(
    loc: Loc, bulletin: Raw, claims: Callable[[Raw], Iterator[tuple[Loc, str]]], sentence: str
) -> Iterator[Mistake]:
    """Names of a department that an earlier one has. A department may repeat its own."""
    owners: dict[str, tuple[Loc, str]] = {}
    for where, department in _tables(bulletin, "department", loc):
        for key, claim in claims(department):
            claim = claim.strip()
            first, owner = owners.setdefault(claim.lower(), (where, _text(department, "name")))
            if claim and first != where:
                yield Mistake((*where, *key), sentence.format(claim, owner))


def _sender_of_letters(document: Raw) -> Iterator[Mistake]:
    smtp = document.get("smtp")
    if not isinstance(smtp, Mapping) or not _text(smtp, "host") or _text(smtp, "sender"):
        return
    if not is_sendable(_text(smtp, "username")):
        yield Mistake(("smtp", "sender"), "要发信就要有发件地址：请写 sender，或让 username 是完整的邮箱地址")


def _user_header(document: Raw) -> Iterator[Mistake]:
    """Anybody can send a header; one from a listed proxy comes from the office's own login."""
    desk = document.get("desk")
    if isinstance(desk, Mapping) and _text(desk, "user_header") and not desk.get("trusted_proxies"):
        yield Mistake(("desk", "user_header"), "要先在 trusted_proxies 写明信任哪个代理：不是它发来的用户名一概不信")


def _days_worked(document: Raw) -> Iterator[Mistake]:
    service = document.get("service")
    if not isinstance(service, Mapping):
        return
    free = {day for _, span in _spans(service, "free_days") for day in span}
    for loc, span in _spans(service, "work_days"):
        for day in span:
            if day in free:
                yield Mistake(("service", *loc), f"{day} 也在 free_days 里；一天不能又放假又上班")
            elif not is_weekend(day):
                remedy = "work_days 只写调休上班的星期六、星期日"
                yield Mistake(("service", *loc), f"{day} 是星期{'一二三四五'[day.weekday()]}，本来就上班；{remedy}")


def _spans(service: Raw, key: str) -> Iterator[tuple[Loc, Span]]:
    values = service.get(key)
    for index, value in enumerate(values if isinstance(values, list) else ()):
        try:
            span = parse_span(value)
        except ValueError:
            continue  # reported as a mistake of the key itself
        yield (key, index), span


def _tables(parent: Raw, key: str, above: Loc = ()) -> Iterator[tuple[Loc, Raw]]:
    tables = parent.get(key)
    for index, table in enumerate(tables if isinstance(tables, list) else ()):
        if isinstance(table, Mapping):
            yield (*above, key, index), table


def _texts(table: Raw, key: str) -> Iterator[tuple[Loc, str]]:
    values = table.get(key)
    for index, value in enumerate(values if isinstance(values, list) else ()):
        if isinstance(value, str):
            yield (key, index), value


def _text(table: Raw, key: str, default: str = "") -> str:
    value = table.get(key, default)
    return value.strip() if isinstance(value, str) else ""
