"""Bedrock's addresses. Each region has its own, one for asking models and one for what there is.

https://docs.aws.amazon.com/general/latest/gr/bedrock.html
"""

import re
from typing import Final
from urllib.parse import urlsplit

_REGION: Final = re.compile(r"[a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2}")
_HOST: Final = re.compile(rf"bedrock-runtime(?:-fips)?\.({_REGION.pattern})\.amazonaws\.com(?:\.cn)?")
_ELSEWHERE: Final = "us-east-1"  # what a server that is not Amazon's is told; a signature must name some region


def runtime_url(given: str) -> str:
    """The address of a region that is given by its name; anything else as it is."""
    name = given.strip().lower()
    if not _REGION.fullmatch(name):
        return given
    return f"https://bedrock-runtime.{name}.amazonaws.com{'.cn' if name.startswith('cn-') else ''}"


def is_amazons(url: str) -> bool:
    """Whether it is one of Amazon's own addresses, reached over TLS at the usual port."""
    parts = urlsplit(url)
    return parts.scheme == "https" and parts.path in {"", "/"} and _HOST.fullmatch(parts.netloc) is not None


def region_of(url: str) -> str:
    """The region that requests to this address are signed for."""
    found = _HOST.fullmatch(urlsplit(url).netloc)
    return found[1] if found else _ELSEWHERE


def control_url(url: str) -> str:
    """Where the models are listed. A server of one's own lists them at the same address."""
    return url.replace("://bedrock-runtime", "://bedrock", 1) if is_amazons(url) else url
