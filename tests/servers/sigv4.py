"""Checks the signature of a request to AWS, as its description says and without Amazon's own code.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request

_AUTHORISATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<id>\w+)/(?P<scope>[^,]+), SignedHeaders=(?P<headers>[^,]+), "
    r"Signature=(?P<signature>[0-9a-f]{64})"
)


@dataclass(frozen=True)
class Signed:
    """Who signed a request, and for what: ``scope`` is ``date/region/service/aws4_request``."""

    access_key: str
    scope: str


async def verify(request: Request, secrets: Mapping[str, str]) -> Signed | None:
    """Who signed it, with a secret known by the access key's id; None when the signature is missing or wrong."""
    found = _AUTHORISATION.fullmatch(request.headers.get("authorization", ""))
    if found is None or found["id"] not in secrets:
        return None
    body = await request.body()
    names = found["headers"].split(";")
    path = quote(request.scope["raw_path"].decode(), safe="/-_.~")  # what is encoded already is encoded once more
    query = "&".join(sorted(request.url.query.split("&")))
    canonical = [request.method, path, query]
    canonical += [f"{name}:{' '.join(request.headers.get(name, '').split())}" for name in names]
    canonical += ["", found["headers"], hashlib.sha256(body).hexdigest()]
    digest = hashlib.sha256("\n".join(canonical).encode()).hexdigest()
    text = "\n".join(["AWS4-HMAC-SHA256", request.headers.get("x-amz-date", ""), found["scope"], digest])
    key = b"AWS4" + secrets[found["id"]].encode()
    for part in found["scope"].split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    expected = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return Signed(found["id"], found["scope"]) if hmac.compare_digest(expected, found["signature"]) else None
