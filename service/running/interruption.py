"""What interrupts the running service: it is to end, or to read its configuration again."""

from __future__ import annotations

import _thread
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
        set_from_handler(self.event)

    def reload(self) -> None:
        """Asks for another round."""
        set_from_handler(self.event)

    def resume(self) -> None:
        """Another round begins, unless the end was asked for."""
        self.event.clear()
        if self.ends:
            self.event.set()


def set_from_handler(event: threading.Event) -> None:
    """Sets the event from a signal handler. A handler runs between two instructions of the main thread, which may hold
    the event's lock because it is about to wait for it: setting it there would wait for ever."""
    _thread.start_new_thread(event.set, ())
