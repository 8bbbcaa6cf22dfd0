"""A Bedrock connection's key: an API key of Bedrock, or access keys of AWS, which sign each request.

https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-use.html,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gitu.features.models.bedrock.addresses import region_of
from gitu.features.models.bedrock.errors import BedrockMissing
from gitu.features.models.bedrock.sdk import botocore

if TYPE_CHECKING:
    from gitu.features.models.providers import Endpoint

SERVICE = "bedrock"  # as signatures name it, for both of its addresses


@dataclass(frozen=True, slots=True)
class AccessKeys:
    """``session_token`` comes with keys that expire."""

    id: str
    secret: str = field(repr=False)
    session_token: str | None = field(default=None, repr=False)


def access_keys(key: str | None) -> AccessKeys | None:
    """The access keys in ``ID:SECRET`` or ``ID:SECRET:SESSION_TOKEN``; None for an API key, which has no colon."""
    if key is None or ":" not in key:
        return None
    name, _, rest = key.partition(":")
    secret, _, token = rest.partition(":")
    return AccessKeys(name.strip(), secret.strip(), token.strip() or None)


def authorisation(endpoint: "Endpoint", method: str, url: str, body: bytes = b"") -> dict[str, str]:
    """The headers that authorise one request. Raises BedrockMissing where access keys can't sign."""
    keys = access_keys(endpoint.api_key)
    if keys is None:
        return {"authorization": f"Bearer {endpoint.api_key}"} if endpoint.api_key else {}
    try:
        auth, requests, credentials = botocore("auth"), botocore("awsrequest"), botocore("credentials")
    except ImportError:
        raise BedrockMissing(connection=endpoint.name) from None
    request = requests.AWSRequest(method, url, data=body)
    held = credentials.Credentials(keys.id, keys.secret, keys.session_token)
    auth.SigV4Auth(held, SERVICE, region_of(endpoint.base_url)).add_auth(request)
    return {name.lower(): str(value) for name, value in request.headers.items()}
