"""A line of the report: an item of the standard, and how the installation stands to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DengbaoState(StrEnum):
    """How the installation stands to an item."""

    MET = "met"
    PARTLY = "partly"
    """A part is missing, or depends on something outside of the program that it cannot see."""
    UNMET = "unmet"
    OUTSIDE = "outside"
    """The program has no part in it: the office, its network or its operating system has."""

    @property
    def chinese(self) -> str:
        return {"met": "符合", "partly": "部分符合", "unmet": "不符合", "outside": "由单位落实"}[self.value]


@dataclass(frozen=True, slots=True)
class DengbaoLine:
    """An item of GB/T 22239-2019 8.1.4, level 3. All texts are Chinese."""

    clause: str
    """As "8.1.4.1 a)"."""
    topic: str
    """Title of the clause, as 身份鉴别."""
    asks: str
    """What the item asks for, in short; the standard has the words that count."""
    state: DengbaoState
    setting: str
    """What is set here, with the remedy where something is missing."""
    evidence: str
    """Where an assessor can see it: a setting, a page, a command, a file."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the installation stands to one item: what of its line is not the standard's."""

    state: DengbaoState
    setting: str
    evidence: str
