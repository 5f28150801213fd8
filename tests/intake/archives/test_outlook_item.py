"""Outlook items (.msg) attached to a letter."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from intake.archives.opened import open_archives
from intake.archives.outlook_item import documents_in, is_outlook_item
from intake.parse.message import Part, parse_message

LETTER = Path(__file__).parents[2] / "cases" / "mail" / "55-msg-attached" / "letter.eml"


@pytest.fixture(scope="module")
def item() -> Part:
    """A newsletter with five pictures."""
    [part] = [part for part in parse_message(LETTER.read_bytes()).parts if part.name.endswith(".msg")]
    return part


def with_document(item: Part) -> Part:
    """The item, one of whose attachments has the name of a document."""
    name, document = ("newsletter.png".encode("utf-16-le"), "newsletter.pdf".encode("utf-16-le"))
    data = item.data.replace(name, document)
    assert data != item.data
    return Part(item.name, item.content_type, "attachment", data)


def test_item_is_recognised_by_its_content_and_its_type_or_name(item: Part) -> None:
    assert is_outlook_item(item)
    assert is_outlook_item(Part("转发.MSG", "application/octet-stream", "", item.data))
    assert not is_outlook_item(Part("稿件.doc", "application/msword", "", item.data))
    assert not is_outlook_item(Part("转发.msg", "application/octet-stream", "", b"text"))


def test_documents_of_an_item_are_those_of_a_letter_that_its_sender_wrote(item: Part) -> None:
    [document] = open_archives([with_document(item)])
    assert (document.name, document.forwarded, document.origin) == ("newsletter.pdf", True, "nueblingv@w-vwa.de")
    assert document.data.startswith(b"\x89PNG")


def test_writer_is_the_mailbox_and_no_address_in_its_display_name(item: Part) -> None:
    plain, quoted = (text.encode("utf-16-le") for text in ("<NueblingV@w-vwa.de>", '"a@b.cn" <xy@c.test>'))
    data = with_document(item).data
    assert data.count(b"F\0r\0o\0m\0:\0 \0" + plain) == 1
    data = data.replace(b"F\0r\0o\0m\0:\0 \0" + plain, b"F\0r\0o\0m\0:\0 \0" + quoted)
    [document] = documents_in(Part("转发.msg", "", "attachment", data))
    assert document.origin == "xy@c.test"


def test_item_without_a_document_stays_closed(item: Part) -> None:
    assert open_archives([item]) == (item,)


def test_damaged_item_stays_closed_and_breaks_nothing(item: Part) -> None:
    random = Random(1)
    whole = with_document(item).data
    for _ in range(30):
        data = bytearray(whole[: random.randrange(600, len(whole))])
        for _ in range(20):
            data[random.randrange(len(data))] = random.randrange(256)
        assert all(document.name for document in documents_in(Part("a.msg", "", "", bytes(data))))
