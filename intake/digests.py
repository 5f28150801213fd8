"""By which an article of a file is recognised."""

from __future__ import annotations

import hashlib


def article_digest(data: bytes, number: int) -> str:
    """SHA-256 that stands for one article of a file with several. number: of the article, from 1."""
    return article_digest_of(hashlib.sha256(data).hexdigest(), number)


def article_digest_of(sha256: str, number: int) -> str:
    """`article_digest` by the SHA-256 of the file."""
    return hashlib.sha256(f"{sha256}#{number}".encode()).hexdigest()
