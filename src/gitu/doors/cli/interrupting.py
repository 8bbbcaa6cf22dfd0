"""Ctrl-C while something runs on the server: it is stopped there, and what comes after that is still shown."""

import contextlib
import queue
import signal
import threading
import time
from collections.abc import Callable, Generator, Iterator
from typing import TypeVar

T = TypeVar("T")

STOP_PATIENCE_S = 10.0


@contextlib.contextmanager
def interrupts() -> Generator[threading.Event]:
    """Ctrl-C sets the event, so that nothing is torn in the middle; pressed again it raises."""
    pressed = threading.Event()

    def press(*_: object) -> None:
        if pressed.is_set():
            raise KeyboardInterrupt
        pressed.set()

    previous = signal.signal(signal.SIGINT, press)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, previous)


def stoppable(
    events: Iterator[T],
    stop: Callable[[], None],
    interrupted: threading.Event,
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[T]:
    """The events; an interrupt asks the server to stop, and what comes within some seconds is still told.

    ``meanwhile`` is called again and again while no event comes.
    """
    # Read in a thread: on Windows, a thread that waits for the network can't be interrupted.
    coming: queue.Queue[tuple[T] | Exception | None] = queue.Queue()

    def read() -> None:
        try:
            for event in events:
                coming.put((event,))
            coming.put(None)
        except Exception as error:  # handed to the thread that waits
            coming.put(error)

    threading.Thread(target=read, name="events", daemon=True).start()
    stopped_at: float | None = None
    while stopped_at is None or time.monotonic() - stopped_at < STOP_PATIENCE_S:
        if interrupted.is_set() and stopped_at is None:
            stopped_at = time.monotonic()
            stop()
        try:
            event = coming.get(timeout=0.1)
        except queue.Empty:
            meanwhile()
            continue
        if event is None:
            return
        if isinstance(event, Exception):
            raise event
        yield event[0]
