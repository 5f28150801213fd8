"""The zip of an OFD: parts, paths and resources."""

from __future__ import annotations

import pytest
from lxml import etree

from intake.read.docx.limits import USUAL_DOCUMENT_LIMITS
from intake.read.pages.ofd_package import OfdPackage, Resources, children, descendants
from tools.docx_builder import zipped
from values.errors import UnreadableManuscript

RESOURCES = (
    '<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016" BaseLoc="Res">'
    '<ofd:Fonts><ofd:Font ID="1" FontName="SimHei"/><ofd:Font ID="2" FontName="宋体" Bold="true"/>'
    '<ofd:Font ID="3" FontName="宋体"/></ofd:Fonts>'
    '<ofd:MultiMedias><ofd:MultiMedia ID="9"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>'
    "</ofd:Res>"
).encode()


def package(**parts: bytes) -> OfdPackage:
    members = {"OFD.xml": b"<OFD/>", "Doc_0/Res/a.png": b"PNG", "Doc_0/Document.xml": b"<Document/>", **parts}
    return OfdPackage(zipped(members), USUAL_DOCUMENT_LIMITS)


@pytest.mark.parametrize(
    ("base", "location", "path"),
    [
        ("OFD.xml", "Doc_0/Document.xml", "Doc_0/Document.xml"),
        ("Doc_0/Document.xml", "Res/a.png", "Doc_0/Res/a.png"),
        ("Doc_0/Document.xml", "/Doc_0/Res/a.png", "Doc_0/Res/a.png"),
        ("Doc_0/Document.xml", "Doc_0/Res/a.png", "Doc_0/Res/a.png"),  # from the root, without "/"
        ("Doc_0/Document.xml", "..\\OFD.xml", "OFD.xml"),
    ],
)
def test_paths_are_resolved_within_the_zip(base: str, location: str, path: str) -> None:
    assert package().resolved(base, location) == path


def test_a_path_that_leads_out_of_the_zip_leads_nowhere() -> None:
    opened = package()
    assert opened.read(opened.resolved("Doc_0/Document.xml", "../../../etc/passwd")) is None


def test_a_missing_part_is_none_and_a_damaged_one_is_refused() -> None:
    assert package().read("absent") is None
    assert package().xml("absent.xml") is None
    with pytest.raises(UnreadableManuscript):
        package(**{"Doc_0/Document.xml": b"<Document>"}).xml("Doc_0/Document.xml")


def test_resources_name_bold_fonts_and_paths_of_pictures() -> None:
    opened = package(**{"Doc_0/Res.xml": RESOURCES})
    resources = Resources()
    resources.add(opened, "Doc_0/Res.xml")
    assert resources.bold == {"1": True, "2": True, "3": False}
    assert resources.pictures == {"9": "Doc_0/Res/a.png"}


def test_resources_of_a_page_are_added_without_changing_those_of_the_document() -> None:
    opened = package(**{"Doc_0/Res.xml": RESOURCES})
    common = Resources()
    assert common.with_own(opened, []) is common
    assert common.with_own(opened, ["Doc_0/Res.xml"]).pictures == {"9": "Doc_0/Res/a.png"}
    assert common.pictures == {}


def test_elements_are_looked_up_in_any_namespace() -> None:
    root = etree.fromstring('<a xmlns:o="urn:old"><o:Page/><Page><Page/></Page></a>')
    assert len(children(root, "Page")) == 2
    assert len(list(descendants(root, "Page"))) == 3
