"""Rules about source text, each a function from files to its violations, sorted: `path: name`.

The rules and their limits are those of CONTRIBUTING.md; tests/test_source_rules.py applies them to the repository.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias

MOST_PARAMETERS: Final = 7
"""More than that and a call cannot be read without the definition beside it: the arguments want to be a value."""
MOST_LINES: Final = 400
"""Of a file: what the field's good projects stay below (90th percentile 111 to 392 lines)."""
NOT_NAMES: Final = frozenset(
    {"told", "said", "tell", "tells", "hears", "heard", "found", "one", "known", "fresh", "begun", "beside", "others"}
    | {"these", "those", "it", "they", "them"}
)
"""Pronouns and participles name no thing. Compared without leading underscores."""
LEAST_BRANCHES: Final = 3
"""A module with so many conditions and loops has logic; one with fewer connects parts or declares values."""

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_BRANCHES: Final = (ast.If, ast.IfExp, ast.For, ast.While, ast.Try, ast.BoolOp, ast.Match, ast.comprehension)


@dataclass(frozen=True)  # no slots: cached_property keeps the tree in the object's dictionary
class SourceFile:
    path: str
    """Relative to the repository, with slashes."""
    text: str = field(repr=False)

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(self.tree))


def read_sources(root: Path, *places: str) -> list[SourceFile]:
    """The Python files at these paths below `root`: files, or folders with all that is in them."""
    files = [
        file
        for place in places
        for file in ([root / place] if (root / place).is_file() else sorted((root / place).rglob("*.py")))
    ]
    return [read_source(root, file) for file in files]


@cache  # parsing the product takes two seconds, and three files of tests look at it
def read_source(root: Path, file: Path) -> SourceFile:
    """The Python file, with its path relative to `root`."""
    return SourceFile(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8"))


def repeated_class_names(files: Sequence[SourceFile]) -> list[str]:
    """Classes, private and nested ones too, whose name another module of the files has as well."""
    modules: defaultdict[str, set[str]] = defaultdict(set)
    for file in files:
        for node in file.nodes:
            if isinstance(node, ast.ClassDef):
                modules[node.name].add(file.path)
    return sorted(f"{path}: {name}" for name, paths in modules.items() if len(paths) > 1 for path in paths)


def long_parameter_lists(files: Sequence[SourceFile]) -> list[str]:
    """Functions with more than MOST_PARAMETERS parameters; self and cls do not count, *args and **named are one each.

    A class counts by its `__init__`; the fields of a dataclass are no parameters.
    """
    return sorted(
        f"{file.path}: {node.name} ({count})"
        for file in files
        for node in file.nodes
        if isinstance(node, Function) and (count := _parameters(node)) > MOST_PARAMETERS
    )


def _parameters(function: Function) -> int:
    given = function.args
    positional = [*given.posonlyargs, *given.args]
    bound = bool(positional) and positional[0].arg in {"self", "cls"}
    return len(positional) - bound + len(given.kwonlyargs) + (given.vararg is not None) + (given.kwarg is not None)


def long_files(files: Sequence[SourceFile]) -> list[str]:
    """Files of more than MOST_LINES lines."""
    lengths = {file.path: len(file.text.splitlines()) for file in files}
    return sorted(f"{path} ({lines} lines)" for path, lines in lengths.items() if lines > MOST_LINES)


def unexplained_imports(files: Sequence[SourceFile], own: frozenset[str]) -> list[str]:
    """Imports of the top-level names `own` inside a function, without a comment on their line or directly above it.

    One comment above a group of imports explains the whole group.
    """
    return sorted(f"{file.path}: {module}" for file in files for module in _unexplained(file, own))


def _unexplained(file: SourceFile, own: frozenset[str]) -> Iterator[str]:
    lines = file.text.splitlines()
    inside = {
        node.lineno: node
        for function in file.nodes
        if isinstance(function, Function)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    explained_until = 0
    for number, node in sorted(inside.items()):
        assert node.end_lineno is not None
        is_group = number - 1 == explained_until
        if is_group or "#" in lines[number - 1] or lines[number - 2].lstrip().startswith("#"):
            explained_until = node.end_lineno
            continue
        for module in _imported_modules(node):
            if module.partition(".")[0] in own:
                yield module


def _imported_modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]


def unused_names(files: Sequence[SourceFile], other_texts: Sequence[str]) -> list[str]:
    """Functions, classes, methods and constants that the files define and neither they nor `other_texts` use.

    A use is the name read, imported, or written in a string of one line (`getattr`, a registry); names are compared,
    not what they are bound to. other_texts: templates, whose every word is a use.
    """
    used = {word for text in other_texts for word in re.findall(r"\w+", text)}
    for file in files:
        used |= set(_used_in(file))
    return sorted(name for name in defined_names(files) if re.split(r"[ .]", name)[-1] not in used)


def defined_names(files: Sequence[SourceFile]) -> list[str]:
    """What the files define at the top of a module, and their classes' methods as Class.method."""
    return [f"{file.path}: {name}" for file in files for name in _defined(file.tree.body)]


def _used_in(file: SourceFile) -> Iterator[str]:
    for node in file.nodes:
        match node:
            case ast.FunctionDef(name=name, decorator_list=[ast.Call(func=ast.Attribute(attr="get" | "post" | "put"))]):
                yield name  # registered with a router, which calls it
            case ast.Name(id=name, ctx=ast.Load()):
                yield name
            case ast.Attribute(attr=name):
                yield name
            case ast.ImportFrom(names=aliases):
                yield from (alias.name for alias in aliases)
            case ast.Constant(value=str(text)) if "\n" not in text:
                yield from re.findall(r"\w+", text)


def _defined(body: Sequence[ast.stmt], owner: str = "") -> Iterator[str]:
    """Names defined at the top of a module, and a class's methods as Class.method; no dunder names."""
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if not name.startswith("__"):
                    yield owner + name
            case ast.ClassDef(name=name, body=members):
                yield owner + name
                yield from _defined(members, f"{owner}{name}.")
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                if not owner and not name.startswith("__"):
                    yield name
            case ast.If(body=guarded):
                yield from _defined(guarded, owner)


def pronoun_names(files: Sequence[SourceFile]) -> list[str]:
    """Variables, parameters, functions and classes called by a word of NOT_NAMES; each name once a file."""
    return sorted(
        {f"{file.path}: {name}" for file in files for name in _bound_names(file) if name.strip("_") in NOT_NAMES}
    )


def _bound_names(file: SourceFile) -> Iterator[str]:
    for node in file.nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name


def untested_modules(files: Sequence[SourceFile], tests: Sequence[str]) -> list[str]:
    """Modules with logic (LEAST_BRANCHES) for which no test file among the paths `tests` has the module's own name.

    The test of room/module.py is called test_module.py, or test_room_module.py where two modules have the same name.
    """
    stems = {PurePosixPath(path).stem for path in tests}
    return sorted(
        file.path
        for file in files
        if sum(isinstance(node, _BRANCHES) for node in file.nodes) >= LEAST_BRANCHES
        and not any(stem in stems for stem in _test_names(PurePosixPath(file.path)))
    )


def _test_names(module: PurePosixPath) -> tuple[str, str]:
    return f"test_{module.stem}", f"test_{module.parent.name}_{module.stem}"
