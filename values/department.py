"""报送单位 as the register has it, and how one is recognised by its name or address."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from values.address import with_ascii_domain

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
    group: str = ""
    """分组: the departments that the statistics count together; "": none."""
    retired: bool = False
    """It sends nothing any more: no letter is taken to be from it, no issue misses it. Its articles stay its own."""
    version: int = 0
    """Raised by every change at the desk; 0 for one that only config.toml has."""

    def __hash__(self) -> int:
        """By the name alone, which is unique among the departments of a bulletin: registers are keys of caches."""
        return hash(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """Its names, each once, the canonical one first."""
        return tuple(name for name in dict.fromkeys((self.name, self.full_name, *self.aliases)) if name)

    def is_called(self, text: str) -> bool:
        """Whether `text` is one of its names."""
        plain = plain_name(text)
        return any(plain_name(name) == plain for name in self.names)

    def lists(self, sender: str) -> bool:
        """Whether this address, or "@domain", is one of its senders."""
        return with_ascii_domain(sender) in map(with_ascii_domain, self.senders)


def department_of_sender(address: str, departments: Sequence[Department]) -> tuple[Department, ...]:
    """The departments that write from this address; several may share one; () when none does.

    An exact address comes before a domain: a domain's owner does not get what a person in it sends for another.
    """
    local, _, domain = address.rpartition("@")
    if not local:
        return ()
    exact = tuple(department for department in departments if department.lists(address))
    return exact or tuple(department for department in departments if department.lists("@" + domain))


def department_called(text: str, departments: Sequence[Department]) -> Department | None:
    """The department with this name, full name or alias; a canonical name wins over another's alias."""
    plain = plain_name(text)
    return _by_name(tuple(departments)).get(plain) if plain else None


@lru_cache(maxsize=8)  # every short line of a manuscript is looked up in the same register
def _by_name(departments: tuple[Department, ...]) -> Mapping[str, Department]:
    """Each department by its names as they are compared; the canonical ones first."""
    named: dict[str, Department] = {}
    for department in departments:
        named.setdefault(plain_name(department.name), department)
    for department in departments:
        for name in department.names:
            named.setdefault(plain_name(name), department)
    return named


def names_longest_first(departments: Sequence[Department]) -> Iterator[tuple[str, Department]]:
    """Every name as it is compared, with its department: a name comes before any shorter one that it begins with."""
    yield from _longest_first(tuple(departments))


@lru_cache(maxsize=8)
def _longest_first(departments: tuple[Department, ...]) -> tuple[tuple[str, Department], ...]:
    names = [(plain_name(name), department) for department in departments for name in department.names]
    return tuple(sorted(names, key=lambda pair: -len(pair[0])))


def department_named_in(text: str, departments: Sequence[Department]) -> Department | None:
    """The department whose name the text contains; None when it contains none, or those of several departments."""
    plain = plain_name(text)
    named: dict[str, Department] = {}
    for name, department in names_longest_first(departments):
        if name in plain:
            named[department.name] = department
            plain = plain.replace(name, "|")
    return next(iter(named.values())) if len(named) == 1 else None
