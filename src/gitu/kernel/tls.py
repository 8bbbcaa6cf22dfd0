"""The certificates that outgoing connections are checked against."""

import ssl
from functools import cache


@cache
def trusted() -> ssl.SSLContext:
    """The system's trust store, read once per process: reading it takes longer than a request on this machine."""
    import httpx2  # noqa: PLC0415 - only where something is asked over the network

    return httpx2.create_ssl_context()
