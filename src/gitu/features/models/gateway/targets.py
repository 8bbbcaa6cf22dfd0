"""Where a provider takes OpenAI's requests, and the head that is sent there: made once for each connection."""

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from gitu.features.models.bedrock.credentials import access_keys, authorisation
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
    "bedrock": "/openai/v1",
}
# Bedrock's takes OpenAI's models only: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html
_OPENAIS: Final = re.compile(r"(?:[a-z]{2,6}\.)?openai\.")
_MOST: Final = 500


class Target(NamedTuple):
    """Where to send, and all of the head but the body's length and, with access keys of AWS, the signature."""

    origin: Origin
    head: bytes
    endpoint: Endpoint
    local: bool
    signed_url: str | None  # what is signed for, where each request must be

    def whole_head(self, body: bytes) -> bytes:
        """The head of the request with this body."""
        if self.signed_url is None:
            return b"%b%d\r\n\r\n" % (self.head, len(body))
        signed = authorisation(self.endpoint, "POST", self.signed_url, body)
        lines = "".join(f"{name}: {value}\r\n" for name, value in signed.items())
        return b"%b%d\r\n%b\r\n" % (self.head, len(body), lines.encode("ascii"))


def is_open(row: ConnectionRow, name: str, path: str) -> bool:
    """Whether the provider's door takes requests for this model."""
    return row.provider != "bedrock" or (path == "/chat/completions" and _OPENAIS.match(name) is not None)


class Targets:
    """One per process. An edited connection is another target."""

    def __init__(self, desk: ModelDesk) -> None:
        self._desk = desk
        self._known: dict[tuple[UUID, str], tuple[datetime, Target]] = {}

    def of(self, row: ConnectionRow, path: str) -> Target:
        """The target for ``/chat/completions`` and its like. Raises KeyUnreadable, BedrockMissing."""
        version = row.updated_at
        known = self._known.get((row.id, path))
        if known is not None and known[0] == version:
            return known[1]
        endpoint = self._desk.endpoint(row)
        base = urlsplit(row.base_url)
        place = f"{base.path.rstrip('/')}{_DOORS[row.provider]}{path}"
        lines = [
            f"POST {place} HTTP/1.1",
            f"host: {base.netloc}",
            "content-type: application/json",
            "accept: application/json, text/event-stream",
            "accept-encoding: identity",
            "user-agent: gitu",
        ]
        signed_url = None
        if row.provider == "bedrock" and access_keys(endpoint.api_key):
            signed_url = f"{base.scheme}://{base.netloc}{place}"
            authorisation(endpoint, "POST", signed_url)  # fails here where it must, with nothing set aside yet
        elif endpoint.api_key is not None:
            lines.append(f"authorization: Bearer {endpoint.api_key}")
        head = ("\r\n".join(lines) + "\r\ncontent-length: ").encode("ascii", "replace")
        origin = Origin.of(row.base_url, public_only=row.public_only)
        target = Target(origin, head, endpoint, local(row), signed_url)
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[row.id, path] = version, target
        return target
