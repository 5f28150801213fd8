"""Containerfile and compose.yaml name what is there. No daemon builds the image in the suite."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.routing import Route

from desk.pages import health
from tests.support.installed import ROOT

LINES = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
LAST_STAGE = LINES[max(number for number, line in enumerate(LINES) if line.startswith("FROM ")) :]
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")


def arguments(instruction: str, lines: list[str] = LAST_STAGE) -> list[str]:
    return [line.partition(" ")[2].strip() for line in lines if line.startswith(f"{instruction} ")]


def test_service_is_not_root_and_starts_by_its_command() -> None:
    assert arguments("USER") == ["jianbao"]
    assert arguments("ENTRYPOINT") == ['["jianbao"]']
    assert arguments("CMD")[-1] == '["run"]'


def test_health_is_asked_at_an_address_that_the_desk_has() -> None:
    [check] = arguments("HEALTHCHECK")
    [path] = re.findall(r"127\.0\.0\.1:8080(/\w+)", check)
    assert path in {route.path for route in health.ROUTES if isinstance(route, Route)}
    assert arguments("EXPOSE") == ["8080"]


def test_programs_around_the_service_are_in_the_image() -> None:
    """What `check` looks for, and the handbook names."""
    installed = " ".join(arguments("RUN"))
    handbook = (ROOT / "docs" / "maintainer" / "reading.zh-CN.md").read_text(encoding="utf-8")
    named = {name for line in re.findall(r"apt-get install ([\w .-]+)", handbook) for name in line.split()}
    assert {"libarchive13", "bubblewrap", "libreoffice-writer-nogui"} <= named
    assert named - set(installed.split()) == set()


def test_bundle_is_the_one_that_is_made() -> None:
    [bundle] = arguments("ADD", LINES)
    assert bundle.split()[0] == "dist/jianbao-*-bundle.tar"
    script = (ROOT / "tools" / "bundle.sh").read_text(encoding="utf-8")
    assert "name=jianbao-$version-bundle" in script
    assert '"${1:-dist}"' in script


def test_images_are_named_without_a_registry() -> None:
    bases = [*arguments("FROM", LINES), *arguments("ARG", LINES), *re.findall(r"image: (\S+)", COMPOSE)]
    assert [base for base in bases if "/" in base] == []


def test_volumes_are_those_of_the_image() -> None:
    [volumes] = arguments("VOLUME")
    mounted = {target for _, target in re.findall(r"(?m)^      - (\w+):(/\S+)$", COMPOSE)}
    assert mounted == set(re.findall(r'"(/[^"]+)"', volumes))
    environment = " ".join(arguments("ENV"))
    assert "JIANBAO_CONFIG=/etc/jianbao/config.toml" in environment
    assert "CREDENTIALS_DIRECTORY=/etc/jianbao" in environment
    assert Path("/etc/jianbao") in map(Path, mounted)
