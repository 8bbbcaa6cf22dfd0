"""Where a provider takes OpenAI's requests, and the head that is sent there: made once for each connection."""

from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from gitu.features.models.choosing import local
from gitu.features.models.desk import ModelDesk
from gitu.features.models.gateway.wire import Origin
from gitu.features.models.providers import Endpoint
from gitu.features.models.tables import ConnectionRow

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

# Each of them documents an OpenAI-compatible door; below its address it stands at:
_DOORS: Final = {
    "openai": "",
    "openai_compatible": "",
    "openrouter": "",
    "anthropic": "/v1",
    "google": "/v1beta/openai",
    "mistral": "/v1",
    "groq": "/openai/v1",
}
_MOST: Final = 500


class Target(NamedTuple):
    """Where to send, and all of the head but the body's length."""

    origin: Origin
    head: bytes
    endpoint: Endpoint
    local: bool


class Targets:
    """One per process. An edited connection is another target."""

    def __init__(self, desk: ModelDesk) -> None:
        self._desk = desk
        self._known: dict[tuple[UUID, str], tuple[datetime, Target]] = {}

    def of(self, row: ConnectionRow, path: str) -> Target:
        """The target for ``/chat/completions`` and its like. Raises KeyUnreadable."""
        version = row.updated_at
        known = self._known.get((row.id, path))
        if known is not None and known[0] == version:
            return known[1]
        endpoint = self._desk.endpoint(row)
        base = urlsplit(row.base_url)
        lines = [
            f"POST {base.path.rstrip('/')}{_DOORS[row.provider]}{path} HTTP/1.1",
            f"host: {base.netloc}",
            "content-type: application/json",
            "accept: application/json, text/event-stream",
            "accept-encoding: identity",
            "user-agent: gitu",
        ]
        if endpoint.api_key is not None:
            lines.append(f"authorization: Bearer {endpoint.api_key}")
        head = ("\r\n".join(lines) + "\r\ncontent-length: ").encode("ascii", "replace")
        target = Target(Origin.of(row.base_url, public_only=row.public_only), head, endpoint, local(row))
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[row.id, path] = version, target
        return target
