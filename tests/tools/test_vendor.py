"""Other people's files lie in the repository whole, with their licences, and nothing else lies there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.vendor import ROOT, SERVED, SUMS, TESTING, VENDORED, Vendored, sums_of

HOMES = (SERVED, TESTING)
PAGE = (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8")


def ids(library: Vendored) -> str:
    return library.folder.name


@pytest.mark.parametrize("home", HOMES, ids=["served", "testing"])
def test_every_file_has_the_checksum_it_came_with_and_none_is_unknown(home: Path) -> None:
    assert (home / SUMS).read_text(encoding="ascii") == sums_of(home)


@pytest.mark.parametrize("home", HOMES, ids=["served", "testing"])
def test_nothing_lies_there_that_was_not_fetched(home: Path) -> None:
    there = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    fetched = {
        f"{library.folder.name}/{Path(name).name}"
        for library in VENDORED
        if library.home == home
        for name in library.files
    }
    assert there == fetched | {SUMS}


@pytest.mark.parametrize("library", VENDORED, ids=ids)
def test_every_package_brings_its_licence(library: Vendored) -> None:
    texts = [path.read_text(encoding="utf-8") for path in library.folder.glob("LICENSE*")]
    assert any(
        words in text
        for text in texts
        for words in (
            "Permission is hereby granted",
            "Permission to use, copy",
            "Apache License",
            "Mozilla Public License",
        )
    )


@pytest.mark.parametrize("library", VENDORED, ids=ids)
def test_the_page_on_third_parties_names_version_licence_and_checksum(library: Vendored) -> None:
    [row] = [line for line in PAGE.splitlines() if f"| {library.version} | `{library.package}` |" in line]
    assert any(licence in row for licence in ("MIT", "0BSD", "Apache-2.0", "MPL-2.0"))
    assert f"| `{library.package}` {library.version} | `{library.sha256}` |" in PAGE


def test_the_page_names_nothing_that_is_not_here() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    assert len(rows) == len(VENDORED)


def test_the_style_sheet_loads_nothing_from_another_machine() -> None:
    style = next(SERVED.glob("pico-*/pico.min.css")).read_text(encoding="utf-8")
    assert "@import" not in style
    assert "url(http" not in style
