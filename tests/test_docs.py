"""The documents say what is there: files, modules, names of the glossary, commands, decisions."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from cli.base.catalogue import CATALOGUE
from tests.support.source_rules import SourceFile, read_sources

ROOT: Final = Path(__file__).parent.parent
DECISIONS: Final = ROOT / "docs" / "decisions"
PAGES: Final = [
    *(ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
SHOWN: Final = [
    *(
        path
        for path in sorted((ROOT / "templates").rglob("*"))
        if path.suffix in (".html", ".j2", ".js") and "vendor" not in path.parts
    ),
    *sorted((ROOT / "docs").rglob("*.zh-CN.md")),
    ROOT / "README.zh-CN.md",
]
"""Pages of the desk with their scripts, letters, and the Chinese manuals."""
WORDS_OF_THE_DESK: Final = "## Words of the desk"
"""The last part of the glossary."""
READMES: Final = ["README.md", "README.zh-CN.md"]

FILE_SUFFIXES: Final = (".py", ".md", ".docx", ".toml", ".sh", ".j2", ".xsd", ".service", ".lock")
NOT_OURS: Final = frozenset({"my.toml", "manifest.json", "70-r1.docx", "70-r2.docx", "材料.zip/稿件.docx"})
"""Files that documents name as examples, or that are made at run time."""


def code_spans(page: Path) -> list[str]:
    """The texts in backticks, without those in fenced or indented blocks."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"`([^`\n]+)`", text)


@cache
def tracked_files() -> frozenset[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return frozenset(filter(None, listed.stdout.split("\0")))


@cache
def folders() -> frozenset[str]:
    return frozenset(str(parent) for name in tracked_files() for parent in Path(name).parents if parent.name)


def is_path(span: str) -> bool:
    """Whether it names a file or folder of the repository: by its first folder, or by its suffix."""
    if span in NOT_OURS or re.search(r"[\s<>{}=(\"]|://", span) or span.startswith(("/", "-", ".", "~")):
        return False
    first, slash, _ = span.partition("/")
    return bool(slash and first in folders()) or span.endswith(FILE_SUFFIXES)


def exists(span: str) -> bool:
    """From the root, or as the end of a path in the tree: `pixels.py`, `memo.docx`. Stars stand for any characters."""
    ending = re.escape(span.rstrip("/")).replace(r"\*", "[^/]*")
    wanted = re.compile(f"(.*/)?{ending}")
    return any(wanted.fullmatch(name) for name in (folders() if span.endswith("/") else tracked_files() | folders()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_in_a_document_exists(page: Path) -> None:
    assert [span for span in code_spans(page) if is_path(span) and not exists(span)] == []


def test_a_path_that_is_gone_is_detected() -> None:
    assert is_path("archive/schema.py")
    assert not exists("archive/schema.py")
    assert exists("pixels.py")
    assert exists("programs/pdf*.py")
    assert not is_path("raw/ab/<sha256>.eml")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_that_exist(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@cache
def product() -> tuple[SourceFile, ...]:
    rooms = sorted({Path(name).parts[0] for name in tracked_files() if name.endswith(".py") and "/" in name})
    return tuple(read_sources(ROOT, *(room for room in rooms if room not in ("tests", "tools", "benchmarks"))))


def names_in(body: list[ast.stmt]) -> set[str]:
    """What a module or class body defines: classes, functions, constants, fields, values of enumerations."""
    names: set[str] = set()
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
                names.add(node.value.value)
    return names


@cache
def members() -> dict[str, frozenset[str]]:
    """Of every class, what it defines."""
    return {
        node.name: frozenset(names_in(node.body))
        for file in product()
        for node in file.nodes
        if isinstance(node, ast.ClassDef)
    }


@cache
def defined() -> frozenset[str]:
    """Every name that a module or class of the product defines."""
    modules: set[str] = set().union(*(names_in(file.tree.body) for file in product()))
    return frozenset(modules.union(*members().values()))


def is_defined(name: str) -> bool:
    """A name; `Class.member`; or a module with a name in it: `values.finding.Rule`, `archive.search.index_*`."""
    if "." not in name:
        return name in defined()
    owner, _, member = name.rpartition(".")
    if owner in members():
        return member in members()[owner]
    module = {file.path: file for file in product()}.get(f"{owner.replace('.', '/')}.py")
    ending = re.compile(re.escape(member).replace(r"\*", ".*"))
    return module is not None and any(ending.fullmatch(defines) for defines in names_in(module.tree.body))


def glossary_rows() -> list[tuple[str, str]]:
    """(Chinese, in the code) of each row of the glossary."""
    glossary, _, _ = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").partition(WORDS_OF_THE_DESK)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in glossary.splitlines() if line[:2] == "| "]
    return [(chinese, code) for chinese, code, *_ in rows if chinese != "中文"]


def words_of_the_desk() -> dict[str, str]:
    """The words that are not used, each with the one in its place, from the last table of the glossary."""
    _, _, section = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").partition(WORDS_OF_THE_DESK)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:2] == "| "]
    return {word: used for used, _, avoided in rows[1:] for word in avoided.split("、")}


def test_words_that_the_glossary_replaces_are_gone_from_what_people_read() -> None:
    shown = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in SHOWN}
    shown |= {file.path: file.text for file in product()}
    avoided = words_of_the_desk()
    assert len(avoided) > 15
    used = [f"{path}: {word} → {avoided[word]}" for path, text in shown.items() for word in avoided if word in text]
    assert used == []


def test_every_name_of_the_glossary_is_defined_in_the_product() -> None:
    spans = [name for _, code in glossary_rows() for name in re.findall(r"`([^`]+)`", code)]
    assert len(spans) > 50
    assert [name for name in spans if not (exists(name) if "/" in name else is_defined(name))] == []


def test_the_glossary_gives_each_thing_one_row() -> None:
    terms = [chinese for chinese, _ in glossary_rows()]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


@pytest.mark.parametrize("enumeration", ["Verdict", "ArticleStatus", "IssueStatus", "OutboxState", "LetterKind"])
def test_the_glossary_has_every_value_of(enumeration: str) -> None:
    [values] = [
        {node.value.value for node in cls.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)}
        for file in product()
        for cls in file.nodes
        if isinstance(cls, ast.ClassDef) and cls.name == enumeration
    ]
    named = {name for _, code in glossary_rows() for name in re.findall(r"`([^`]+)`", code)}
    assert {str(value) for value in values} <= named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_dotted_name_in_a_document_is_defined(page: Path) -> None:
    rooms = {Path(file.path).parts[0] for file in product()}
    dotted = [
        span
        for span in code_spans(page)
        if re.fullmatch(r"\w+(\.\w+)+\*?", span) and (span.split(".")[0] in rooms or span.split(".")[0] in members())
    ]
    modules = {file.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for file in product()}
    files = [span for span in dotted if span.endswith(FILE_SUFFIXES)]
    assert [span for span in dotted if span not in files and span not in modules and not is_defined(span)] == []


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_names_every_command_on_less_than_120_lines(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert len(text.splitlines()) < 120
    assert [name for name in CATALOGUE if not re.search(rf"`{name}\b", text)] == []


def decision_pages() -> list[Path]:
    return sorted(DECISIONS.glob("[0-9]*.md"))


@pytest.mark.parametrize("page", decision_pages(), ids=lambda page: page.stem)
def test_a_decision_begins_with_its_number_and_is_in_the_index_by_its_title(page: Path) -> None:
    heading = page.read_text(encoding="utf-8").splitlines()[0]
    match = re.fullmatch(r"# (\d+)\. (.+)", heading)
    assert match, heading
    assert int(match[1]) == int(page.name[:4])
    index = (DECISIONS / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in index if line.startswith(f"| [{page.name[:4]}]({page.name}) | {match[2]} | ")]
