"""Asking Word to work out the fields when it opens the file."""

from __future__ import annotations

from lxml import etree

from assembler.fields import request_field_update
from assembler.package import open_package
from assembler.wordml import W
from tests.support.issues import TEMPLATE


def settings_of(docx: bytes) -> etree._Element:
    package = open_package(docx)
    [part] = package.related("settings")
    return package.root(part)


def updated(docx: bytes) -> bytes:
    package = open_package(docx)
    request_field_update(package)
    return package.save()


def test_the_request_stands_where_the_schema_wants_it_and_only_once() -> None:
    names = [child.tag.removeprefix(W) for child in settings_of(updated(updated(TEMPLATE)))]
    assert names.count("updateFields") == 1
    following = names[names.index("updateFields") + 1 :]
    assert "zoom" not in following
    assert all(name in following for name in names if name in ("compat", "themeFontLang"))


def test_elements_of_other_namespaces_come_after_the_request() -> None:
    package = open_package(TEMPLATE)
    [part] = package.related("settings")
    etree.SubElement(package.edit(part), "{urn:other}later")
    request_field_update(package)
    names = [child.tag for child in settings_of(package.save())]
    assert names.index(W + "updateFields") < names.index("{urn:other}later")


def test_a_document_without_settings_stays_as_it_is() -> None:
    package = open_package(TEMPLATE)
    [part] = package.related("settings")
    relationships = package.edit("word/_rels/document.xml.rels")
    for relationship in list(relationships):
        if relationship.get("Type", "").endswith("/settings"):
            relationships.remove(relationship)
    before = package.save()
    request_field_update(package)
    assert package.save() == before
    assert part in package
