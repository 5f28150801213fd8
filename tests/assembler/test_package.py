"""A .docx package: opened once, edited part by part, saved as the same bytes for the same edits."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from assembler.package import MAIN_TYPE, DocxPackage, NotAPackage, PictureFile, open_package, parse
from tests.support.docx_rules import violations
from tests.support.editing import members
from tests.support.issues import TEMPLATE
from tools.docx_builder import zipped
from tools.zip_builder import UTF8_NAME, Member, archive

HEADER = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BAD_NAME = archive([Member(b"\xff.xml", b"", UTF8_NAME)])
"""Its name is not in the charset it claims."""
PICTURE = PictureFile("picture_1", "a.png", "image/png")


def header() -> etree._Element:
    return parse(f'<w:hdr xmlns:w="{W}"><w:p/></w:hdr>'.encode())


def edited(package: DocxPackage) -> bytes:
    package.add_part("header.xml", header(), content_type=HEADER, kind=KIND)
    package.declare_pictures([PICTURE])
    return package.save([(PICTURE, b"PNG")])


def test_parts_that_are_only_read_keep_their_bytes() -> None:
    package = open_package(TEMPLATE)
    for part in (package.document, *package.related("styles", "settings", "footer")):
        assert package.root(part) is package.root(part)
    assert members(package.save()) == members(TEMPLATE)


def test_an_edited_part_is_saved_as_it_was_left_and_the_others_keep_their_bytes() -> None:
    package = open_package(TEMPLATE)
    assert package.edit(package.document) is package.root(package.document)
    package.edit(package.document).set("edited", "yes")
    saved = members(package.save())
    assert parse(saved[package.document]).get("edited") == "yes"
    assert {name for name, data in members(TEMPLATE).items() if saved[name] != data} == {package.document}


def test_a_replaced_part_loses_the_edits_made_before() -> None:
    package = open_package(TEMPLATE)
    package.edit(package.document).set("edited", "yes")
    package.replace(package.document, b"<new/>")
    assert members(package.save())[package.document] == b"<new/>"
    assert package.root(package.document).tag == "new"


def test_the_same_edits_give_the_same_bytes_and_a_sound_file() -> None:
    assert edited(open_package(TEMPLATE)) == edited(open_package(TEMPLATE))
    assert violations(edited(open_package(TEMPLATE))) == []


def test_an_added_part_is_declared_related_and_never_takes_a_name_in_use() -> None:
    package = open_package(TEMPLATE)
    first = package.add_part("header.xml", header(), content_type=HEADER, kind=KIND)
    second = package.add_part("header.xml", header(), content_type=HEADER, kind=KIND)
    assert first != second
    again = open_package(package.save())
    added = {relation.id: relation.member for relation in again.relations(again.document)}
    assert (added[first], added[second]) == ("word/header.xml", "word/header1.xml")
    assert again.content_type("word/header1.xml") == HEADER
    assert "word/header1.xml" in again


def test_pictures_lie_beside_the_document_under_their_own_type() -> None:
    package = open_package(TEMPLATE)
    package.declare_pictures([PICTURE])
    again = open_package(package.save([(PICTURE, b"PNG")]))
    assert again.data("word/media/a.png") == b"PNG"
    assert again.content_type("word/media/a.png") == "image/png"
    assert again.related("image")[-1] == "word/media/a.png"


def test_content_types_come_first_and_no_time_of_day_is_stored() -> None:
    with zipfile.ZipFile(io.BytesIO(open_package(TEMPLATE).save())) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_document_without_relationships_gets_them_with_its_first_part() -> None:
    package = DocxPackage(_small(rels=None))
    assert package.relations("word/document.xml") == ()
    package.add_part("header.xml", header(), content_type=HEADER, kind=KIND)
    assert open_package(package.save()).related("header") == ("word/header.xml",)


def test_targets_outside_the_package_are_no_relations_and_missing_parts_are_not_related() -> None:
    rels = (
        f'<Relationship Id="a" Type="{KIND}" Target="http://example.org/" TargetMode="External"/>'
        f'<Relationship Id="b" Type="{KIND}" Target="/word/absent.xml"/>'
    )
    package = DocxPackage(_small(rels))
    assert [(found.id, found.kind, found.member) for found in package.relations(package.document)] == [
        ("b", "header", "word/absent.xml")
    ]
    assert package.related("header") == ()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and no more", TEMPLATE[: len(TEMPLATE) // 2], BAD_NAME])
def test_file_that_is_no_package_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPackage):
        open_package(data)


@pytest.mark.parametrize("lacking", ["[Content_Types].xml", "word/document.xml", "_rels/.rels"])
def test_a_package_without_its_main_parts_is_refused(lacking: str) -> None:
    with pytest.raises(NotAPackage):
        open_package(zipped({name: data for name, data in members(TEMPLATE).items() if name != lacking}))


def test_the_templates_document_has_the_type_of_an_ordinary_document() -> None:
    package = open_package(TEMPLATE)
    assert package.content_type(package.document) == MAIN_TYPE
    assert package.content_type("word/nothing.unknown") == ""


def _small(rels: str | None) -> dict[str, bytes]:
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    made = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{namespace}">'
        f'<Relationship Id="r" Type="{kind}" Target="word/document.xml"/></Relationships>'.encode(),
        "word/document.xml": f'<w:document xmlns:w="{W}"/>'.encode(),
    }
    if rels is not None:
        whole = f'<Relationships xmlns="{namespace}">{rels}</Relationships>'
        made["word/_rels/document.xml.rels"] = whole.encode()
    return made
