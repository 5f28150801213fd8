"""What work asks between its steps: whether it is to stop."""

from __future__ import annotations


def never() -> bool:
    """Of work that nothing stops."""
    return False
