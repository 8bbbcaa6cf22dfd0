"""What the server needs of whatever answers: a model in this process (local.py) or another server (upstream.py)."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from gitu_lab.serving.metrics import NodeMetrics

Route = Literal["chat", "completions"]
Tell = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it came, and where its figures go."""

    route: Route
    body: bytes
    began: float  # time.perf_counter()
    metrics: NodeMetrics


@dataclass(frozen=True, slots=True)
class Whole:
    """An answer in one piece."""

    body: bytes
    status: int = 200


@dataclass(frozen=True, slots=True)
class Pieces:
    """An answer that comes piece by piece, as server-sent events ready to be written.

    ``close`` stops the work, wherever it is; it is always called in the end, even where ``events`` was never begun,
    since closing a generator that was never begun runs nothing of it.
    """

    events: AsyncGenerator[bytes]
    close: Callable[[], None]
    status: int = 200
    media_type: str = "text/event-stream"


@dataclass(frozen=True, slots=True)
class Facts:
    """What /health tells whoever has the key."""

    model: str
    backend: str
    device: str
    compute_type: str
    more: dict[str, object] = field(default_factory=dict[str, object])


class Backend(Protocol):
    """The small interface. Every method but ``load`` is called only once it is loaded."""

    async def load(self, tell: Tell) -> None:
        """Get ready; may take minutes, without holding up the event loop. Raises NodeProblem."""
        ...

    def facts(self) -> Facts:
        """What answers; before it is loaded, as far as known."""
        ...

    def models(self) -> list[str]:
        """The names by which requests may ask for it."""
        ...

    def available(self) -> bool:
        """Whether it could answer now."""
        ...

    def queued(self) -> int:
        """Requests that wait."""
        ...

    async def answer(self, call: Call) -> Whole | Pieces:
        """Answer a request. Raises ApiError. Being cancelled stops the work."""
        ...

    async def close(self) -> None:
        """Stop at once, whatever is under way."""
        ...
