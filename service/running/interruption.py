"""What interrupts the running service: it is to end, or to read its configuration again."""

from __future__ import annotations

import threading


class Interruption:
    """Set by signal handlers and read by the service's threads. Whoever asks for the end gets it, also while a reload
    is under way."""

    def __init__(self) -> None:
        self.event = threading.Event()
        """Set while the present round of work is to stop."""
        self.ends = False
        """Whether the service is to end afterwards; if not, it begins another round with the settings read anew."""

    def end(self) -> None:
        """Asks for the end of the service."""
        self.ends = True
        self.event.set()

    def reload(self) -> None:
        """Asks for another round."""
        self.event.set()

    def resume(self) -> None:
        """Another round begins, unless the end was asked for."""
        self.event.clear()
        if self.ends:
            self.event.set()
