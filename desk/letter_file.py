"""A letter byte for byte, for somebody who may have it."""

from __future__ import annotations

from archive.letters import LetterRecord
from desk.refusals import NotAllowed, NotFound
from service.office import Office
from values.errors import BadUsage
from values.letter import Verdict


def letter_file(office: Office, letter: LetterRecord) -> bytes:
    """Its bytes. Raises NotFound where nothing of it is left, NotAllowed for a sealed one,
    BadUsage for one that is not read yet, whose marking is not known; StorageFailed, FileAltered."""
    if letter.removal is not None:
        raise NotFound(f"这封来信{letter.removal.kind.chinese}，没有原信了。")
    if letter.verdict is Verdict.SEALED:
        raise NotAllowed("这封来信带有密级标志，已封存，不能下载。")
    if letter.verdict is Verdict.PENDING:
        raise BadUsage("这封来信还没有读，读过才能下载。")
    return office.raws.read(letter.sha256)
