"""A letter that answers one of ours about a draft, before anybody has judged whether its sender is believed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailedAnswer:
    """What of the letter counts."""

    sender: str
    """The From address, in lower case."""
    text: str
    """Its writer's own words, without quoted letters and signature, on one or several lines."""
    about: tuple[str, ...]
    """The Message-IDs that it answers, with angle brackets, the one that it answers directly first."""
    codes: tuple[str, ...]
    """SHA-256 of the codes that it carries, in addresses, subject and text."""
    authenticated: bool
    """The trusted mail server authenticated the sender's domain."""
    files: tuple[str, ...] = ()
    """SHA-256 of the edited drafts that it brings: then these count, and its words decide nothing."""
