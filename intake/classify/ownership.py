"""The department of a letter's manuscripts: that of the sender, or of the writer of a forwarded letter, or a guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from intake.classify.doubts import doubts_about_forwarding, doubts_about_list, doubts_about_sender
from intake.classify.list_rewriting import ListWriter, list_writer
from intake.parse.message import Message, Part
from intake.register import Register
from values.department import Department, department_named_in, department_of_sender

_LONGEST_GUESSED_FROM: Final = 200
"""Characters of a name or subject that are searched: every name of the register is compared with them."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who sent a letter's manuscripts, as far as the register knows."""

    department: str | None
    """The canonical name when exactly one department has the sender's address, else None."""
    candidates: tuple[str, ...] = ()
    """The names when several departments share the address, else ()."""
    originals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Who first wrote the forwarded manuscripts: address → names of the departments that have it; without strangers."""
    guess: str | None = None
    """For an unknown sender, the department that the sender's name or the subject speaks of; None for none."""
    doubts: tuple[str, ...] = ()
    """Why the sender may not be who it seems: sentences in Chinese, for the clerk."""

    @property
    def is_from_nobody(self) -> bool:
        """Neither the sender nor the first writer of a forwarded letter is registered."""
        return self.department is None and not self.candidates and not self.originals

    @property
    def unknown_sender(self) -> str:
        """Why the department is not known; Chinese."""
        if self.candidates:
            return f"{'、'.join(self.candidates)}共用这个发件地址，稿件没有署其中哪个单位"
        return "发件地址不在单位名录中"


def ownership_of(message: Message, manuscripts: Sequence[Part], register: Register, *, ours: bool) -> Ownership:
    """What the register knows of the sender, and what makes that doubtful.

    ours: it is the office itself that forwards these manuscripts; it speaks for no department.
    """
    departments = register.departments
    owners = department_of_sender(message.sender, departments)
    names = _names(owners)
    originals = _originals(manuscripts, departments)
    registered = bool(owners)
    doubts = doubts_about_sender(message, departments, registered=registered, authserv_id=register.authserv_id)
    doubts += doubts_about_forwarding(message.sender, manuscripts, originals, registered=registered, ours=ours)
    writer = None if ours else list_writer(message, departments)
    if writer is not None:
        doubts += doubts_about_list(message.sender, writer)
    return Ownership(
        department=names[0] if len(names) == 1 else None,
        candidates=names if len(names) > 1 else (),
        originals=originals,
        guess=None if registered else _guess(message, departments, writer),
        doubts=doubts,
    )


def first_writer(message: Message, departments: Sequence[Department]) -> str:
    """The registered address that wrote what the letter forwards, of another department than the forwarder's; "" for
    a letter that forwards nothing, or letters of several."""
    forwarder = _names(department_of_sender(message.sender, departments))
    parts = [part for part in message.parts if part.forwarded and (part.name or part.data)]
    # Of letters within letters, the text of an outer one ("请查收") is of who passed it on.
    parts = [part for part in parts if part.name or part.content_type not in ("text/plain", "text/html")] or parts
    writers = dict.fromkeys(part.origin for part in parts if part.origin)
    owners = {writer: _names(department_of_sender(writer, departments)) for writer in writers}
    foreign = [writer for writer, names in owners.items() if names and names != forwarder]
    return foreign[0] if len(foreign) == 1 and len(writers) == 1 else ""


def _names(owners: Iterable[Department]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(owner.name for owner in owners))


def _originals(manuscripts: Iterable[Part], departments: Sequence[Department]) -> dict[str, tuple[str, ...]]:
    origins = dict.fromkeys(part.origin for part in manuscripts if part.forwarded and part.origin)
    names = {origin: _names(department_of_sender(origin, departments)) for origin in origins}
    return {origin: registered for origin, registered in names.items() if registered}


def _guess(message: Message, departments: Sequence[Department], writer: ListWriter | None) -> str | None:
    if writer is not None:
        return writer.department
    texts = (message.sender_name, message.subject)
    guesses = (department_named_in(text[:_LONGEST_GUESSED_FROM], departments) for text in texts)
    return next((department.name for department in guesses if department is not None), None)
