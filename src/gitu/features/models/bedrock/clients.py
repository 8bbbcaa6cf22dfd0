"""boto3's client for one connection, and pydantic-ai's model on top of it.

boto3 blocks, so pydantic-ai asks it in threads. What is here keeps it to what the connection says: nothing is read
from AWS's files and variables of this machine, and nothing is sent twice behind the record's back.
"""

import contextlib
import os
from collections.abc import Iterator
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import anyio.to_thread

from gitu.features.models.bedrock.addresses import region_of
from gitu.features.models.bedrock.credentials import access_keys
from gitu.features.models.bedrock.errors import BedrockMissing
from gitu.features.models.bedrock.sdk import botocore

if TYPE_CHECKING:
    from pydantic_ai.profiles import ModelProfile

    from gitu.features.models.bedrock.transport import Transport
    from gitu.features.models.providers import Endpoint

_THREADS = 200  # each answer that is waited for holds one; anyio's own 40 are for short work


def open_provider(
    endpoint: "Endpoint", *, connect_s: float, idle_s: float
) -> tuple[Any, "Transport"]:  # Any: boto3 has no types
    """pydantic-ai's provider for the connection, and what to close when it goes. Raises BedrockMissing."""
    try:
        from pydantic_ai.providers.bedrock import BedrockProvider  # noqa: PLC0415 - of the extra

        from gitu.features.models.bedrock.transport import Transport  # noqa: PLC0415 - needs the extra
    except ImportError:
        raise BedrockMissing(connection=endpoint.name) from None
    limiter = anyio.to_thread.current_default_thread_limiter()
    limiter.total_tokens = max(limiter.total_tokens, _THREADS)
    transport = Transport(endpoint.base_url, connect_s=connect_s, idle_s=idle_s)
    return BedrockProvider(bedrock_client=_client(endpoint, transport)), transport


def preload() -> None:
    """Read what describes the service, away from the first request: about half a second."""
    config = botocore("config").Config(signature_version=botocore().UNSIGNED)
    _session().create_client("bedrock-runtime", region_name="us-east-1", config=config).close()


def _client(endpoint: "Endpoint", transport: "Transport") -> Any:
    keys = access_keys(endpoint.api_key)
    client = _session().create_client(
        "bedrock-runtime",
        region_name=region_of(endpoint.base_url),
        endpoint_url=endpoint.base_url,
        aws_access_key_id=keys.id if keys else None,
        aws_secret_access_key=keys.secret if keys else None,
        aws_session_token=keys.session_token if keys else None,
        config=botocore("config").Config(
            signature_version="v4" if keys else botocore().UNSIGNED,  # said, or a key in the environment would win
            retries={"total_max_attempts": 1, "mode": "standard"},
            ignore_configured_endpoint_urls=True,
            use_fips_endpoint=False,
            use_dualstack_endpoint=False,
        ),
    )
    if keys is None and endpoint.api_key:
        client.meta.events.register("request-created.bedrock-runtime", partial(_show_key, endpoint.api_key))
    client.meta.events.register("before-send.bedrock-runtime", transport.send)
    client.meta.events.register("needs-retry.bedrock-runtime", _again_when_dropped)
    client.meta.events.register("after-call.bedrock-runtime.ConverseStream", _stoppable)
    return client


def _session() -> Any:
    """A session that knows nothing of this machine's AWS configuration."""
    nowhere = (None, None, os.devnull, None)
    session = botocore("session").Session(
        session_vars={
            "profile": (None, None, None, None),
            "config_file": nowhere,
            "credentials_file": nowhere,
        }
    )
    session.get_credentials = session.get_auth_token = _none
    session.register_component("data_loader", _loader())
    return session


def _none(*_given: Any, **_named: Any) -> None:
    """What would be looked for in files, variables and at the cloud's metadata service."""


@cache
def _loader() -> Any:
    """The descriptions of the service, read once for all connections."""
    return botocore("loaders").create_loader()


def _show_key(key: str, request: Any, **_rest: Any) -> None:
    """boto3 itself shows a key to https addresses only, which a server of one's own on this machine has not."""
    request.headers["Authorization"] = f"Bearer {key}"


def _again_when_dropped(attempts: int, caught_exception: Exception | None, **_rest: Any) -> float | None:
    """Send once more, at once, where the line had been closed while it rested: nothing was answered."""
    from urllib3.exceptions import ProtocolError  # noqa: PLC0415 - of the extra

    from gitu.features.models.bedrock.transport import waiting  # noqa: PLC0415 - needs the extra

    request = waiting.get()
    if attempts > 1 or (request is not None and request.ended):
        return None
    dropped = isinstance(caught_exception, ProtocolError) and caught_exception.args[:1] == ("Connection aborted.",)
    return 0.0 if dropped else None


def _stoppable(http_response: Any, parsed: dict[str, Any], **_rest: Any) -> None:
    """Put the stream of an answer that began into one that can be closed at any time."""
    if "stream" in parsed:
        parsed["stream"] = StoppableStream(parsed["stream"], http_response.raw)


class StoppableStream:
    """An answer's events; ``close`` ends them at once, also while a thread waits for the next one.

    Closing alone would wait for that thread, and the thread for a provider that may say nothing for minutes.
    """

    def __init__(self, stream: Any, raw: Any) -> None:
        self._stream = stream
        self._raw = raw

    def __iter__(self) -> Iterator[Any]:
        return iter(self._stream)

    def close(self) -> None:
        """End the answer and give its connection up."""
        with contextlib.suppress(ValueError, RuntimeError, OSError):  # it is over already
            self._raw.shutdown()
        self._stream.close()


def open_to_converse(profile: "ModelProfile") -> "ModelProfile":
    """Let Bedrock itself say which models it does not converse with, in a sentence that we can pass on."""
    return {**profile, "bedrock_supported_on_converse": True}  # pyright: ignore[reportReturnType]
