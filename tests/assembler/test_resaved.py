"""A template that an office has saved with LibreOffice or WPS makes the same issue, or `check` names what is broken."""

from __future__ import annotations

import io
import re
import subprocess
import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from lxml import etree

from assembler.template import check_template
from assembler.typeset import typeset
from tests.support.docx_reading import png
from tests.support.docx_rules import violations
from tests.support.drafts import draft_of, typeset_draft
from tests.support.editing import members, replaced
from tests.support.issues import TEMPLATE, article, issue
from tests.support.projection import W
from tools.docx_builder import zipped
from tools.make_template import FOLDER, LOOKS
from values.issue import Issue
from values.manuscript import Paragraph, Picture

KNOWN_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
OLD_CORE = "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
CORE_AGAIN = f'<Relationship Id="rId9" Type="{OLD_CORE}" Target="docProps/core.xml"/>'
PICTURE = Picture("ab" * 32, "image/png", 900_000, 600_000)
WHOLE = issue(article(1, PICTURE, Paragraph("文。"), PICTURE), article(2, section="情况通报"))


def with_logo(template: bytes) -> bytes:
    """With a picture in the header of each page and one above the name."""
    document = docx.Document(io.BytesIO(template))
    document.sections[0].header.paragraphs[0].add_run("内部资料").add_picture(io.BytesIO(png(60, 60)))
    document.paragraphs[0].insert_paragraph_before().add_run().add_picture(io.BytesIO(png(60, 60)))
    out = io.BytesIO()
    document.save(out)
    return replaced(out.getvalue(), '<w:pStyle w:val="Header"/>', "", member="word/header1.xml")


def saved_by_libreoffice(soffice: Path, folder: Path, template: bytes, *formats: str) -> bytes:
    source = folder / "template.docx"
    source.write_bytes(template)
    for number, extension in enumerate(formats):
        out = folder / str(number)
        target = "docx:MS Word 2007 XML" if extension == "docx" else extension
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [str(soffice), profile, "--headless", "--norestore", "--convert-to", target, "--outdir", str(out)]
        subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=100)
        source = out / f"template.{extension}"
    return source.read_bytes()


def saved_by_wps(template: bytes) -> bytes:
    """With what files of WPS have: numbers as style ids, comments in the XML, drawings that all have one id, and the
    type of relationship that older programs give the core properties."""
    ids = re.findall(r'w:styleId="([^"]+)"', members(template)["word/styles.xml"].decode())
    numbers = {style: str(number) for number, style in enumerate(ids, 1)}
    uses = re.compile(r'((?:w:styleId|w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val)=)"([^"]+)"')

    def changed(part: str) -> str:
        part = uses.sub(lambda use: f'{use[1]}"{numbers.get(use[2], use[2])}"', part)
        part = re.sub(r'(docPr id=)"\d+"', r'\1"1"', part).replace("<w:body>", "<w:body><!--WPS-->")
        return part.replace(KNOWN_CORE, OLD_CORE)

    return zipped(
        {
            name: changed(data.decode()).encode() if name.endswith((".xml", ".rels")) else data
            for name, data in members(template).items()
        }
    )


def made(template: bytes, whole: Issue = WHOLE) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return typeset(whole, template, lambda sha256: png(60, 60))


def expect_whole(docx_file: bytes) -> None:
    """Sound, with the articles on a page of their own, and one part of core properties."""
    assert violations(docx_file) == []
    root = etree.fromstring(members(docx_file)["word/document.xml"])
    first = next(line for line in root.iter(W + "p") if line.find(f"{W}pPr/{W}pageBreakBefore") is not None)
    assert any(text.text == "普惠金融改革推动惠企政策落地见效" for text in first.iter(W + "t"))
    names = Counter(name for name in members(docx_file) if "core" in name)
    assert names == Counter({"docProps/core.xml": 1})
    assert members(docx_file)["_rels/.rels"].count(b"core-properties") == 1


@pytest.mark.parametrize("name", [name for name, look in LOOKS.items() if look.page_break])
@pytest.mark.libreoffice
def test_saved_by_libreoffice_a_template_makes_the_same_issue(name: str, soffice: Path, tmp_path: Path) -> None:
    template = with_logo((FOLDER / f"{name}.docx").read_bytes())
    saved = saved_by_libreoffice(soffice, tmp_path, template, "docx")
    assert b"pageBreakBefore" not in members(saved)["word/document.xml"]
    assert check_template(saved) == ()
    expect_whole(made(saved))


@pytest.mark.libreoffice
def test_check_names_what_a_detour_by_odt_has_broken(soffice: Path, tmp_path: Path) -> None:
    table, box = check_template(saved_by_libreoffice(soffice, tmp_path, TEMPLATE, "odt", "docx"))
    assert table == "模板缺少样式“简报表格”（BulletinTable）：请从原模板复制回来。"
    assert box.startswith("版记的表格被放进了高度固定的文本框")
    assert box.endswith("请从原模板把版记表格复制回来，模板一直存为 .docx。")


@pytest.mark.parametrize("name", LOOKS)
def test_saved_by_wps_a_template_makes_the_same_issue(name: str) -> None:
    template = (FOLDER / f"{name}.docx").read_bytes()
    saved = saved_by_wps(with_logo(template))
    assert check_template(saved) == ()
    if LOOKS[name].page_break:
        expect_whole(made(saved))
    assert violations(made(saved)) == []


@pytest.mark.parametrize(
    "written",
    [
        [("<Relationship", "<r:Relationship"), ("xmlns=", "xmlns:r="), ("</", "</r:")],
        [('"', "'")],
        [("</Relationships>", f"{CORE_AGAIN}</Relationships>")],
    ],
    ids=["prefix", "single quotes", "twice"],
)
def test_core_properties_are_recognised_however_their_relationship_is_written(
    written: Sequence[tuple[str, str]],
) -> None:
    relationships = members(TEMPLATE)["_rels/.rels"].decode().replace(KNOWN_CORE, OLD_CORE)
    assert OLD_CORE in relationships
    for old, new in written:
        relationships = relationships.replace(old, new)
    expect_whole(made(zipped(members(TEMPLATE) | {"_rels/.rels": relationships.encode()})))


def test_a_page_break_stays_when_the_mark_it_is_in_goes() -> None:
    whole = issue(article(title=("第一篇",)))
    unset = replaced(TEMPLATE, "<w:pageBreakBefore/>", "")
    assert "pageBreakBefore" not in members(made(unset, whole))["word/document.xml"].decode()
    for mark in ("{{ editors_note }}", "{{ contents }}", "{{ articles }}"):
        broken = replaced(unset, f"{mark}</w:t>", f'{mark}</w:t></w:r><w:r><w:br w:type="page"/>')
        assert "pageBreakBefore" in members(made(broken, whole))["word/document.xml"].decode(), mark


def test_the_line_of_a_draft_is_not_printed_on_the_edge_of_the_paper() -> None:
    whole = issue(article())
    for distance, kept in (("0", "851"), ("100", "851"), ("400", "400")):
        template = replaced(TEMPLATE, 'w:header="851"', f'w:header="{distance}"')
        document = members(typeset_draft(whole, draft_of(whole), template))["word/document.xml"].decode()
        assert set(re.findall(r'w:header="(\d+)"', document)) == {kept}
