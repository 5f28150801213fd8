"""The source keeps the rules of CONTRIBUTING.md on names, sizes, imports and tests; each rule detects a violation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from tests.support import source_rules
from tests.support.source_rules import SourceFile, read_sources

ROOT: Final = Path(__file__).parent.parent
BESIDE_THE_PRODUCT: Final = ("tests", "tools", "benchmarks")
ROOMS: Final = sorted({path.relative_to(ROOT).parts[0] for path in ROOT.glob("[a-z]*/**/*.py")} - {*BESIDE_THE_PRODUCT})
PRODUCT: Final = read_sources(ROOT, *ROOMS, "run_service.py")
PROGRAMS: Final = [file for file in PRODUCT if not file.path.startswith("archive/migrations/")]
"""Without migrations: Alembic calls them, each is frozen once released, and tests/archive runs every one."""
EVERYTHING: Final = [*PRODUCT, *read_sources(ROOT, *BESIDE_THE_PRODUCT)]
SUPPORT: Final = [
    file
    for file in EVERYTHING[len(PRODUCT) :]
    if not Path(file.path).name.startswith("test_") and "/vendor/" not in file.path
]
TEMPLATES: Final = [
    path.read_text(encoding="utf-8") for path in ROOT.glob("templates/**/*") if path.suffix in {".html", ".j2", ".txt"}
]
TESTS: Final = [file.path for file in EVERYTHING if Path(file.path).name.startswith("test_")]
OWN: Final = frozenset({*ROOMS, *BESIDE_THE_PRODUCT, "run_service"})

CALLED_BY_LIBRARIES: Final = {
    "archive/schema/base.py: UtcDateTime.process_bind_param": "SQLAlchemy's TypeDecorator",
    "archive/schema/base.py: UtcDateTime.process_result_value": "SQLAlchemy's TypeDecorator",
    "courier/smtp.py: _SmtpConnection._get_socket": "smtplib.SMTP",
    "desk/metrics.py: MetricsCollector.collect": "prometheus_client's collectors",
    "intake/fetch/imap_client.py: BoundedClient._create_IMAP4": "imapclient.IMAPClient",
    "intake/fetch/imap_wire.py: Wire._create_socket": "imaplib.IMAP4",
    "run_service.py: start_installed": "the command `jianbao` that pip makes (pyproject.toml)",
}
"""Methods that override or implement those of a library, by which they are called; and the entry point."""

RULES: Final[dict[str, Callable[[], list[str]]]] = {
    "repeated class names": partial(source_rules.repeated_class_names, PRODUCT),
    "long parameter lists": partial(source_rules.long_parameter_lists, EVERYTHING),
    "long files": partial(source_rules.long_files, EVERYTHING),
    "unexplained imports": partial(source_rules.unexplained_imports, PRODUCT, OWN),
    "unused names": partial(source_rules.unused_names, PROGRAMS, TEMPLATES),
    "pronoun names": partial(source_rules.pronoun_names, [*PRODUCT, *SUPPORT]),
    "untested modules": partial(source_rules.untested_modules, PROGRAMS, TESTS),
}


@pytest.mark.parametrize("rule", RULES)
def test_source_keeps_the_rule(rule: str) -> None:
    assert [line for line in RULES[rule]() if line not in CALLED_BY_LIBRARIES] == []


def test_excused_methods_exist() -> None:
    assert CALLED_BY_LIBRARIES.keys() <= set(source_rules.defined_names(PROGRAMS))


def sources(**texts: str) -> list[SourceFile]:
    """Files from texts; `archive__letters` stands for archive/letters.py."""
    return [SourceFile(f"{name.replace('__', '/')}.py", text) for name, text in texts.items()]


def test_repeated_class_names_takes_private_and_nested_classes() -> None:
    files = sources(a__x="class Line: ...", b__y="class Outer:\n    class Line: ...", b__z="class Only: ...")
    assert source_rules.repeated_class_names(files) == ["a/x.py: Line", "b/y.py: Line"]


def test_repeated_class_names_allows_two_definitions_in_one_module() -> None:
    assert source_rules.repeated_class_names(sources(x="if a:\n    class C: ...\nelse:\n    class C: ...")) == []


def test_long_parameter_lists_counts_all_kinds_but_not_self() -> None:
    files = sources(
        x="def many(a, b, /, c, *d, e, f, g=1, **h): ...",
        y="class C:\n    def seven(self, a, b, c, d, e, f, g): ...",
        z="class C:\n    async def eight(cls, a, b, c, d, e, f, g, h): ...",
    )
    assert source_rules.long_parameter_lists(files) == ["x.py: many (8)", "z.py: eight (8)"]


def test_long_files_allows_400_lines() -> None:
    assert source_rules.long_files(sources(x="\n" * 400, y="\n" * 401)) == ["y.py (401 lines)"]


def test_unexplained_imports_wants_a_comment_on_the_line_or_above_the_group() -> None:
    text = """
import archive.top
def explained():
    # a comment above
    from archive.b import b
    from archive.c import c
    from archive.d import d  # takes half a second
    import json
def bare():
    from archive.e import e
    call()
    import archive.f
"""
    assert source_rules.unexplained_imports(sources(x=text), frozenset({"archive"})) == [
        "x.py: archive.e",
        "x.py: archive.f",
    ]


def test_unused_names_sees_uses_in_other_modules_strings_and_templates() -> None:
    files = sources(
        x="USED = 1\nUNUSED = 2\ndef by_import(): ...\ndef by_string(): ...\ndef nowhere(): ...\n"
        "class Row:\n    def in_page(self): ...\n    def alone(self): ...\n    def __len__(self): ...",
        y="from x import by_import\nprint(USED, Row, 'by_string')",
    )
    assert source_rules.unused_names(files, ["{{ row.in_page() }}"]) == [
        "x.py: Row.alone",
        "x.py: UNUSED",
        "x.py: nowhere",
    ]


def test_pronoun_names_sees_variables_parameters_and_functions() -> None:
    text = (
        "def told(one): ...\nfor _found in rows: ...\n[known for known in rows]\nrow.said = found_at = 1\nprint(begun)"
    )
    assert source_rules.pronoun_names(sources(x=text)) == ["x.py: _found", "x.py: known", "x.py: one", "x.py: told"]


LOGIC: Final = "def f(a):\n    if a:\n        return [b for b in a]\n    return a or 1"


@pytest.mark.parametrize("tests", [["tests/read/test_module.py"], ["tests/test_room_module.py"]])
def test_untested_modules_wants_a_test_of_the_modules_name(tests: Sequence[str]) -> None:
    files = sources(room__module=LOGIC, room__other=LOGIC, room__values="X = 1")
    assert source_rules.untested_modules(files, [*tests, "tests/test_another.py"]) == ["room/other.py"]
