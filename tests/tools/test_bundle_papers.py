"""SBOM and licences of a folder of wheels."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from tools.bundle_papers import packages_in, sbom, write_papers

APACHE = "Classifier: License :: OSI Approved :: Apache Software License\n"


def wheel(folder: Path, name: str, licence: str, tag: str = "py3-none-any", **files: str) -> Path:
    project, version = name.split("-")
    path = folder / f"{name}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.dist-info/METADATA", f"Name: {project}\nVersion: {version}\n{licence}\nText")
        archive.writestr(f"{project}/LICENSE_of_data.txt", "not the package's")
        for file, text in files.items():
            archive.writestr(f"{name}.dist-info/{file.replace('__', '/')}", text)
    return path


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    wheel(folder, "jianbao-0.1.0", "License-Expression: MIT\n", licenses__LICENSE="ours")
    for machine in ("x86_64", "aarch64"):
        wheel(folder, "argon2_cffi-1.0", APACHE, f"cp311-cp311-manylinux2014_{machine}", LICENSE=machine)
    wheel(folder, "old-2.0", "License: BSD\n")
    return folder


def test_wheels_of_a_package_are_one_component_with_the_hash_of_each(wheels: Path) -> None:
    document = json.loads(sbom(packages_in(wheels), "jianbao"))
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    assert document["metadata"]["component"]["name"] == "jianbao"
    by_name = {component["name"]: component for component in document["components"]}
    assert list(by_name) == ["argon2-cffi", "old"]
    hashes = {hashlib.sha256(path.read_bytes()).hexdigest() for path in wheels.glob("argon2*")}
    assert {entry["content"] for entry in by_name["argon2-cffi"]["hashes"]} == hashes
    assert by_name["argon2-cffi"]["purl"] == "pkg:pypi/argon2-cffi@1.0"
    assert by_name["argon2-cffi"]["licenses"][0]["license"]["name"] == "Apache Software License"
    [parts] = [entry["dependsOn"] for entry in document["dependencies"] if "jianbao" in entry["ref"]]
    assert parts == ["pkg:pypi/argon2-cffi@1.0", "pkg:pypi/old@2.0"]


def test_same_wheels_give_the_same_text(wheels: Path) -> None:
    assert sbom(packages_in(wheels), "jianbao") == sbom(packages_in(wheels), "jianbao")


def test_licences_are_written_for_every_package(wheels: Path, tmp_path: Path) -> None:
    write_papers(wheels, tmp_path)
    written = {str(path.relative_to(tmp_path / "licences")) for path in (tmp_path / "licences").rglob("*.*")}
    assert (tmp_path / "licences/jianbao-0.1.0/LICENSE").read_text() == "ours"
    assert (tmp_path / "licences/argon2-cffi-1.0/LICENSE").read_text() == "aarch64"
    assert "old-2.0/LICENCE-AS-DECLARED.txt" in written
    assert json.loads((tmp_path / "sbom.cdx.json").read_text())["components"]


def test_package_without_a_licence_is_refused(wheels: Path, tmp_path: Path) -> None:
    wheel(wheels, "bare-1.0", "")
    with pytest.raises(ValueError, match="bare has no licence"):
        write_papers(wheels, tmp_path)
