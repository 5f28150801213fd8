"""The papers of a bundle: what it consists of (an SBOM, CycloneDX 1.6 as JSON), and the licences of all of it.

    python -m tools.bundle_papers WHEELS FOLDER

WHEELS is the folder with the wheels. Writes FOLDER/sbom.cdx.json and FOLDER/licences/NAME-VERSION/ for tools/bundle.sh.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseAcknowledgement
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

_LICENCE_NAME = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BundledPackage:
    """A distribution of the bundle; it may have a wheel for each kind of machine."""

    name: str
    version: str
    licence: str
    """An SPDX expression, or as the package words it; "": it does not say."""
    hashes: tuple[str, ...]
    """SHA-256 of each of its wheels, sorted."""
    licences: tuple[tuple[str, bytes], ...]
    """File name and text of each licence in its first wheel."""


def packages_in(wheels: Path) -> tuple[BundledPackage, ...]:
    """The packages of a folder of wheels, by name."""
    by_name: dict[tuple[str, str], list[Path]] = {}
    for path in sorted(wheels.glob("*.whl")):
        name, version, *_ = path.name.split("-")
        by_name.setdefault((name.replace("_", "-").lower(), version), []).append(path)
    return tuple(_package(name, version, paths) for (name, version), paths in sorted(by_name.items()))


def sbom(packages: Iterable[BundledPackage], own: str) -> str:
    """The SBOM in JSON; `own` is the name of the package that the others are the parts of.

    The same packages give the same text: the serial number is made from their hashes, and there is no time in it.
    """
    components = {package.name: _component(package) for package in packages}
    bom = Bom(components=[component for name, component in components.items() if name != own])
    bom.metadata.component = components[own]
    bom.register_dependency(components[own], list(bom.components))
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, " ".join(sorted(_hashes(components.values()))))
    document = json.loads(JsonV1Dot6(bom).output_as_string())
    del document["metadata"]["timestamp"]
    return json.dumps(document, ensure_ascii=False, indent=2)


def write_papers(wheels: Path, folder: Path) -> None:
    """Writes the SBOM and the licences. Raises ValueError for a package without a licence."""
    packages = packages_in(wheels)
    (folder / "sbom.cdx.json").write_text(sbom(packages, "jianbao") + "\n", encoding="utf-8")
    for package in packages:
        if not package.licences and not package.licence:
            raise ValueError(f"{package.name} has no licence")
        target = folder / "licences" / f"{package.name}-{package.version}"
        target.mkdir(parents=True)
        (target / "LICENCE-AS-DECLARED.txt").write_text(f"{package.licence or 'see the files'}\n", encoding="utf-8")
        for name, text in package.licences:
            (target / name).write_bytes(text)


def _package(name: str, version: str, paths: Sequence[Path]) -> BundledPackage:
    hashes = tuple(sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths))
    with zipfile.ZipFile(paths[0]) as wheel:
        [metadata] = [entry for entry in wheel.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", entry)]
        licence = _licence_in(wheel.read(metadata).decode("utf-8"))
        return BundledPackage(name, version, licence, hashes, tuple(_licences_in(wheel)))


def _licence_in(metadata: str) -> str:
    """Its expression (PEP 639), else the classifiers, else the first line of the old field."""
    headers = HeaderParser().parsestr(metadata)
    classifiers = [
        classifier.rpartition(" :: ")[2]
        for classifier in headers.get_all("Classifier", [])
        if classifier.startswith("License :: ")
    ]
    expression = headers.get("License-Expression") or " OR ".join(classifiers) or headers.get("License", "")
    return str(expression).strip().partition("\n")[0]


def _licences_in(wheel: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Names are made of the whole path, since several files of a wheel may be called LICENSE."""
    for entry in sorted(wheel.namelist()):
        path = PurePosixPath(entry)
        in_metadata = path.parts[0].endswith(".dist-info")
        if in_metadata and not entry.endswith("/") and ("licenses" in path.parts or _LICENCE_NAME.match(path.name)):
            parts = [part for part in path.parts[1:] if part not in ("licenses", "license_files")]
            yield "-".join(parts), wheel.read(entry)


def _component(package: BundledPackage) -> Component:
    licences = [LicenseFactory().make_from_string(
        package.licence, license_acknowledgement=LicenseAcknowledgement.DECLARED
    )] if package.licence else []  # fmt: skip
    purl = PackageURL("pypi", name=package.name, version=package.version)
    return Component(
        name=package.name,
        version=package.version,
        type=ComponentType.APPLICATION if package.name == "jianbao" else ComponentType.LIBRARY,
        licenses=licences,
        purl=purl,
        bom_ref=purl.to_string(),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=content) for content in package.hashes],
    )


def _hashes(components: Iterable[Component]) -> Iterator[str]:
    for component in components:
        for each in component.hashes:
            yield each.content


if __name__ == "__main__":
    write_papers(Path(sys.argv[1]), Path(sys.argv[2]))
