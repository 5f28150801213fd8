"""By which an article of a file is recognised."""

from __future__ import annotations

import hashlib


def article_digest(data: bytes, number: int) -> str:
    """SHA-256 that stands for one article of a file with several. number: of the article, from 1."""
    return hashlib.sha256(f"{hashlib.sha256(data).hexdigest()}#{number}".encode()).hexdigest()
