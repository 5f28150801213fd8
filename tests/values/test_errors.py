"""The tree of errors in the docstring of `values.errors` is the tree of the classes."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

from values import errors

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("values", "settings", "archive", "programs", "intake", "assembler", "courier", "service", "desk", "cli")


def drawn_parents() -> dict[str, str]:
    """Each error of the drawing with the error above it, "" for the root."""
    assert errors.__doc__
    parents: dict[str, str] = {}
    above: dict[int, str] = {-1: ""}
    for indent, name in re.findall(r"^((?:[│ ] {3}|[├└]── )*)([A-Z]\w+)(?: {2,}.*)?$", errors.__doc__, re.MULTILINE):
        depth = len(indent) // 4
        parents[name] = above[depth - 1]
        above[depth] = name
    return parents


def declared_parents() -> dict[str, str]:
    """The same of the classes, those of every module of the product."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
            if "migrations" not in module and not module.endswith("__main__"):
                importlib.import_module(module.removesuffix(".__init__"))
    parents = {"JianbaoError": ""}
    below = [errors.JianbaoError]
    while below:
        error = below.pop()
        parents |= {child.__name__: error.__name__ for child in error.__subclasses__()}
        below += error.__subclasses__()
    return parents


def test_drawn_tree_holds_every_error_of_the_product_where_it_stands() -> None:
    assert drawn_parents() == declared_parents()
