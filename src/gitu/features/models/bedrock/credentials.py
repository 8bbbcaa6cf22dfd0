"""A Bedrock connection's key: an API key of Bedrock, or access keys of AWS, which sign each request.

https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-use.html,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gitu.features.models.bedrock.addresses import region_of
from gitu.features.models.bedrock.errors import BedrockMissing

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
        from botocore.auth import SigV4Auth  # noqa: PLC0415 - of the extra
        from botocore.awsrequest import AWSRequest  # noqa: PLC0415
        from botocore.credentials import Credentials  # noqa: PLC0415
    except ImportError:
        raise BedrockMissing(connection=endpoint.name) from None
    request: Any = AWSRequest(method, url, data=body)  # Any: botocore has no types
    signer: Any = SigV4Auth(
        Credentials(keys.id, keys.secret, keys.session_token), SERVICE, region_of(endpoint.base_url)
    )
    signer.add_auth(request)
    return {name.lower(): str(value) for name, value in request.headers.items()}
