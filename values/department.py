"""报送单位 as the register knows it, and the ways to tell one by its name or its address."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟〝〞「」『』‘’'", '"'))


@lru_cache(maxsize=2048)  # every short line of a manuscript is compared with every name of the register
def plain_name(text: str) -> str:
    """A name as it is compared: width, white space, letter case and kind of quotation mark do not matter."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_QUOTES)
    return "".join(folded.split())


@dataclass(frozen=True, slots=True)
class Department:
    """报送单位 (a department that sends articles), as config.toml lists it or as it was changed at the desk."""

    name: str
    """简称: the canonical name, as the contents page prints it; unique among the departments of a bulletin."""
    full_name: str = ""
    """全称; "": not given."""
    aliases: tuple[str, ...] = ()
    """Other names by which manuscripts and letters call it."""
    senders: tuple[str, ...] = ()
    """Mail addresses, and whole domains written "@example.org", which do not include their subdomains."""
    position: int = 0
    """Place in the order of the contents page, from 0."""
    retired: bool = False
    """It sends nothing any more: it is neither looked for nor missed. What it has sent stays its own."""
    version: int = 0
    """Raised by every change at the desk; 0: it stands in config.toml alone."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is known by, the canonical one first."""
        return tuple(name for name in dict.fromkeys((self.name, self.full_name, *self.aliases)) if name)

    def is_called(self, text: str) -> bool:
        """Whether `text` is one of its names."""
        plain = plain_name(text)
        return any(plain_name(name) == plain for name in self.names)

    def lists(self, sender: str) -> bool:
        """Whether this address, or "@domain", stands among its senders."""
        return sender.lower() in (listed.strip().lower() for listed in self.senders)


def department_of_sender(address: str, departments: Sequence[Department]) -> tuple[Department, ...]:
    """The departments that write from this address; several may share one, () means unknown.

    Exact addresses are looked at first: a domain's owner does not get what a person in that domain sends for another.
    """
    local, _, domain = address.rpartition("@")
    if not local:
        return ()
    exact = tuple(one for one in departments if one.lists(address))
    return exact or tuple(one for one in departments if one.lists("@" + domain))


def department_called(text: str, departments: Sequence[Department]) -> Department | None:
    """The department with this name, full name or alias; a canonical name wins over another's alias."""
    plain = plain_name(text)
    if not plain:
        return None
    canonical = (one for one in departments if plain_name(one.name) == plain)
    return next(canonical, None) or next((one for one in departments if one.is_called(text)), None)


def names_longest_first(departments: Sequence[Department]) -> Iterator[tuple[str, Department]]:
    """Every name as it is compared, with its owner: a name stands before any shorter one it begins with."""
    known = [(plain_name(name), department) for department in departments for name in department.names]
    yield from sorted(known, key=lambda pair: -len(pair[0]))


def department_named_in(text: str, departments: Sequence[Department]) -> Department | None:
    """The one department of which the text speaks by any of its names; None when it speaks of none, or of several."""
    plain = plain_name(text)
    found: dict[str, Department] = {}
    for name, department in names_longest_first(departments):
        if name in plain:
            found[department.name] = department
            plain = plain.replace(name, "|")
    return next(iter(found.values())) if len(found) == 1 else None
