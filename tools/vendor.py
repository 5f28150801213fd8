"""Fetches what the desk's pages are made with, once, so that an office without the internet has it.

    python -m tools.vendor

Needs npm, with the registry it is configured for. Every package is compared with the checksum below, its file and its
licence are written into a folder, and SHA256SUMS next to the folders is rewritten. To take a newer version:
change its line here and in docs/third-party.md, run this, run the tests.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
SERVED: Final = ROOT / "templates" / "desk" / "static" / "vendor"
TESTING: Final = ROOT / "tests" / "support" / "vendor"
SUMS: Final = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Vendored:
    """A third-party library. files: paths within the package, the one that is used first, then its licence."""

    package: str
    version: str
    sha256: str
    """Of the package as the registry sends it (.tgz)."""
    files: tuple[str, ...]
    home: Path = SERVED

    @property
    def folder(self) -> Path:
        return self.home / f"{self.package.rpartition('/')[2].removesuffix('.org')}-{self.version}"


VENDORED: Final = (
    Vendored(
        "htmx.org",
        "2.0.11",
        "165a2655073e9e6e55e307a7c74e8ebcdb76afb7701f9c16cfd106a13add408e",
        ("dist/htmx.min.js", "LICENSE"),
    ),
    Vendored(
        "sortablejs",
        "1.15.7",
        "66cbfc8fa18860783584fe0c346baf6cbf3399da72d23d21053425ba232abed4",
        ("Sortable.min.js", "LICENSE"),
    ),
    Vendored(
        "docx-preview",
        "0.4.1",
        "b5c34d9fb04b3d70ba8cde8a71e2d361325993652ea917817654ed9431750432",
        ("dist/docx-preview.min.js", "LICENSE"),
    ),
    Vendored(
        "jszip",
        "3.10.2",
        "4ee15dcb3f5433b736a41d091bcad37facee4a4aa96f9e21194789da886ac226",
        ("dist/jszip.min.js", "LICENSE.markdown"),
    ),
    Vendored(
        "echarts",
        "6.1.0",
        "681aff88cc1038c3fa941a3a53d1b177a52250b05335efc607d6105ae13be481",
        ("dist/echarts.simple.min.js", "LICENSE", "NOTICE", "licenses/LICENSE-d3"),
    ),
    Vendored(
        "@picocss/pico",
        "2.1.1",
        "4affbb56f49df6d5325610b06762156f1dcdbc6ef57cea5c136d7e8a00a8cd24",
        ("css/pico.min.css", "LICENSE.md"),
    ),
    Vendored(
        "axe-core",
        "4.14.1",
        "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745",
        ("axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt"),
        home=TESTING,
    ),
)


def fetch(library: Vendored) -> bytes:
    """The package as the registry sends it. A checksum other than the recorded one is an error."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, f"{library.package}@{library.version}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        [packed] = Path(folder).iterdir()
        data = packed.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != library.sha256:
        raise SystemExit(f"{library.package} {library.version}: sha256 {digest}, expected {library.sha256}")
    return data


def unpack(library: Vendored, packed: bytes) -> None:
    library.folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for name in library.files:
            member = archive.extractfile(f"package/{name}")
            assert member, f"{library.package} has no file {name}"
            (library.folder / Path(name).name).write_bytes(member.read())


def sums_of(home: Path) -> str:
    """The list as `sha256sum` writes and checks it."""
    paths = sorted(
        path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file() and path.name != SUMS
    )
    return "".join(f"{hashlib.sha256((home / path).read_bytes()).hexdigest()}  {path}\n" for path in paths)


def main() -> None:
    for library in VENDORED:
        unpack(library, fetch(library))
        print(f"{library.package} {library.version}: {library.folder.relative_to(ROOT)}")
    for home in (SERVED, TESTING):
        (home / SUMS).write_text(sums_of(home), encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
