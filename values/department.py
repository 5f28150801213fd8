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
class KnownDepartment:
    """A department of the register.

    name: 简称, the canonical one, as the contents page prints it. full_name: 全称, "" when not given.
    senders: mail addresses, or whole domains written "@example.org"; a domain does not include its subdomains.
    """

    name: str
    full_name: str = ""
    aliases: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()

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


def department_of_sender(address: str, departments: Sequence[KnownDepartment]) -> tuple[KnownDepartment, ...]:
    """The departments that write from this address; several may share one, () means unknown.

    Exact addresses are looked at first: a domain's owner does not get what a person in that domain sends for another.
    """
    local, _, domain = address.rpartition("@")
    if not local:
        return ()
    exact = tuple(one for one in departments if one.lists(address))
    return exact or tuple(one for one in departments if one.lists("@" + domain))


def department_called(text: str, departments: Sequence[KnownDepartment]) -> KnownDepartment | None:
    """The department with this name, full name or alias; a canonical name wins over another's alias."""
    plain = plain_name(text)
    if not plain:
        return None
    canonical = (one for one in departments if plain_name(one.name) == plain)
    return next(canonical, None) or next((one for one in departments if one.is_called(text)), None)


def names_longest_first(departments: Sequence[KnownDepartment]) -> Iterator[tuple[str, KnownDepartment]]:
    """Every name as it is compared, with its owner: a name stands before any shorter one it begins with."""
    known = [(plain_name(name), department) for department in departments for name in department.names]
    yield from sorted(known, key=lambda pair: -len(pair[0]))


def department_named_in(text: str, departments: Sequence[KnownDepartment]) -> KnownDepartment | None:
    """The one department of which the text speaks by any of its names; None when it speaks of none, or of several."""
    plain = plain_name(text)
    found: dict[str, KnownDepartment] = {}
    for name, department in names_longest_first(departments):
        if name in plain:
            found[department.name] = department
            plain = plain.replace(name, "|")
    return next(iter(found.values())) if len(found) == 1 else None
