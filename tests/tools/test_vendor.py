"""Other people's files lie in the repository whole, with their licences, and nothing else lies there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.vendor import ROOT, SERVED, SUMS, TESTING, VENDORED, Vendored, sums_of

HOMES = (SERVED, TESTING)
PAGE = (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8")


def ids(one: Vendored) -> str:
    return one.folder.name


@pytest.mark.parametrize("home", HOMES, ids=["served", "testing"])
def test_every_file_has_the_checksum_it_came_with_and_none_is_unknown(home: Path) -> None:
    assert (home / SUMS).read_text(encoding="ascii") == sums_of(home)


@pytest.mark.parametrize("home", HOMES, ids=["served", "testing"])
def test_nothing_lies_there_that_was_not_fetched(home: Path) -> None:
    there = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    fetched = {f"{one.folder.name}/{Path(name).name}" for one in VENDORED if one.home == home for name in one.files}
    assert there == fetched | {SUMS}


@pytest.mark.parametrize("one", VENDORED, ids=ids)
def test_every_package_brings_its_licence(one: Vendored) -> None:
    texts = [path.read_text(encoding="utf-8") for path in one.folder.glob("LICENSE*")]
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


@pytest.mark.parametrize("one", VENDORED, ids=ids)
def test_the_page_on_third_parties_names_version_licence_and_checksum(one: Vendored) -> None:
    [row] = [line for line in PAGE.splitlines() if f"| {one.version} | `{one.package}` |" in line]
    assert any(licence in row for licence in ("MIT", "0BSD", "Apache-2.0", "MPL-2.0"))
    assert f"| `{one.package}` {one.version} | `{one.sha256}` |" in PAGE


def test_the_page_names_nothing_that_is_not_here() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    assert len(rows) == len(VENDORED)


def test_the_style_sheet_loads_nothing_from_another_machine() -> None:
    style = next(SERVED.glob("pico-*/pico.min.css")).read_text(encoding="utf-8")
    assert "@import" not in style
    assert "url(http" not in style
