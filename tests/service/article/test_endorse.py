"""批示 on a printed article: what is recorded, changed, removed and refused, and its scan."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest

from archive.changes import changes_of
from archive.endorsements import EndorsementWords
from service.article.endorse import (
    EndorsementRequest,
    ScanUpload,
    change_endorsement,
    endorse,
    endorsement_named,
    remove_endorsement,
    scan_of,
    scan_page,
)
from service.article.original import OriginalViewer
from service.health.verify import verify
from service.office import Office
from service.removal.finish import destroy_unused_pictures
from tests.support.endorsed import note, noted_on, print_articles
from tests.support.offices import hand_in
from tests.support.pdf import lines, pdf
from tests.support.photographs import quarters
from values.errors import BadUsage, Changed, NotThere
from values.word_list import SecrecyMarking, WordList

WORDS = EndorsementWords("市级", "张副市长", date(2022, 11, 9), "请推广")


@pytest.fixture
def printed(office: Office) -> int:
    return print_articles(office, "甲")[0]


@pytest.fixture
def viewer(office: Office) -> Iterator[OriginalViewer]:
    with closing(OriginalViewer(office)) as opened:
        yield opened


def picture(kind: str = "PNG") -> bytes:
    out = BytesIO()
    quarters(60, 40).save(out, kind)
    return out.getvalue()


def record(office: Office, viewer: OriginalViewer, article: int, wanted: EndorsementRequest) -> int:
    return endorse(office, viewer, office.bulletin(None), article, wanted, who="王编辑")


def test_an_endorsement_is_recorded_with_leader_day_and_words(
    office: Office, viewer: OriginalViewer, printed: int
) -> None:
    id = record(office, viewer, printed, EndorsementRequest(WORDS))
    [endorsement] = noted_on(office, printed)
    assert (endorsement.id, endorsement.words, endorsement.scan) == (id, WORDS, None)
    assert (endorsement.who, endorsement.noted_at) == ("王编辑", office.now())


def test_the_record_of_changes_names_the_level_and_never_the_words(
    office: Office, viewer: OriginalViewer, printed: int
) -> None:
    record(office, viewer, printed, EndorsementRequest(WORDS, ScanUpload("a.png", picture())))
    change_endorsement(office, viewer, noted_on(office, printed)[0], EndorsementRequest(WORDS), who="李")
    remove_endorsement(office, noted_on(office, printed)[0], who="李", why="记错了")
    with office.ledger.reading() as ledger:
        lines_of_record = [(change.summary, change.why) for change in changes_of(ledger, "article", printed)][-3:]
    assert sorted(lines_of_record) == [
        ("《甲》删除市级批示", "记错了"),
        ("《甲》改市级批示", ""),
        ("《甲》登记市级批示，附原件", ""),
    ]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (EndorsementWords("县级", "张", None, ""), "没有“县级”这一级批示；配置里有：区级、市级、省级"),
        (EndorsementWords("市级", "张", None, "字" * 501), "批示内容最多 500 个字"),
        (EndorsementWords("市级", "字" * 41, None, ""), "批示人最多 40 个字"),
        (EndorsementWords("市级", "", None, ""), "至少要有一样"),
        (EndorsementWords("市级", "张", None, "机密★10年\n请阅"), "批示内容标有“机密★10年”"),
        (EndorsementWords("市级", "张", None, "【秘密】请阅"), "批示内容标有“秘密”"),
        (EndorsementWords("市级", "绝密 张副市长", None, ""), "批示人标有“绝密”"),
    ],
)
def test_what_may_not_be_recorded_is_refused_with_a_reason(
    office: Office, viewer: OriginalViewer, printed: int, words: EndorsementWords, reason: str
) -> None:
    with pytest.raises(BadUsage, match=reason):
        record(office, viewer, printed, EndorsementRequest(words))
    assert noted_on(office, printed) == []


@pytest.mark.parametrize("words", ["保守商业机密的做法很好", "请机要局阅", "秘密不多，请推广"])
def test_the_same_characters_in_a_sentence_are_no_marking(
    office: Office, viewer: OriginalViewer, printed: int, words: str
) -> None:
    record(office, viewer, printed, EndorsementRequest(EndorsementWords("市级", "", None, words)))
    assert [endorsement.words.text for endorsement in noted_on(office, printed)] == [words]


def test_the_offices_own_marking_is_refused_too(office_with_marking: Office) -> None:
    [article] = print_articles(office_with_marking, "甲")
    with pytest.raises(BadUsage, match="批示内容标有“核心商密”"):
        note(office_with_marking, article, text="核心商密")


@pytest.fixture
def office_with_marking(office: Office) -> Office:
    """The office whose word list has a marking of its own."""
    words = WordList(secrecy_markings=(SecrecyMarking("核心商密"),))
    ours = office.bulletin(None).model_copy(update={"word_list": words})
    return replace(office, settings=office.settings.model_copy(update={"bulletins": (ours,)}))


def test_an_article_that_is_not_printed_or_not_there_is_refused(office: Office, viewer: OriginalViewer) -> None:
    [article] = hand_in(office, "甲")
    with pytest.raises(BadUsage, match="还没有刊发"):
        record(office, viewer, article, EndorsementRequest(WORDS))
    with pytest.raises(NotThere):
        record(office, viewer, article + 1, EndorsementRequest(WORDS))
    with pytest.raises(NotThere):
        endorsement_named(office, article, 1)


@pytest.mark.parametrize(
    ("name", "data", "end"),
    [
        ("批示.PNG", picture(), "png"),
        ("批示.jpg", picture("JPEG"), "jpg"),
        ("批示.pdf", picture("TIFF"), "tif"),
        ("没有扩展名", pdf(lines("请推广"), lines("第二页")), "pdf"),
    ],
)
def test_a_scan_is_kept_as_it_is_and_shown_as_pictures(
    office: Office, viewer: OriginalViewer, printed: int, name: str, data: bytes, end: str
) -> None:
    record(office, viewer, printed, EndorsementRequest(WORDS, ScanUpload(name, data)))
    [endorsement] = noted_on(office, printed)
    file = scan_of(office, viewer, endorsement)
    assert (file.data, file.name) == (data, f"稿件{printed}批示{endorsement.id}.{end}")
    shown = scan_page(office, viewer, endorsement, 1)
    assert (shown.of, shown.pngs[0][:4]) == (2 if end == "pdf" else 1, b"\x89PNG")


HOSTILE = [
    ("批示.png", b"MZ\x90\x00 a program", "原件打不开"),
    ("批示.png", b"", "是空的"),
    ("批示.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "原件打不开"),
    ("批示.png", picture()[:60], "原件打不开"),
    ("批示.pdf", b"%PDF-1.7 nothing follows", "原件打不开"),
    ("批示.html", b"<html><script>alert(1)</script></html>", "原件打不开"),
    ("机密★5年 批示.png", picture(), "原件的文件名标有“机密★5年”"),
    ("批示.pdf", pdf(lines("机密★10年", "请推广")), "原件标有“机密★10年”"),
]


@pytest.mark.parametrize(("name", "data", "reason"), HOSTILE)
def test_a_hostile_or_marked_scan_is_refused_and_nothing_is_kept(
    office: Office, viewer: OriginalViewer, printed: int, name: str, data: bytes, reason: str
) -> None:
    with pytest.raises(BadUsage, match=reason):
        record(office, viewer, printed, EndorsementRequest(WORDS, ScanUpload(name, data)))
    assert noted_on(office, printed) == []
    assert [path for path in office.media.root.rglob("*") if path.is_file()] == []


def test_a_changed_scan_replaces_the_one_before_and_a_removed_one_is_destroyed(
    office: Office, viewer: OriginalViewer, printed: int
) -> None:
    record(office, viewer, printed, EndorsementRequest(WORDS, ScanUpload("a.png", picture())))
    [first] = noted_on(office, printed)
    change_endorsement(office, viewer, first, EndorsementRequest(WORDS), who="李")
    [kept] = noted_on(office, printed)
    assert (kept.scan, kept.version) == (first.scan, 2)
    change_endorsement(office, viewer, kept, EndorsementRequest(WORDS, ScanUpload("b.jpg", picture("JPEG"))), who="李")
    [second] = noted_on(office, printed)
    assert first.scan is not None
    assert second.scan is not None
    assert not office.media.path(first.scan.sha256).exists()
    destroy_unused_pictures(office)
    assert office.media.path(second.scan.sha256).exists()
    assert verify(office, pause=lambda _: None).differences == ()
    change_endorsement(office, viewer, second, EndorsementRequest(WORDS, without_scan=True), who="李")
    [third] = noted_on(office, printed)
    assert third.scan is None
    assert not office.media.path(second.scan.sha256).exists()


def test_two_endorsements_may_have_the_same_scan(office: Office, viewer: OriginalViewer, printed: int) -> None:
    for _ in range(2):
        record(office, viewer, printed, EndorsementRequest(WORDS, ScanUpload("a.png", picture())))
    first, second = noted_on(office, printed)
    remove_endorsement(office, first, who="李", why="重复")
    assert scan_of(office, viewer, second).data == picture()


def test_a_change_against_another_version_is_refused(office: Office, viewer: OriginalViewer, printed: int) -> None:
    record(office, viewer, printed, EndorsementRequest(WORDS))
    [before] = noted_on(office, printed)
    change_endorsement(office, viewer, before, EndorsementRequest(WORDS), who="李", seen=1)
    with pytest.raises(Changed):
        change_endorsement(office, viewer, before, EndorsementRequest(WORDS), who="王", seen=1)
    with pytest.raises(Changed):
        remove_endorsement(office, before, who="王", why="记错了", seen=1)
    [now] = noted_on(office, printed)
    with pytest.raises(BadUsage, match="写明原因"):
        remove_endorsement(office, now, who="王", why=" ")


def test_a_scan_altered_on_the_disk_is_reported_by_verify(office: Office, viewer: OriginalViewer, printed: int) -> None:
    record(office, viewer, printed, EndorsementRequest(WORDS, ScanUpload("a.png", picture())))
    [endorsement] = noted_on(office, printed)
    assert endorsement.scan is not None
    office.media.path(endorsement.scan.sha256).write_bytes(b"another")
    [difference] = verify(office, pause=lambda _: None).differences
    assert (difference.what, difference.expected) == ("scan", endorsement.scan.sha256)
