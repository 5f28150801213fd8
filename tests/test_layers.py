"""The rooms know each other only as docs/flow.md and CONTRIBUTING.md say."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.support.source_rules import read_source

ROOT = Path(__file__).parent.parent
ROOMS = ("values", "settings", "archive", "programs", "intake", "assembler", "courier", "service", "desk", "cli")
MAY_KNOW = {
    "values": set(),
    "settings": {"values"},
    "archive": {"values"},
    "programs": {"values"},
    "intake": {"values", "archive", "programs"},
    "assembler": {"values"},
    "courier": {"values", "archive"},
    "service": {"values", "settings", "archive", "programs", "intake", "assembler", "courier"},
    "desk": {"values", "settings", "archive", "service"},
    "cli": {"values", "settings", "archive", "programs", "intake", "service", "desk"},
}
IN_INTAKE = {
    "parse": set(),
    "archives": {"parse"},
    "fetch": {"parse"},
    "read": {"parse", "archives"},
    "classify": {"parse", "archives", "read.pasted", "register", "outcome"},
    "check": {"read", "register"},
}
"""Which rooms of intake one of them may know: parse < archives < classify, read. classify asks whether the text of a
letter is itself the article, which only who reads it can tell."""
DOORS = {
    "imapclient": {"intake/fetch/imap_client.py", "intake/fetch/imap_session.py"},
    "docxtpl": {"assembler/template.py"},
    "docx": {"assembler/template.py"},
    "PIL": {
        *("intake/read/pictures/pixels.py", "intake/read/pages/pdf_pictures.py"),
        *("programs/pdf_pages.py", "programs/ofd/pdf_images.py"),
    },
    "pypdf": {"programs/ofd/pdf_", "programs/ofd/convert.py"},
    "fontTools": {"programs/ofd/font_", "programs/ofd/type1.py"},
    "msgspec": {"programs/answers.py"},
    "sqlalchemy": {"archive/"},
    "alembic": {"archive/migrate.py", "archive/migrations"},
    "apscheduler": {"service/running/serve.py"},
    "libarchive": {"intake/archives/libarchive_door.py"},
    "pypdfium2": {"programs/pdf", "intake/read/drawings/drawn.py", "intake/read/pages/pdf"},
    "rapidfuzz": {"intake/check/likeness.py"},
    "asn1crypto": {"intake/parse/signed_content.py"},
    "oxmsg": {"intake/archives/outlook_item.py"},
    "pymap": {"service/demo/mailbox.py"},
    "smtplib": {"courier/smtp.py"},
    "openpyxl": {
        "intake/document_rows.py",
        "service/figures/statistics_workbook.py",
        "service/register/department_file.py",
    },
    "starlette": {"desk/"},
    "fastapi": {"desk/api/"},
    "prometheus_client": {"desk/pages/health.py", "desk/metrics.py"},
    "uvicorn": {"desk/server.py", "desk/head_timeout.py"},
    "authlib": {"service/sign_on/id_token.py", "service/sign_on/started.py"},
    "joserfc": {"service/sign_on/id_token.py"},
    "argon2": {"service/people/passwords.py"},
    "pyotp": {"service/people/codes.py"},
    "segno": {"desk/qr_code.py"},
    "zxcvbn": {"service/people/weak_passwords.py"},
}


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return read_source(ROOT, path).nodes


def imported(path: Path) -> frozenset[str]:
    return frozenset(name.split(".")[0] for name in imported_modules(path))


@cache
def imported_modules(path: Path) -> frozenset[str]:
    names: set[str] = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return frozenset(names)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_knows_only_the_rooms_it_may(room: str) -> None:
    assert modules(room)
    names = {name for path in modules(room) for name in imported(path)} & {*ROOMS, "run_service", "tools", "tests"}
    assert names - {room} <= MAY_KNOW[room]


@pytest.mark.parametrize("room", IN_INTAKE)
def test_a_room_of_intake_knows_only_those_before_it(room: str) -> None:
    assert modules(f"intake/{room}")
    names = {name for path in modules(f"intake/{room}") for name in imported_modules(path)}
    allowed = tuple(f"intake.{name}." for name in {room, *IN_INTAKE[room]})
    assert not {name for name in names if name.startswith("intake.") and not f"{name}.".startswith(allowed)}


@pytest.mark.parametrize("library", sorted(DOORS))
def test_a_library_enters_by_its_own_doors_and_by_all_of_them(library: str) -> None:
    users = {path.relative_to(ROOT).as_posix() for room in ROOMS for path in modules(room) if library in imported(path)}
    assert not {user for user in users if not any(user.startswith(door) for door in DOORS[library])}
    assert not {door for door in DOORS[library] if not any(user.startswith(door) for user in users)}


def test_no_module_imports_a_command() -> None:
    """What two commands share is in cli/base or cli/views; what the desk does too is an operation of service."""
    commands = {f"cli.{path.stem}" for path in (ROOT / "cli").glob("*.py")} - {"cli.__init__"}
    importing = {
        path.relative_to(ROOT).as_posix()
        for path in [ROOT / "run_service.py", *(path for room in ROOMS for path in modules(room))]
        if commands & imported_modules(path)
    }
    assert commands
    assert not importing


def test_every_file_of_service_stands_in_a_room() -> None:
    """office.py is the exception: the value that the operations of every room take."""
    assert {path.name for path in (ROOT / "service").glob("*.py")} == {"__init__.py", "office.py"}


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "archive"])
def test_sql_and_tables_stay_in_the_archive(room: str) -> None:
    """Other rooms hand a `Transaction` on; none imports the tables, none uses the connection within it."""
    for path in modules(room):
        nodes = nodes_of(path)
        imports = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
        assert not {name for name in imports if name and name.startswith("archive.schema")}, path
        assert not [node.lineno for node in nodes if isinstance(node, ast.Attribute) and node.attr == "sql"], path
