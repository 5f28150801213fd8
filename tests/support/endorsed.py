"""批示 for tests, and an issue that is signed off to have something to write them on."""

from __future__ import annotations

from contextlib import closing

from archive.endorsements import Endorsement, EndorsementWords, endorsements_on
from service.article.endorse import EndorsementRequest, ScanUpload, endorse
from service.article.original import OriginalViewer
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.offices import hand_in


def print_articles(office: Office, *names: str, number: int = 70) -> list[int]:
    """Articles of these names in a signed-off issue of that number; their ids."""
    ids = hand_in(office, *names)
    assemble(office, office.bulletin(None), office.local(office.now()).date())
    sign_off(office, office.bulletin(None), number, "王编辑")
    return ids


def note(
    office: Office, article: int, level: str = "市级", text: str = "请推广", scan: ScanUpload | None = None
) -> int:
    """Records a 批示 of 张副市长; its id."""
    words = EndorsementWords(level, "张副市长", None, text)
    with closing(OriginalViewer(office)) as viewer:
        wanted = EndorsementRequest(words, scan)
        return endorse(office, viewer, office.bulletin(None), article, wanted, who="王编辑")


def noted_on(office: Office, article: int) -> list[Endorsement]:
    """The 批示 on the article."""
    with office.ledger.reading() as ledger:
        return list(endorsements_on(ledger, [article]))
