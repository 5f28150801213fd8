"""How a paper of a higher level (市、省) used an article: 上级采用."""

from __future__ import annotations

from enum import StrEnum


class AdoptedAs(StrEnum):
    """What became of the article there; the value is stored."""

    FULL = "full"
    """全文: as an article of its own."""
    COMBINED = "combined"
    """综合: together with those of others."""
    SUMMARY = "summary"
    """摘要: shortened."""
    UNSAID = ""
    """The list does not say."""

    @property
    def chinese(self) -> str:
        """ "" where it is not said."""
        return _CHINESE[self]


_CHINESE = {
    AdoptedAs.FULL: "全文",
    AdoptedAs.COMBINED: "综合",
    AdoptedAs.SUMMARY: "摘要",
    AdoptedAs.UNSAID: "",
}
_WORDS = (
    ("综合", AdoptedAs.COMBINED),
    ("摘要", AdoptedAs.SUMMARY),
    ("摘编", AdoptedAs.SUMMARY),
    ("简讯", AdoptedAs.SUMMARY),
    ("全文", AdoptedAs.FULL),
    ("单篇", AdoptedAs.FULL),
    ("单独采用", AdoptedAs.FULL),
)


def adopted_as_in(text: str) -> AdoptedAs:
    """What a cell or a note of a list says; UNSAID for anything else."""
    return next((adopted_as for word, adopted_as in _WORDS if word in text), AdoptedAs.UNSAID)
