"""How boto3's requests leave: over connections that can be ended while a thread waits at them.

boto3's own can't: whoever stops an answer that has not begun would wait until its provider says something. Loaded with
the first connection to Bedrock only.
"""

import contextlib
import socket
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, SSLError

from gitu.features.models.addresses import is_loopback
from gitu.features.models.bedrock.sdk import botocore
from gitu.kernel.tls import trusted

_CONNECTIONS = 50  # kept open to one address


class Waiting:
    """One request, from its caller's side: ``end`` wakes the thread that waits for its answer."""

    def __init__(self) -> None:
        self.ended = False
        self._sock: socket.socket | None = None

    def waits_at(self, sock: socket.socket | None) -> None:
        """The request was sent, and its thread is about to wait."""
        self._sock = sock
        if self.ended:
            self.end()

    def end(self) -> None:
        """Nobody wants the answer any more."""
        self.ended = True
        if self._sock is not None:
            with contextlib.suppress(OSError):  # closed already
                self._sock.shutdown(socket.SHUT_RDWR)


waiting: ContextVar[Waiting | None] = ContextVar("waiting", default=None)  # threads inherit it from their caller


class _Connection(HTTPConnection):
    def getresponse(self) -> urllib3.HTTPResponse:
        _tell(self.sock)
        return super().getresponse()


class _SecureConnection(HTTPSConnection):
    def getresponse(self) -> urllib3.HTTPResponse:
        _tell(self.sock)
        return super().getresponse()


def _tell(sock: socket.socket | None) -> None:
    request = waiting.get()
    if request is not None:
        request.waits_at(sock)


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Connection  # pyright: ignore[reportAssignmentType] # urllib3's own don't fit its protocol either


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _SecureConnection  # pyright: ignore[reportAssignmentType]


class Transport:
    """The connections of one client, checked against the certificates that all others are checked against."""

    def __init__(self, url: str, *, connect_s: float, idle_s: float) -> None:
        proxy = _proxy_of(url)
        options: dict[str, Any] = {  # Any: as urllib3 takes them
            "timeout": urllib3.Timeout(connect=connect_s, read=idle_s),
            "maxsize": _CONNECTIONS,
            "ssl_context": trusted(),
        }
        self._pools = urllib3.ProxyManager(proxy, **options) if proxy else urllib3.PoolManager(**options)
        classes: dict[str, Any] = {"http": _Pool, "https": _SecurePool}
        self._pools.pool_classes_by_scheme = classes

    def send(self, request: Any, **_rest: Any) -> Any:
        """Send what boto3 has prepared and signed, once; its answer as boto3 wants it. Runs in boto3's place."""
        try:
            raw = self._pools.urlopen(
                request.method,
                request.url,
                body=request.body,
                headers=request.headers,
                retries=False,
                redirect=False,
                assert_same_host=False,
                preload_content=False,
                decode_content=False,
            )
        except (NewConnectionError, ConnectTimeoutError, SSLError) as error:
            raise botocore("exceptions").EndpointConnectionError(endpoint_url=request.url, error=error) from None
        return botocore("awsrequest").AWSResponse(request.url, raw.status, raw.headers, raw)

    def close(self) -> None:
        """Close what rests."""
        self._pools.clear()


def _proxy_of(url: str) -> str | None:
    """The proxy that the environment names for this address."""
    parts = urlsplit(url)
    if is_loopback(url) or proxy_bypass(parts.hostname or ""):
        return None
    return getproxies().get(parts.scheme)
