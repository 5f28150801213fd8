"""Packages as programs really write them, and recognising a manuscript by its content."""

from __future__ import annotations

import io
import zipfile

import pytest

from intake.read.docx.package import OpenedPackages, is_docx
from intake.read.docx.reader import read_docx
from tests.support.docx_reading import lines, omissions, p, r, tables, tbl, tc, tr
from tools.docx_builder import W_NS, docx, paragraph, zipped
from values.errors import UnreadableManuscript

_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _root_rels(target: str, kind: str = f"{_OFFICE}/officeDocument") -> bytes:
    relationship = f'<Relationship Id="r" Type="{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_RELS}">{relationship}</Relationships>'.encode()


@pytest.mark.parametrize("target", ["word/main.xml", "/word/main.xml", "./word/../word/main.xml", "word\\main.xml"])
def test_main_part_is_found_through_the_relationships(target: str) -> None:
    members = _members(docx(paragraph("文")))
    members["word/main.xml"] = members.pop("word/document.xml")
    members["_rels/.rels"] = _root_rels(target)
    assert lines(zipped(members)) == ["文"]


@pytest.mark.parametrize("kind", ["document.macroEnabled.main", "template.main", "template.macroEnabledTemplate.main"])
def test_content_type_of_the_main_part_does_not_matter(kind: str) -> None:
    members = _members(docx(paragraph("文")))
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(b"document.main", kind.encode())
    assert lines(zipped(members)) == ["文"]
    assert is_docx(zipped(members))


def test_package_without_types_and_relationships_is_read() -> None:
    assert lines(zipped({"word/document.xml": _members(docx(paragraph("文")))["word/document.xml"]})) == ["文"]


@pytest.mark.parametrize("name", ["word\\document.xml", "Word/Document.xml", "/word/document.xml"])
def test_member_names_of_odd_programs_are_understood(name: str) -> None:
    members = _members(docx(paragraph("文")))
    members[name] = members.pop("word/document.xml")
    assert lines(zipped(members)) == ["文"]
    assert is_docx(zipped(members))


@pytest.mark.parametrize("target", ["NULL", "#_top", "styles%20none.xml", ""])
def test_relationship_that_leads_nowhere_is_skipped(target: str) -> None:
    relationship = f'<Relationship Id="rId7" Type="{_OFFICE}/styles" Target="{target}"/>'
    assert lines(docx(paragraph("文"), relationships=relationship)) == ["文"]


def test_escaped_part_name_is_found() -> None:
    relationship = f'<Relationship Id="rId7" Type="{_OFFICE}/footnotes" Target="my%20notes.xml"/>'
    note = f'<w:footnotes xmlns:w="{W_NS}"><w:footnote w:id="1">{p(r("注文"))}</w:footnote></w:footnotes>'
    body = p(r("文") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    data = docx(body, relationships=relationship, parts={"word/my notes.xml": note.encode()})
    assert lines(data) == ["文〔注1〕", "〔注1〕注文"]


def test_strict_document_is_read() -> None:
    members = _members(
        docx(p(r("标题", '<w:sz w:val="22pt"/>')) + tbl(tr(tc("格")), grid="9"), styles="<w:docDefaults/>")
    )
    strict = {
        name: data.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(_OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, data in members.items()
    }
    data = zipped(strict)
    assert lines(data) == ["标题"]
    assert tables(data)[0].widths == (9,)
    assert is_docx(data)


def test_comments_and_instructions_in_the_xml_are_passed_over() -> None:
    body = f"<!-- WPS -->{paragraph('甲')}<?wps x?><w:p><!-- a --><w:r><w:t>乙<!-- b -->丙</w:t></w:r></w:p>"
    assert lines(docx(body)) == ["甲", "乙丙"]


def test_utf_16_part_is_read() -> None:
    members = _members(docx(paragraph("文")))
    text = members["word/document.xml"].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    assert lines(zipped(members | {"word/document.xml": text.encode("utf-16")})) == ["文"]


def test_is_docx_recognises_a_manuscript_by_its_content() -> None:
    data = docx(paragraph("文"))
    assert is_docx(data)
    assert is_docx(data[:-200])  # damaged, but meant as one: the sender is to be told
    assert is_docx(docx(paragraph("文" * 100_000)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"%PDF-1.7",
        zipped({"a.txt": b"a"}),
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
        zipped({"_rels/.rels": _root_rels("xl/workbook.xml"), "xl/workbook.xml": b'<workbook xmlns="x"/>'}),
        zipped({"_rels/.rels": b"<broken", "a.xml": b""}),
        zipped({"letter/article.docx": docx(paragraph("文"))}),
    ],
)
def test_is_docx_is_not_taken_in_by_other_files(data: bytes) -> None:
    assert not is_docx(data)


def test_files_of_the_package_that_are_not_text_are_not_unpacked() -> None:
    broken = bytearray(docx(paragraph("文"), parts={"word/media/unused.png": b"x" * 500, "docProps/app.xml": b"<"}))
    at = bytes(broken).find(b"word/media/unused.png") + len("word/media/unused.png")
    broken[at : at + 4] = b"\xff\xff\xff\xff"
    assert lines(bytes(broken)) == ["文"]


def test_document_with_text_only_in_what_is_left_out_reports_it() -> None:
    with pytest.raises(UnreadableManuscript, match="没有文字。有 1 处隐藏文字没有收入"):
        read_docx(docx(p(r("密", "<w:vanish/>"))))
    with pytest.raises(UnreadableManuscript, match="没有文字"):
        read_docx(docx(""))


def test_ordinary_document_has_nothing_to_report() -> None:
    footer = p(r("— ") + "<w:fldSimple w:instr='PAGE'>" + r("1") + "</w:fldSimple>" + r(" —"))
    link = f'<Relationship Id="rId7" Type="{_OFFICE}/hyperlink" Target="http://example.org/" TargetMode="External"/>'
    body = p(r("见") + f'<w:hyperlink r:id="rId7">{r("网页")}</w:hyperlink>')
    assert omissions(docx(body, relationships=link, stories={"footer": footer})) == {}


def test_file_of_a_letter_is_opened_and_parsed_once() -> None:
    data, packages = docx(paragraph("文")), OpenedPackages()
    assert is_docx(data, packages)
    package = packages.package_of(data)
    root = package.xml(package.main)
    assert read_docx(data, packages=packages) == read_docx(data)
    assert packages.package_of(data) is package
    assert package.xml(package.main) is root


def test_file_that_is_refused_is_refused_each_time() -> None:
    packages = OpenedPackages()
    for _ in range(2):
        with pytest.raises(UnreadableManuscript, match="损坏"):
            packages.package_of(b"PK\x03\x04 and nothing more")


def test_large_main_part_is_not_kept_parsed() -> None:
    package = OpenedPackages().package_of(docx(paragraph("文" * 100_000)))
    assert package.xml(package.main) is not package.xml(package.main)
