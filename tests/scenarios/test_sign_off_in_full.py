"""One issue all the way: the draft with margin and header, the sign-off of what was seen, and the files that stay."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

import pypdfium2
import pytest

from service.health.fonts import replaced_fonts
from tests.support.docx_rules import violations
from tests.support.invariants import broken_promises
from tests.support.issues import TEMPLATE
from tests.support.projection import projection
from tests.support.remarks import remarks
from tests.support.scenario import DATED, PRINTED, Installation, installation_of


@pytest.fixture
def office(tmp_path: Path, soffice: Path) -> Installation:
    """The sample letters are in; LibreOffice is there."""
    assert soffice
    office = installation_of(PRINTED, tmp_path)
    assert office.run("import", str(PRINTED / "inbox")).status == 0
    return office


def printed_body(docx: bytes) -> str:
    """From the masthead to the imprint, without what only a draft has."""
    lines = [line for line in projection(docx).splitlines() if not re.match(r"Comment\||Header\|", line)]
    return "\n".join(lines[next(n for n, line in enumerate(lines) if line.startswith("Masthead|")) :])


def test_from_the_draft_to_the_signed_off_files(office: Installation) -> None:
    made = office.run("assemble", "--date", DATED).document
    draft = (office.data / made["files"][0]).read_bytes()
    findings = [finding for row in office.run("articles").document if row["issue"] for finding in row["findings"]]
    comments = [text for _, text in remarks(draft)]
    assert len(findings) > len(comments) > 5  # hints of one kind are one remark
    grave = [finding["message"] for finding in findings if finding["severity"] != "info"]
    assert len(grave) == sum(not text.startswith("【提示】") for text in comments)
    assert all(any(message in text for text in comments) for message in grave)
    assert "Header|送审稿（第 1 稿，2022年11月8日）" in projection(draft)
    assert violations(draft) == []
    assert office.run("assemble", "--date", DATED).document == made

    assert office.run("decide", "2", "held").status == 0
    remade = office.run("assemble", "--date", DATED).document
    assert (remade["revision"], remade["articles"]) == (2, [1, 3, 4, 5])
    second = (office.data / remade["files"][0]).read_bytes()
    assert "撤下《多措并举加速就业创业政策落地见效》" in projection(second)
    refused = office.run("sign-off", "70", "--revision", "1")
    assert (refused.status, "撤下《多措并举加速就业创业政策落地见效》" in refused.complaints) == (2, True)

    signed = office.run("sign-off", "70", "--revision", "2").document
    paths = [f"issues/wuxing/70/{name}" for name in ("70.docx", "70.pdf", "manifest.json", "70-r2.docx")]
    assert signed["files"] == paths
    [listed] = office.run("issues").document
    assert listed["files"] == paths
    final, pdf, manifest, _ = (office.data / path for path in paths)
    assert remarks(final.read_bytes()) == []
    assert violations(final.read_bytes()) == []
    assert "送审" not in projection(final.read_bytes())
    assert projection(final.read_bytes()) == printed_body(second)
    assert [path.stat().st_mode & 0o222 for path in (final, pdf, manifest)] == [0, 0, 0]

    content = json.loads(manifest.read_bytes())
    replaced = replaced_fonts(TEMPLATE, os.environ)
    assert content["fonts_replaced"] == [{"font": font.family, "by": font.by} for font in replaced]
    assert [file["path"] for file in content["files"]] == [paths[0], paths[1], paths[3]]
    for file in content["files"]:
        assert file["sha256"] == hashlib.sha256((office.data / file["path"]).read_bytes()).hexdigest()
    for article in content["articles"]:
        sha256 = article["letter"]["sha256"]
        letter = (office.data / "raw" / sha256[:2] / f"{sha256}.eml").read_bytes()
        assert (sha256, article["letter"]["size"]) == (hashlib.sha256(letter).hexdigest(), len(letter))
    with pypdfium2.PdfDocument(pdf) as document:
        pages = len(document)
        last = document[pages - 1].get_textpage().get_text_bounded()
    assert f"— {pages} —" in last
    assert broken_promises(office.data) == []
