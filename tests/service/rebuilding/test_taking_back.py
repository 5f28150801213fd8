from __future__ import annotations

from archive import letters
from service.office import Office
from service.rebuilding.taking_back import TakenBack, take_back
from tests.support.offices import hand_in
from values.letter import Verdict


def test_what_the_ledger_has_is_not_taken_again(office: Office) -> None:
    hand_in(office, "第一篇")
    raw = next(office.raws.root.rglob("*.eml"))
    assert raw.is_file()
    assert take_back(office).issues == 0
    assert take_back(office) == TakenBack(0, 0, ())


def test_letter_that_was_too_large_is_not_taken_for_a_whole_one(office: Office) -> None:
    office.raws.put(b'Subject: large\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n')
    assert take_back(office) == TakenBack(1, 0, ())
    with office.ledger.reading() as ledger:
        [letter] = letters.letters(ledger)
    assert (letter.verdict, letter.header_only) == (Verdict.QUARANTINED, True)
    assert letter.reason.startswith("来信超过上限 60 MB，只收下了信头")


def test_altered_letters_and_foreign_manifests_are_named(office: Office) -> None:
    path = office.raws.path("ab" * 32)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"other")
    manifest = office.data_dir / "issues" / "wuxing" / "70" / "manifest.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_bytes(b"{}")
    taken = take_back(office)
    assert (taken.letters, taken.issues) == (0, 0)
    assert [("manifest.json" in each, "改动过" in each) for each in taken.problems] == [(True, False), (False, True)]
